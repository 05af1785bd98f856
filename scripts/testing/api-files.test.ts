import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectDir } from "../paths";
import { filesAboutServer, looksAtServer } from "./api-files";

test.each([
  'import { request } from "node:http";',
  'import { connect, type Socket } from "node:net";',
  'import {\n  connect,\n  type TLSSocket,\n} from "node:tls";',
  'import { startOwnServer } from "@/e2e/support/api/own-server";',
  'import { asked, speak } from "@/e2e/support/api/by-hand";',
])("a file with %s runs against both servers", (text) => {
  expect(looksAtServer("new.test.ts", `import { expect } from "vitest";\n${text}\n`)).toBe(true);
});

test.each([
  'import { call } from "@/e2e/support/api/client";',
  'expect(body).toBe("node:http");',
  '// from "node:net"',
])("a file with %s runs against one server", (text) => {
  expect(looksAtServer("new.test.ts", text)).toBe(false);
});

test("includes all files that only the API server could break", () => {
  const files = filesAboutServer();
  for (const name of ["authorisation", "crash", "headers", "media", "openapi", "rate-limits", "workers"])
    expect(files.filter((file) => file.endsWith(`/${name}.test.ts`))).toHaveLength(1);
  expect(files.every((file) => existsSync(join(projectDir, file)))).toBe(true);
  expect(files.filter((file) => file.includes(".pages."))).toEqual([]);
});
