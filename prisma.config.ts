import { defineConfig } from "prisma/config";

// `prisma generate` requires a schema engine and would download it, but never runs it. Any executable will
// do.
if (process.argv.includes("generate")) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
});
