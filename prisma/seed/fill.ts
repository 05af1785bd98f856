import type { Database } from "@/lib/platform/database/db";
import { newAccessKey } from "@/lib/platform/security/access-keys";
import { hashPassword } from "@/lib/platform/security/passwords";
import { insertRows } from "@/lib/testing/factories";
import { type DemoAccess, makeDemo } from "./demo";

/** The password of every demo account. */
const password = "rollcall-demo";

/** Taken while the data goes in, so that of two processes one waits and then finds it done. "Rollcall", in ASCII. */
const lock = "x'526f6c6c63616c6c'::bit(64)::bigint";

/**
 * Fills an empty database with the demo data, in one transaction. `publish` hears how to sign in before that is
 * committed: an access key that nobody has seen is lost. A database with a workspace in it is left alone.
 *
 * @returns whether anything was written
 */
export async function fill(
  db: Database,
  {
    now,
    accessKey,
    publish,
  }: {
    now: Date;
    /** Key with the role Supervisor to use instead of a random one. */
    accessKey?: string | undefined;
    publish: (access: DemoAccess & { password: string }) => Promise<void>;
  },
): Promise<boolean> {
  const isFilled = async () => (await db.query("SELECT 1 FROM workspaces LIMIT 1")).length > 0;
  if (await isFilled()) return false;
  const { rows, access } = makeDemo(now, {
    passwordHash: await hashPassword(password),
    supervisorKey: accessKey ?? newAccessKey(),
    viewerKey: newAccessKey(),
  });
  return db.transaction(async () => {
    await db.query(`SELECT 1 AS taken FROM pg_advisory_xact_lock(${lock})`);
    if (await isFilled()) return false;
    await insertRows(db.query, rows);
    await publish({ ...access, password });
    return true;
  });
}
