import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../database/processes";
import { projectDir } from "../paths";
import { Problem } from "../problem";

/** Variable with the path of Firefox; also passes the one found to Playwright's process. */
export const FIREFOX_VARIABLE = "PLAYWRIGHT_FIREFOX_EXECUTABLE";

/** The relay between Playwright and Firefox; it reads the path from `FIREFOX_BEHIND_RELAY`. */
const relay = join(projectDir, "scripts", "testing", "firefox-relay.mjs");

const usualPlaces = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
];

async function firstThatWorks(): Promise<string | undefined> {
  for (const file of usualPlaces)
    if (existsSync(file) && (await run(file, ["--version"])).code === 0) return file;
  return undefined;
}

/**
 * Finds Firefox: the configured one, an installed one, or, for root on Debian, installs it. Throws `Problem`
 * if that fails.
 */
export async function findFirefox(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const named = env[FIREFOX_VARIABLE];
  if (named) {
    if (existsSync(named)) return named;
    throw new Problem(`${FIREFOX_VARIABLE} is ${named}, which is not there.`);
  }
  if (process.platform === "win32") throw new Problem("The Firefox tests run only on Linux and macOS.");
  const present = await firstThatWorks();
  if (present) return present;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    await run("apt-get", ["update", "-qq"], options);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "firefox-esr"], options);
  }
  const installed = await firstThatWorks();
  if (installed) return installed;
  throw new Problem(`There is no Firefox. Install one, or set its path in ${FIREFOX_VARIABLE}.`);
}

/**
 * Returns Playwright's options for a standard Firefox, controlled with WebDriver BiDi instead of Playwright's
 * patched build.
 */
export const firefoxOptions = (executable: string) => ({
  browserName: "firefox" as const,
  channel: "moz-firefox",
  launchOptions: { executablePath: relay, env: { ...process.env, FIREFOX_BEHIND_RELAY: executable } },
});
