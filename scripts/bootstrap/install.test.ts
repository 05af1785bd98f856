import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { run } from "../database/processes";
import { projectDir } from "../paths";

/** Calls an exported function of a bootstrap script the way that Node does before anything is installed. */
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
  },
};

async function isInstalled(installed: Record<string, object>) {
  const { stdout } = await call(
    "install.mjs",
    `m.isInstalled(${JSON.stringify(lock)}, { packages: ${JSON.stringify(installed)} })`,
  );
  return JSON.parse(stdout);
}

describe("what is installed", () => {
  test("fits the lock file, also without packages for other platforms", async () => {
    expect(await isInstalled({ "node_modules/a": { version: "1.0.0", integrity: "x" } })).toBe(true);
  });

  test("is stale with another version, other bytes, a package missing or one too many", async () => {
    expect(await isInstalled({ "node_modules/a": { version: "1.0.1", integrity: "x" } })).toBe(false);
    expect(await isInstalled({ "node_modules/a": { version: "1.0.0", integrity: "z" } })).toBe(false);
    expect(await isInstalled({})).toBe(false);
    const a = { version: "1.0.0", integrity: "x" };
    expect(await isInstalled({ "node_modules/a": a, "node_modules/b": a })).toBe(false);
  });
});

describe("the port", () => {
  test("is refused in one line when something listens there", async () => {
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
