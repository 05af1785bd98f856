import { defineConfig } from "prisma/config";

// `prisma generate` insists on a schema engine that it never runs, and would download it: any program will do.
if (process.argv.includes("generate")) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
});
