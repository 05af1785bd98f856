import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

/** The rules of time need zone data. */
const setupFiles = ["lib/testing/zones.ts"];

/** Of the API over HTTP: one file after the other, since a test may look at what all others share. */
const overHttp = { setupFiles, fileParallelism: false, testTimeout: 30_000 };

/**
 * Rules without I/O; code on a real PostgreSQL; and the running server over HTTP: the one with pages, and the API alone,
 * of which the tests in `*.pages.test.ts` ask what it does not have; and that one behind a pooler.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          setupFiles,
          include: ["{components,lib,scripts}/**/*.test.ts"],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          setupFiles,
          include: ["{lib,prisma}/**/*.integration.test.ts"],
          fileParallelism: false,
          testTimeout: 30_000,
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
            "e2e/api/*/{agents-patch,agents-write,all-agents,availability,idempotency,list,people,skills-write,teams-write}.test.ts",
          ],
          ...overHttp,
        },
      },
    ],
  },
});
