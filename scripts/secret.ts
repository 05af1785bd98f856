import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stateDir } from "./paths";
import { codeOf, Problem } from "./problem";

/** The secret of a product on the embedded database: made at random once, readable for its owner only. */
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
