import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { offsetAt } from "@/lib/platform/time/offset";
import { oddZones } from "./schedules";
import { tzifTimes } from "./tzif";

// Temporal uses the runtime's zone data, which may differ from ours. The tests compare the computation, not
// the data, so they use only zones with equal data.

const known = new Map<string, boolean>();
const END = Date.UTC(2060, 0, 1);
const QUARTER_MS = 91 * 86_400_000;

function agree(zone: string, instant: number): boolean {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return offsetAt(zone, instant) === offsetNanoseconds / 1e6;
}

function isSame(zone: string): boolean {
  const times = tzifTimes(zone).filter((time) => time < END);
  if (!times.every((time) => agree(zone, time) && agree(zone, time - 1))) return false;
  for (let instant = Date.UTC(1880, 0, 1); instant < END; instant += QUARTER_MS)
    if (!agree(zone, instant)) return false;
  return true;
}

/** Comparing a zone is slow, so use every fifth one and those with unusual changes. */
const candidates = [
  ...Intl.supportedValuesOf("timeZone").filter((_, index) => index % 5 === 0),
  ...oddZones.filter((zone) => zone.includes("/")),
];

/** Zones for which Temporal in this runtime and our zone data agree from 1880 to 2060. */
export function zonesOfTemporal(): fc.Arbitrary<string> {
  return fc.constantFrom(...candidates).filter((zone) => {
    const answer = known.get(zone) ?? isSame(zone);
    known.set(zone, answer);
    return answer;
  });
}
