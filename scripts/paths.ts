import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, without a trailing slash. */
export const projectDir = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]+$/, "");

/** Persistent state: the embedded database, its password, uploads. */
export const stateDir = join(projectDir, ".data");
