import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "./database/connection";
import { projectDir } from "./paths";
import { codeOf, Problem } from "./problem";
import { runNode } from "./project/prepare";

/** Sign-in data written by the seed. */
export interface Demo {
  accounts: { workspace: string; email: string; role: string }[];
  password: string;
  accessKeys: { workspace: string; name: string; key: string }[];
}

async function readDemo(file: string): Promise<Demo | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text === "" ? undefined : JSON.parse(text);
}

/** Fills a database with the demo data once and returns how to sign in. */
export async function ensureDemo(options: {
  url: string;
  secret: string;
  /** File for the sign-in data. */
  file: string;
  say: (line: string) => void;
  /** Modules that the seed imports first. */
  preload?: readonly string[];
  signal?: AbortSignal;
}): Promise<Demo | undefined> {
  const known = await readDemo(options.file);
  // The seed would leave existing data alone, but starting it takes longer than this check.
  if (known && (await hasWorkspace(options.url))) return known;
  if (!known) options.say("Adding the demo data");
  const imports = ["tsx", ...(options.preload ?? [])].flatMap((module) => ["--import", module]);
  const { code, output } = await runNode([...imports, join(projectDir, "prisma", "seed", "main.ts")], {
    env: {
      ...process.env,
      DATABASE_URL: options.url,
      ROLLCALL_SECRET: options.secret,
      DEMO_FILE: options.file,
    },
    signal: options.signal,
  });
  if (options.signal?.aborted) return undefined;
  if (code !== 0) throw new Problem(`${output.trim()}\n\nAdding the demo data failed (see above).`);
  await chmod(options.file, 0o600).catch(() => undefined);
  return readDemo(options.file);
}

async function hasWorkspace(url: string): Promise<boolean> {
  const client = await connect(url);
  try {
    const { rowCount } = await client.query("select 1 from workspaces limit 1");
    return (rowCount ?? 0) > 0;
  } finally {
    await client.end();
  }
}

/** Returns whether a database has demo accounts, whose password is public in the README. */
export async function hasDemoAccounts(url: string): Promise<boolean> {
  const client = await connect(url);
  try {
    const { rowCount } = await client.query(
      "select 1 from user_emails where email like '%@northwind.example' or email like '%@globex.example' limit 1",
    );
    return (rowCount ?? 0) > 0;
  } catch (error) {
    if (codeOf(error) === "42P01") return false;
    throw error;
  } finally {
    await client.end();
  }
}

/** Formats the sign-in data for the terminal. */
export function demoLines(demo: Demo): string[] {
  const widest = (values: string[]) => Math.max(...values.map((value) => value.length), 0);
  const workspaces = widest(demo.accounts.map((account) => account.workspace));
  const emails = widest(demo.accounts.map((account) => account.email));
  return [
    ...demo.accounts.map(
      ({ workspace, email, role }) => `  ${workspace.padEnd(workspaces)}  ${email.padEnd(emails)}  ${role}`,
    ),
    `  Password for all: ${demo.password}`,
    ...demo.accessKeys.map(({ workspace, name, key }) => `  Access key for ${workspace} (${name}): ${key}`),
  ];
}
