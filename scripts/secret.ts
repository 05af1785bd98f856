import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stateDir } from "./paths";
import { codeOf, Problem } from "./problem";

/**
 * Returns the secret of a product on the embedded database. Creates a random one the first time, readable
 * only by its owner.
 */
export async function keptSecret(file = join(stateDir, "secret")): Promise<string> {
  try {
    const kept = (await readFile(file, "utf8")).trim();
    if (kept !== "") return kept;
  } catch (error) {
    if (codeOf(error) !== "ENOENT")
      throw new Problem(`Can't read ${file} (${codeOf(error)}). Make it readable for this user.`);
  }
  const secret = randomBytes(32).toString("base64url");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
