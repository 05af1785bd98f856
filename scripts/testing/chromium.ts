import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { run } from "../database/processes";
import { projectDir } from "../paths";
import { Problem } from "../problem";

/** Variable with the path of Chromium; also passes the one found to Playwright's process. */
export const CHROMIUM_VARIABLE = "PLAYWRIGHT_CHROMIUM_EXECUTABLE";

const headlessShell = "/usr/bin/chromium-headless-shell";

type Environment = Readonly<Record<string, string | undefined>>;

/** Usual paths of Chromium, closest to the tested version first. */
function usualPlaces(env: Environment): string[] {
  const macs = ["/Applications", join(env.HOME ?? "", "Applications")];
  const windows = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter((folder) => folder);
  return [
    chromium.executablePath(),
    ...(process.platform === "linux"
      ? [
          // Debian's Chromium without windows opens pages three times as fast.
          headlessShell,
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/usr/bin/google-chrome-stable",
        ]
      : []),
    ...(process.platform === "darwin"
      ? macs.flatMap((folder) => [
          join(folder, "Chromium.app/Contents/MacOS/Chromium"),
          join(folder, "Google Chrome.app/Contents/MacOS/Google Chrome"),
        ])
      : []),
    ...(process.platform === "win32"
      ? windows.flatMap((folder) => [
          join(folder ?? "", "Google", "Chrome", "Application", "chrome.exe"),
          join(folder ?? "", "Chromium", "Application", "chrome.exe"),
        ])
      : []),
  ];
}

/** Whether it starts: Ubuntu's /usr/bin/chromium-browser may only print a hint to install a snap. */
async function works(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  // On Windows `--version` opens a window.
  if (process.platform === "win32") return true;
  return (await run(file, ["--version"])).code === 0;
}

async function firstThatWorks(env: Environment): Promise<string | undefined> {
  for (const file of usualPlaces(env)) if (await works(file)) return file;
  return undefined;
}

/**
 * Finds Chromium: the configured one, Playwright's, an installed one, or else installs it. Throws `Problem`
 * if that fails.
 */
export async function findChromium(
  env: Environment,
  say: (line: string) => void = () => undefined,
): Promise<string> {
  const named = env[CHROMIUM_VARIABLE];
  if (named) {
    if (await works(named)) return named;
    throw new Problem(`${CHROMIUM_VARIABLE} is ${named}, which is not there or does not start.`);
  }
  const present = await firstThatWorks(env);
  if (present) return present;
  const said = await installChromium(say);
  const installed = await firstThatWorks(env);
  if (installed) return installed;
  throw new Problem(
    `${said.trim()}\n\nThere is no Chromium on this machine, and installing it failed (see above). Install one, or ` +
      `set its path in ${CHROMIUM_VARIABLE}.`,
  );
}

/**
 * Installs Chromium by the system's package manager if allowed, otherwise Playwright's. Returns error output.
 */
async function installChromium(say: (line: string) => void): Promise<string> {
  say("Installing Chromium");
  let said = "";
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const install = (name: string) =>
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], { env });
    let outcome = await install("chromium-headless-shell");
    if (outcome.code !== 0) {
      // The package lists may be missing or outdated.
      await run("apt-get", ["update", "-qq"], { env });
      outcome = await install("chromium-headless-shell");
    }
    // Debian derivatives may have only the full browser.
    if (outcome.code !== 0) outcome = await install("chromium");
    if (outcome.code === 0) return "";
    said += outcome.stderr;
  }
  const script = join(projectDir, "node_modules", "@playwright", "test", "cli.js");
  const outcome = await run(process.execPath, [script, "install", "chromium"], { env: process.env });
  return outcome.code === 0 ? said : `${said}\n${outcome.stderr}`;
}

/** Returns the launch options for every Chromium. */
export function chromiumOptions(executablePath: string): { executablePath: string; args: string[] } {
  return {
    executablePath,
    args: [
      // Chromium's sandbox does not run as root.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}
