import { readFileSync } from "node:fs";
import { type BriefZones, briefZones } from "@/lib/platform/time/brief-zones";
import { readPackedZones } from "@/lib/platform/time/packed-zones";
import { isOldRelease, provideZones, type ZoneTable } from "@/lib/platform/time/zone-table";

/** Nothing that a page shows was before: the time of a change, of an activity, of a shift. */
const PAGES_SINCE = Date.UTC(2020, 0, 1);

/** The zone data that this process goes by. */
export interface ZoneService {
  /** Of the IANA database, such as "2026f". */
  readonly release: string;
  /** What pages are sent of it. */
  readonly brief: BriefZones;
  /** Whether it is over a year old at an instant. */
  readonly isOld: (now: Date) => boolean;
}

/**
 * Reads zone data from a file and provides everything in this process with it. Throws an Error whose message is one line
 * for whoever starts the server.
 */
export function openZones(file: string): ZoneService {
  const table = readZones(file);
  provideZones(table);
  return {
    release: table.release,
    brief: briefZones(table, PAGES_SINCE),
    isOld: (now) => isOldRelease(table.release, now.getTime()),
  };
}

function readZones(file: string): ZoneTable {
  try {
    return readPackedZones(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is not JSON" : (error as Error).message;
    const what = "code" in (error as Error) ? `can't be read (${reason})` : reason;
    throw new Error(
      `The time zone data in ${file} ${what}. Set ZONE_DATA_FILE to a file such as data/packed/latest.json of moment-timezone, or leave it unset.`,
    );
  }
}
