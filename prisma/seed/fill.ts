import type { Database } from "@/lib/platform/database/db";
import { newAccessKey } from "@/lib/platform/security/access-keys";
import { hashPassword } from "@/lib/platform/security/passwords";
import { insertRows } from "@/lib/testing/factories";
import { type DemoAccess, makeDemo } from "./demo";

/** Password of every demo account. */
const password = "rollcall-demo";

/** Advisory lock: a second process waits and then finds the data. "Rollcall" in ASCII. */
const lock = "x'526f6c6c63616c6c'::bit(64)::bigint";

/**
 * Fills an empty database with demo data in one transaction; does nothing if a workspace exists. Calls
 * `publish` before the commit, because access keys can't be read later. Returns whether it wrote anything.
 */
export async function fill(
  db: Database,
  {
    now,
    accessKey,
    publish,
  }: {
    now: Date;
    /** Access key for the Supervisor role; random by default. */
    accessKey?: string | undefined;
    publish: (access: DemoAccess & { password: string }) => Promise<void>;
  },
): Promise<boolean> {
  const isFilled = async () => (await db.query("SELECT 1 FROM workspaces LIMIT 1")).length > 0;
  if (await isFilled()) return false;
  const { rows, access } = await makeDemo(now, {
    passwordHash: await hashPassword(password),
    supervisorKey: accessKey ?? newAccessKey(),
    viewerKey: newAccessKey(),
  });
  return db.transaction(async () => {
    // Another process may be filling it, which takes longer than other locks. The limit of statements still applies.
    await db.query("SELECT set_config('lock_timeout', '0', true)");
    await db.query(`SELECT 1 AS taken FROM pg_advisory_xact_lock(${lock})`);
    if (await isFilled()) return false;
    const { workspaces = [], ...inThem } = rows;
    await insertRows(db.query, { workspaces });
    // The demo brings its own types of time off, because the ids of those that a trigger adds are random.
    await db.query("DELETE FROM time_off_types");
    await insertRows(db.query, inThem);
    await db.query("SELECT 1 AS rebuilt FROM workspaces, LATERAL rebuild_agent_spans(id)");
    await db.query(
      "INSERT INTO demo_simulations (workspace_id, running) SELECT id, true FROM workspaces WHERE slug = 'northwind'",
    );
    await publish({ ...access, password });
    return true;
  });
}
