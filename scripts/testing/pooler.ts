import { tellRole } from "../database/pooler";
import { startDemoServer } from "./demo-server";
import { findPgBouncer, startPgBouncer } from "./pgbouncer";
import type { Result, Run } from "./steps";
import type { TestServer } from "./test-server";
import { vitest } from "./vitest";

/**
 * Tests a server behind PgBouncer in transaction mode: parallel requests and some API tests. Skipped with a
 * message if PgBouncer can't be installed, except on CI, where that is a failure.
 */
export async function pooler(run: Run, databases: TestServer): Promise<Result> {
  const program = await findPgBouncer();
  if (!program) {
    const output =
      "PgBouncer is not installed, and this user can't install it. Skipping the tests behind a pooler.";
    console.log(output);
    return { passed: 0, failed: process.env.CI ? 1 : 0, output };
  }
  const { lifetime } = run;
  const lending = await startPgBouncer(program, databases.url, "transaction", lifetime);
  const keeping = await startPgBouncer(program, databases.url, "session", lifetime);
  const server = await startDemoServer(databases, lifetime, {
    product: "api",
    env: { ROLLCALL_CHECK_RESPONSES: "1", WORKERS: "2" },
    through: async (url) => {
      const addresses = { databaseUrl: lending(url), pooled: true, directUrl: url, statementTimeout: 15 };
      await tellRole(addresses);
      return {
        DATABASE_URL: addresses.databaseUrl,
        DATABASE_DIRECT_URL: url,
        DATABASE_POOLER: "transaction",
      };
    },
  });
  const result = await vitest(run, "pooler", {
    ...server.env,
    TEST_PRODUCT: "api",
    TEST_BASE_URL: server.url,
    DEMO_FILE: server.demoFile,
    TEST_POOLER_URL: lending(server.env.DATABASE_URL),
    TEST_SESSION_POOLER_URL: keeping(server.env.DATABASE_URL),
  });
  await server.stop();
  if (result.failed === 0) return result;
  return { ...result, output: `${result.output}\nWhat the server printed: ${await server.keepLog()}` };
}
