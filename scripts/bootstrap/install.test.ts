import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { run } from "../database/processes";
import { projectDir } from "../paths";

/**
 * Calls an exported function of a bootstrap script in a separate Node process without loaders, as in a fresh
 * clone.
 */
async function call(file: string, expression: string) {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-bootstrap-"));
  const script = join(folder, "call.mjs");
  const url = pathToFileURL(join(projectDir, "scripts", "bootstrap", file)).href;
  const text = `import * as m from ${JSON.stringify(url)};\nconsole.log(JSON.stringify(await ${expression} ?? null));\n`;
  await writeFile(script, text);
  try {
    return await run(process.execPath, [script], { cwd: folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const lock = {
  packages: {
    "": { name: "rollcall" },
    "node_modules/a": { version: "1.0.0", integrity: "x" },
    "node_modules/mac-only": { version: "1.0.0", integrity: "y", optional: true },
    "node_modules/tool": { version: "1.0.0", integrity: "t", dev: true },
  },
};

const a = { version: "1.0.0", integrity: "x" };
const tool = { version: "1.0.0", integrity: "t" };

const notes: { what: string; installed: Record<string, object>; tools: boolean; fits: boolean }[] = [
  {
    what: "everything but packages for other platforms",
    installed: { "node_modules/a": a, "node_modules/tool": tool },
    tools: true,
    fits: true,
  },
  { what: "no tools when none are required", installed: { "node_modules/a": a }, tools: false, fits: true },
  { what: "no tools when they are required", installed: { "node_modules/a": a }, tools: true, fits: false },
  {
    what: "tools when none are required",
    installed: { "node_modules/a": a, "node_modules/tool": tool },
    tools: false,
    fits: true,
  },
  {
    what: "another version",
    installed: { "node_modules/a": { ...a, version: "1.0.1" } },
    tools: false,
    fits: false,
  },
  {
    what: "another integrity hash",
    installed: { "node_modules/a": { ...a, integrity: "z" } },
    tools: false,
    fits: false,
  },
  { what: "a missing package", installed: {}, tools: false, fits: false },
  {
    what: "an extra package",
    installed: { "node_modules/a": a, "node_modules/b": a },
    tools: false,
    fits: false,
  },
];

test("installed packages are compared with the lock file", async () => {
  const asked = notes.map(({ installed, tools }) => ({ packages: installed, tools }));
  const { stdout } = await call(
    "install.mjs",
    `${JSON.stringify(asked)}.map(({ packages, tools }) => m.isInstalled(${JSON.stringify(lock)}, { packages }, tools))`,
  );
  const answers: boolean[] = JSON.parse(stdout);
  expect(notes.map(({ what }, index) => `${what}: ${answers[index]}`)).toEqual(
    notes.map(({ what, fits }) => `${what}: ${fits}`),
  );
});

describe("the port", () => {
  test("is rejected in one line if it is in use", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { code, stderr } = await call("port.mjs", `m.refuseTakenPort({ PORT: "${port}" })`);
    server.close();
    expect(code).not.toBe(0);
    expect(stderr).toContain(`Port ${port} is in use`);
  });

  test("must be a number", async () => {
    expect((await call("port.mjs", 'm.refuseTakenPort({ PORT: "http" })')).stderr).toContain(
      "from 1 to 65535",
    );
  });
});
