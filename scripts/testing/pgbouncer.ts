import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canEnter, giveTo, unprivilegedUser } from "../database/binaries";
import { parseDatabaseUrl } from "../database/connection";
import { run, waitUntil } from "../database/processes";
import type { Lifetime } from "../lifetime";
import { freePort } from "../ports";
import { Problem } from "../problem";

/** PgBouncer's pool size: small, so that connections change hands often. */
const LENT = 3;

const places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"];
const installed = () => places.find((place) => existsSync(place));

/** Returns PgBouncer's path and installs it if allowed; undefined if there is none. */
export async function findPgBouncer(): Promise<string | undefined> {
  if (!installed() && process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const install = () =>
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "pgbouncer"], { env });
    // The package lists may be missing or outdated.
    if ((await install()).code !== 0) {
      await run("apt-get", ["update", "-qq"], { env });
      await install();
    }
  }
  return installed();
}

/**
 * Starts PgBouncer in front of a PostgreSQL, in transaction or session mode. Returns a function that converts
 * a database URL to the pooler's.
 */
export async function startPgBouncer(
  program: string,
  url: string,
  mode: "transaction" | "session",
  lifetime: Lifetime,
): Promise<(url: string) => string> {
  const { host, port, user, password } = parseDatabaseUrl(url);
  const listens = await freePort();
  const identity = process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
  const base = !identity || (await canEnter(tmpdir(), identity)) ? tmpdir() : "/var/tmp";
  const folder = await mkdtemp(join(base, "rollcall-pgbouncer-"));
  lifetime.onEnd(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "pgbouncer.ini");
  const login = `user=${user}${password ? ` password='${password.replaceAll("'", "''")}'` : ""}`;
  await writeFile(
    file,
    `[databases]
* = host=${host} port=${port} ${login}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listens}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${mode === "transaction" ? LENT : 20}
max_client_conn = 200
`,
    { mode: 0o600 },
  );
  if (identity) {
    await giveTo(identity, folder);
    await chmod(folder, 0o700);
  }
  let said = "";
  const child = spawn(program, [file], { cwd: "/", stdio: ["ignore", "pipe", "pipe"], ...identity });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  child.on("error", (error) => {
    said += error.message;
  });
  lifetime.onEnd(async () => {
    child.kill("SIGKILL");
  });
  const ready = await waitUntil(
    async () => /process up|listening on/.test(said) || child.exitCode !== null,
    20_000,
  );
  if (!ready || child.exitCode !== null) throw new Problem(`PgBouncer did not start: ${said.trim()}`);
  return (of) => {
    const through = new URL(of);
    through.host = `127.0.0.1:${listens}`;
    return through.toString();
  };
}
