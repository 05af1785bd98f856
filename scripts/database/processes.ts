import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "../problem";

/** The user that a child process runs as; undefined for our own. */
export interface Identity {
  uid: number;
  gid: number;
}

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program to its end and returns its output. `code` is -1 if it could not be started; `stderr` then
 * has the reason.
 */
export function run(
  file: string,
  args: readonly string[],
  options: { identity?: Identity | undefined; cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    const child = execFile(file, [...args], {
      ...options.identity,
      cwd: options.cwd,
      env: options.env,
      windowsHide: true,
      maxBuffer: 64 * 1024 * 1024,
    });
    child.stdout?.on("data", (chunk: string) => {
      stdout += chunk;
    });
    child.stderr?.on("data", (chunk: string) => {
      stderr += chunk;
    });
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
    child.on("error", (error) => resolve({ code: -1, stdout, stderr: stderr + error.message }));
    // Not "close": a daemon started by the program may keep the pipes open forever. The delay lets its last
    // output arrive.
    child.on("exit", (code) => setTimeout(() => resolve({ code: code ?? -1, stdout, stderr }), 5));
  });
}

/** Returns whether a process is running, regardless of its owner. Zombies don't count. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false;
  }
  if (process.platform !== "linux") return true;
  // In a container without an init, dead processes stay in the process table.
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return !/^\d+ \(.*\) Z /s.test(stat);
}

/** Returns the command line of a process, or "" if unknown. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === "linux") {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ").trim();
  }
  if (process.platform === "win32") {
    return (await run("tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"])).stdout.trim();
  }
  return (await run("ps", ["-p", String(pid), "-o", "command="])).stdout.trim();
}

/** Polls until `check` is true. Returns false after `milliseconds`. */
export async function waitUntil(check: () => Promise<boolean>, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (!(await check())) {
    if (Date.now() > end) return false;
    await sleep(25);
  }
  return true;
}
