import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

/** Loads time zone data, which the rules need. */
const setupFiles = ["lib/testing/zones.ts"];

/** Timeout of `expect.poll`: on a busy machine, the awaited work may be slow. */
const expect = { poll: { timeout: 60_000 } };

/** Generous for busy machines; only failing tests wait this long. */
const timeouts = { testTimeout: 300_000, hookTimeout: 300_000 };

/** Shared machines stop for seconds. The run prints which tests needed it; elsewhere none is repeated. */
const retry = process.env.CI ? 1 : 0;

/**
 * API tests over HTTP run one file at a time, since some check data that all files share. They share modules: loading
 * them and compiling the schemas again takes longer than the tests of a file.
 */
const overHttp = { setupFiles, expect, fileParallelism: false, isolate: false, retry, ...timeouts };

/**
 * Test projects: pure rules; code with a real PostgreSQL; and servers over HTTP: the full one, the API alone
 * (`*.pages.test.ts` checks what it lacks), and one behind a connection pooler.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          isolate: false,
          setupFiles,
          ...timeouts,
          include: ["{components,lib,scripts}/**/*.test.ts"],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          isolate: false,
          setupFiles,
          expect,
          include: ["{lib,prisma}/**/*.integration.test.ts"],
          fileParallelism: false,
          retry,
          ...timeouts,
        },
      },
      {
        resolve: { alias },
        test: { name: "api", include: ["e2e/api/**/*.test.ts"], ...overHttp },
      },
      {
        resolve: { alias },
        test: {
          name: "api-alone",
          include: ["e2e/api/**/*.test.ts"],
          exclude: ["**/*.pages.test.ts"],
          ...overHttp,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "pooler",
          include: [
            "e2e/pooler/**/*.test.ts",
            // Reading and writing of all kinds; other operations go through the same two ways to a connection.
            "e2e/api/*/{agents-patch,all-agents,availability,idempotency,list}.test.ts",
          ],
          ...overHttp,
        },
      },
    ],
  },
});
