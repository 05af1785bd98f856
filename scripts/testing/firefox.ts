import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../database/processes";
import { projectDir } from "../paths";
import { Problem } from "../problem";

/** The variable that names a Firefox, and hands the one that was found on to Playwright's process. */
export const FIREFOX_VARIABLE = "PLAYWRIGHT_FIREFOX_EXECUTABLE";

/** What stands between Playwright and Firefox; it finds Firefox in `FIREFOX_BEHIND_RELAY`. */
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
 * A Firefox on this machine: the one that the environment names, one that is installed, or (for root on Debian) one that is
 * installed now.
 *
 * @throws Problem when there is none and none can be installed
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
 * What Playwright needs to drive a Firefox as people have it, by the protocol that it speaks itself (WebDriver BiDi)
 * instead of one that Playwright has put into a Firefox of its own.
 */
export const firefoxOptions = (executable: string) => ({
  browserName: "firefox" as const,
  channel: "moz-firefox",
  launchOptions: { executablePath: relay, env: { ...process.env, FIREFOX_BEHIND_RELAY: executable } },
});
