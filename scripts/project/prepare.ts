import { spawn } from "node:child_process";
import { access, constants, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectDir } from "../paths";
import { codeOf, Problem } from "../problem";
import { fingerprint } from "./fingerprint";

type Say = (line: string) => void;

/** Scripts of installed commands, to run with this Node without a shell. */
export const tools = {
  prisma: join(projectDir, "node_modules", "prisma", "build", "index.js"),
  next: join(projectDir, "node_modules", "next", "dist", "bin", "next"),
};

export interface Ended {
  code: number;
  output: string;
}

/** Runs a script with this Node and returns its exit code and output. */
export function runNode(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; signal?: AbortSignal | undefined } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args], {
      cwd: projectDir,
      env: { NEXT_TELEMETRY_DISABLED: "1", ...(options.env ?? process.env) },
      ...(options.signal ? { signal: options.signal } : {}),
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ code: -1, output: output + error.message }));
    child.on("close", (code) => resolve({ code: code ?? -1, output }));
  });
}

const generated = join(projectDir, "lib", "generated", "prisma");

/** Generates the Prisma client if the schema or Prisma's version has changed. */
export async function ensureGenerated(say: Say, signal?: AbortSignal): Promise<void> {
  const lock = await readFile(join(projectDir, "node_modules", "prisma", "package.json"), "utf8");
  const { version }: { version: string } = JSON.parse(lock);
  const wanted = await fingerprint(projectDir, [join("prisma", "schema")], [version]);
  const marker = join(generated, ".fingerprint");
  if ((await readFile(marker, "utf8").catch(() => "")) === wanted) return;
  say("Generating the database client");
  await writable(projectDir);
  const { code, output } = await runNode([tools.prisma, "generate"], { signal });
  if (signal?.aborted) return;
  if (code !== 0) throw failed("prisma generate", output);
  await writeFile(marker, wanted);
}

/** What to build: Next.js with all pages, or the API alone. */
export type Product = "pages" | "api";

const builds: Record<Product, { folder: string; says: string; make(signal?: AbortSignal): Promise<void> }> = {
  pages: {
    folder: join(projectDir, ".next"),
    says: "Building for production (about 30 seconds)",
    async make(signal) {
      const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production" };
      const { code, output } = await runNode([tools.next, "build"], { env, signal });
      if (code !== 0 && !signal?.aborted) throw failed("next build", output);
    },
  },
  api: {
    folder: join(projectDir, ".next-api"),
    says: "Building the API server",
    async make() {
      const { buildApi } = await import("./api-build");
      await buildApi().catch((error) => {
        throw failed("esbuild", error instanceof Error ? error.message : String(error));
      });
    },
  },
};

const building = new Map<Product, Promise<void>>();

/**
 * Builds for production if a source has changed since the last build; concurrent callers share a build. It depends on
 * no environment variables other than `NEXT_PUBLIC_…`.
 */
export function ensureBuilt(product: Product, say: Say, signal?: AbortSignal): Promise<void> {
  const build =
    building.get(product) ?? buildIfChanged(product, say, signal).finally(() => building.delete(product));
  building.set(product, build);
  return build;
}

async function buildIfChanged(product: Product, say: Say, signal?: AbortSignal): Promise<void> {
  const { folder, says, make } = builds[product];
  const inlined = Object.entries(process.env).filter(([name]) => name.startsWith("NEXT_PUBLIC_"));
  const recipe = await readFile(join(projectDir, "scripts", "project", "api-build.ts"), "utf8");
  const wanted = await fingerprint(
    projectDir,
    [""],
    [...(product === "api" ? [recipe] : []), ...inlined.map(([name, value]) => `${name}=${value}`).sort()],
  );
  const marker = join(folder, "rollcall-build");
  if ((await readFile(marker, "utf8").catch(() => "")) === wanted) return;
  say(says);
  await writable(projectDir);
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw new Problem(`Can't write to ${folder} (${codeOf(error)}). Check the disk space and permissions.`);
  });
  await make(signal);
  if (signal?.aborted) return;
  await writeFile(marker, wanted);
}

async function writable(folder: string): Promise<void> {
  await access(folder, constants.W_OK).catch(() => {
    throw new Problem(`Can't write to ${folder}. Make the folder writable for this user.`);
  });
}

function failed(what: string, output: string): Problem {
  return new Problem(`${output.trim()}\n\n${what} failed (see above).`);
}
