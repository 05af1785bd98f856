import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Interrupted } from "../lifetime";
import { projectDir } from "../paths";
import { Problem } from "../problem";
import type { Product } from "../project/prepare";

/** A running production server. */
export interface Server {
  url: string;
  pid: number;
  /** Resolves to the server's exit code, -1 for a signal. */
  ended: Promise<number>;
  /** Stops the server after its running requests; kills it after 12 seconds. */
  stop(): Promise<void>;
  kill(): void;
}

export interface ServerOptions {
  /** Whether it serves pages or the API alone. */
  product: Product;
  host: string;
  port: number;
  /** Environment variables in addition to ours. */
  env: Readonly<Record<string, string>>;
  /** Folder of the app to serve. Defaults to the project. */
  dir?: string;
  /** Modules to import first. */
  preload?: readonly string[];
  /** Receives the server's output. Defaults to our own output. */
  onOutput?: (text: string) => void;
  /** Stops waiting and ends the server. */
  signal?: AbortSignal;
}

/**
 * Starts the production server and waits until it responds. Throws `Problem` if it ends early or does not
 * respond within a minute; it is stopped then.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { host, port, onOutput } = options;
  // --expose-gc: uploads trigger small collections, so that buffers don't pile up.
  const imports = (options.preload ?? []).flatMap((module) => ["--import", module]);
  const script = options.product === "api" ? "serve-api.mjs" : "serve.mjs";
  const args = ["--expose-gc", ...imports, join(projectDir, "scripts", "server", script)];
  const child = spawn(process.execPath, args, {
    cwd: options.dir ?? projectDir,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...options.env, HOST: host, PORT: String(port) },
    // A separate process group: Ctrl-C goes to the whole group of the terminal and would end the server
    // before its requests.
    detached: process.platform !== "win32",
    stdio: ["ignore", onOutput ? "pipe" : "inherit", onOutput ? "pipe" : "inherit", "ipc"],
    windowsHide: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => onOutput?.(chunk.toString()));
  }
  const ended = new Promise<number>((resolve) => {
    child.on("error", () => resolve(-1));
    child.on("exit", (code) => resolve(code ?? -1));
  });
  const shown = host.includes(":") ? `[${host}]` : host;
  const asked = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : shown;
  const server = { url: `http://${shown}:${port}`, pid: child.pid ?? 0, ended, ...endings(child, ended) };
  try {
    await answers(`http://${asked}:${port}/api/health`, ended, options.signal);
  } catch (error) {
    server.kill();
    await ended;
    throw error;
  }
  return server;
}

function endings(child: ChildProcess, ended: Promise<number>): Pick<Server, "stop" | "kill"> {
  const running = () => child.exitCode === null && child.signalCode === null;
  const kill = () => {
    if (running()) child.kill("SIGKILL");
  };
  const stop = async () => {
    if (!running()) return;
    if (child.connected) child.send("stop", () => undefined);
    const patience = new AbortController();
    const late = sleep(12_000, undefined, { signal: patience.signal, ref: false }).then(
      kill,
      () => undefined,
    );
    await Promise.race([ended, late.then(() => ended)]);
    patience.abort();
  };
  return { stop, kill };
}

async function answers(url: string, ended: Promise<number>, signal: AbortSignal | undefined): Promise<void> {
  let exit: number | undefined;
  ended.then((code) => {
    exit = code;
  });
  let last = "nothing";
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(25)) {
    if (signal?.aborted) throw new Interrupted();
    if (exit !== undefined) throw new Problem(`The server stopped during startup (code ${exit}). See above.`);
    const status = await fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
      async (response) => {
        last = `${response.status} ${(await response.text()).slice(0, 300)}`;
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return;
  }
  throw new Problem(`The server did not become healthy within a minute. ${url} responded: ${last}`);
}
