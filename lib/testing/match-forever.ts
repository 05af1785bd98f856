import "@/lib/testing/zones";
import { createDatabase } from "@/lib/platform/database/db";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { makeRun } from "@/lib/testing/routing";

// A process that keeps matching a workspace until a test kills it, to test `kill -9`.

const db = createDatabase(testDatabaseUrl(), 3, () => undefined);
const run = makeRun(db);
const workspaceId = process.argv[2] as AuthorizedWorkspaceId;
process.stdout.write("ready\n");
for (;;) await run(workspaceId);
