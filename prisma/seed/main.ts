import { rename, rm, writeFile } from "node:fs/promises";
import { createDatabase } from "@/lib/platform/database/db";
import { openZones } from "@/lib/platform/time/server/zones";
import { fill } from "./fill";

// Runs as its own process before the server starts. The caller sets DATABASE_URL, DEMO_FILE (where to write
// the sign-in data) and optionally ROLLCALL_DEMO_ACCESS_KEY.
const { DATABASE_URL: url, DEMO_FILE: file, ROLLCALL_DEMO_ACCESS_KEY: accessKey } = process.env;
if (!url || !file) throw new Error("Set DATABASE_URL and DEMO_FILE; npm start does so.");
openZones(process.env.ZONE_DATA_FILE || "node_modules/moment-timezone/data/packed/latest.json");

const db = createDatabase(url, 1, () => undefined);
try {
  await fill(db, {
    now: new Date(),
    accessKey: accessKey || undefined,
    publish: async (access) => {
      const half = `${file}.${process.pid}`;
      await rm(half, { force: true });
      await writeFile(half, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600, flag: "wx" });
      await rename(half, file);
    },
  });
} finally {
  await db.close();
}
