import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

/** Loads time zone data, which the rules need. */
const setupFiles = ["lib/testing/zones.ts"];

/** API tests over HTTP run one file at a time, since some check data that all files share. */
const overHttp = { setupFiles, fileParallelism: false, testTimeout: 30_000 };

/**
 * Test projects: pure rules; code on a real PostgreSQL; and servers over HTTP – the full one, the API alone
 * (where `*.pages.test.ts` checks what it lacks), and one behind a connection pooler.
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
