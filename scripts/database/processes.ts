import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "../problem";

/** Whose rights a child process gets; undefined: our own. */
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
 * Runs a program to its end and gives back what it printed, also when it fails (`code` is then not 0; -1 when it
 * couldn't be started at all, with the reason in `stderr`).
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
    // A daemon that the program leaves behind may hold the pipes open ("close" would then never come): a moment
    // after the program's own end everything that it printed itself has arrived.
    child.on("exit", (code) => setTimeout(() => resolve({ code: code ?? -1, stdout, stderr }), 5));
  });
}

/** Whether a process with this id runs, whoever owns it. A zombie doesn't. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false;
  }
  if (process.platform !== "linux") return true;
  // Where nothing collects orphans (a container without an init), a dead process stays in the table for ever.
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return !/^\d+ \(.*\) Z /s.test(stat);
}

/** The command line of a running process, "" when it can't be known. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === "linux") {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ").trim();
  }
  if (process.platform === "win32") {
    return (await run("tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"])).stdout.trim();
  }
  return (await run("ps", ["-p", String(pid), "-o", "command="])).stdout.trim();
}

/** Asks again every few milliseconds until it's so; false when it wasn't within `milliseconds`. */
export async function waitUntil(check: () => Promise<boolean>, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (!(await check())) {
    if (Date.now() > end) return false;
    await sleep(25);
  }
  return true;
}
