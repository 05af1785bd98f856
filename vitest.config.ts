import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

/** Three runs: rules without I/O, code on a real PostgreSQL, and the running server over HTTP. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{components,lib,scripts}/**/*.test.ts"],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["{lib,prisma}/**/*.integration.test.ts"],
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: { name: "api", include: ["e2e/api/**/*.test.ts"], fileParallelism: false, testTimeout: 30_000 },
      },
    ],
  },
});
