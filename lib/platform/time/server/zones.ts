import { readFileSync } from "node:fs";
import { type BriefZones, briefZones } from "@/lib/platform/time/brief-zones";
import { readPackedZones } from "@/lib/platform/time/packed-zones";
import { isOldRelease, provideZones, type ZoneTable } from "@/lib/platform/time/zone-table";

/** Pages show no time before 2020. */
const PAGES_SINCE = Date.UTC(2020, 0, 1);

/** The zone data of this process. */
export interface ZoneService {
  /** Release of the IANA database, such as "2026f". */
  readonly release: string;
  /** The compact form that is sent to pages. */
  readonly brief: BriefZones;
  /** Whether the release is over a year old. */
  readonly isOld: (now: Date) => boolean;
}

/**
 * Loads zone data from a file for the whole process. Throws an Error with a one-line message for the
 * operator.
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
