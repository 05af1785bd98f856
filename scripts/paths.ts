import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project, without a slash at its end. */
export const projectDir = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]+$/, "");

/** What the product keeps between starts: the embedded database, its password, uploads. */
export const stateDir = join(projectDir, ".data");
