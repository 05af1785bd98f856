import fc from "fast-check";
import type { StoredSchedule } from "@/lib/hours/schedule/stored";
import { DAY_MS, MINUTE_MS, type MonthDay, monthDayOf, weekdays } from "@/lib/platform/time/calendar";
import { tzifTimes } from "@/lib/testing/tzif";

/** Zones with unusual clock changes. */
export const oddZones = (
  "Pacific/Apia Pacific/Kwajalein Pacific/Kiritimati Pacific/Fakaofo America/Sao_Paulo Asia/Beirut Africa/Cairo " +
  "America/Havana Australia/Lord_Howe Africa/El_Aaiun Antarctica/Troll Antarctica/Casey America/St_Johns Asia/Tehran " +
  "Asia/Gaza America/Asuncion America/Santiago Asia/Amman Asia/Pyongyang Atlantic/Azores America/Scoresbysund " +
  "America/Nuuk Europe/Dublin Europe/London Europe/Berlin America/New_York Asia/Kathmandu UTC europe/BERLIN Cuba"
).split(" ");

const minuteOfDay = fc.oneof(
  fc.nat(1439),
  fc.nat(300), // the hours in which clocks change
  fc.constantFrom(0, 1439, 60, 120, 150, 180),
);

const hoursOfDay = fc.oneof(
  { weight: 4, arbitrary: fc.record({ from: minuteOfDay, to: minuteOfDay }) },
  { weight: 2, arbitrary: minuteOfDay.map((minute) => ({ from: minute, to: minute })) },
  { weight: 1, arbitrary: fc.constantFrom({ from: 0, to: 0 }, { from: 22 * 60, to: 6 * 60 }) },
);

/** Arbitrary weekly schedules: days off, nights, whole days, hours in a gap; or none. */
export const schedules: fc.Arbitrary<StoredSchedule | null> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(Object.fromEntries(weekdays.map((weekday) => [weekday, hoursOfDay])), {
      requiredKeys: [],
    }),
  },
  {
    weight: 3,
    arbitrary: hoursOfDay.map((hours) => Object.fromEntries(weekdays.map((weekday) => [weekday, hours]))),
  },
  { weight: 2, arbitrary: fc.constant(null) },
);

/** Up to three holidays within three days of a time. */
export function holidaysNear(instantMs: number): fc.Arbitrary<MonthDay[]> {
  const date = fc
    .integer({ min: -3, max: 3 })
    .map((days) => monthDayOf(Math.floor(instantMs / DAY_MS) + days));
  return fc.array(date, { maxLength: 3 });
}

/** Times from 1900 to 2060, mostly near a clock change of the zone. */
export function momentsIn(timezone: string): fc.Arbitrary<number> {
  const any = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2060, 0, 1) });
  const near = fc
    .tuple(
      any,
      fc.constantFrom(3 * 60, 2 * 24 * 60),
      fc.integer({ min: -1000, max: 1000 }),
      fc.constantFrom(-1, 0, 1),
    )
    .map(([instant, span, part, off]) => {
      const changes = tzifTimes(timezone);
      const change = changes.find((time) => time > instant) ?? changes.at(-1) ?? instant;
      return change + Math.round((span * part) / 1000) * MINUTE_MS + off;
    });
  return fc.oneof({ weight: 4, arbitrary: near }, { weight: 1, arbitrary: any });
}
