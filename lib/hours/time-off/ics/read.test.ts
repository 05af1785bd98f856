import { describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { CalendarFileError, occurrenceLimit, type ReadEvent, readCalendar } from "./read";

const today = Date.parse("2026-03-02T00:00:00Z") / DAY_MS;
const inBerlin = { zoneOn: () => "Europe/Berlin", today };

const file = (...events: string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n${events.map((event) => `${event.trim().replace(/\n */g, "\r\n")}\r\n`).join("")}END:VCALENDAR\r\n`;

const event = (lines: string, uid = "one@test") => `BEGIN:VEVENT
UID:${uid}
DTSTAMP:20260101T000000Z
${lines}
END:VEVENT`;

const read = (...events: string[]) => readCalendar(file(...events), inBerlin);
/** Writes times as `2026-03-09 09:00 – 2026-03-09 17:00`, without the time for whole dates. */
const shown = ({ times, unusable }: ReadEvent) => {
  if (!times) return unusable;
  const clock = (minute: number | null) =>
    minute === null
      ? ""
      : ` ${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return `${times.startDate}${clock(times.startMinute)} – ${times.endDate}${clock(times.endMinute)}`;
};
const timesOf = (lines: string) => read(event(lines)).map(shown);

describe("readCalendar", () => {
  it("reads whole dates, even without an end", () => {
    expect(timesOf("DTSTART;VALUE=DATE:20260309\nDTEND;VALUE=DATE:20260314")).toEqual([
      "2026-03-09 – 2026-03-13",
    ]);
    expect(timesOf("DTSTART;VALUE=DATE:20260309")).toEqual(["2026-03-09 – 2026-03-09"]);
  });

  it("converts times to the agent's wall clock: UTC, another zone, none", () => {
    expect(timesOf("DTSTART:20260309T080000Z\nDTEND:20260309T093000Z")).toEqual([
      "2026-03-09 09:00 – 2026-03-09 10:30",
    ]);
    // New York changes its clock on March 8, Berlin on March 29.
    const newYork = "DTSTART;TZID=America/New_York:20260309T090000\nDURATION:PT8H";
    expect(timesOf(newYork)).toEqual(["2026-03-09 14:00 – 2026-03-09 22:00"]);
    expect(timesOf("DTSTART:20260309T080000\nDTEND:20260309T090000")).toEqual([
      "2026-03-09 08:00 – 2026-03-09 09:00",
    ]);
  });

  it("reads midnight to midnight as whole dates", () => {
    expect(
      timesOf("DTSTART;TZID=Europe/Berlin:20260309T000000\nDTEND;TZID=Europe/Berlin:20260311T000000"),
    ).toEqual(["2026-03-09 – 2026-03-10"]);
  });

  it("knows zones by the names of other programs", () => {
    const path = "DTSTART;TZID=/example.org/20250126_1/Europe/London:20260309T080000\nDURATION:PT1H";
    expect(timesOf(path)).toEqual(["2026-03-09 09:00 – 2026-03-09 10:00"]);
    const zone = `BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
END:STANDARD
END:VTIMEZONE`;
    const office = event("DTSTART;TZID=Office:20260309T120000\nDTEND;TZID=Office:20260309T130000");
    expect(read(zone, office).map(shown)).toEqual(["2026-03-09 07:30 – 2026-03-09 08:30"]);
    expect(read(office).map(shown)).toEqual(["unknownZone"]);
  });

  it("expands recurring events for a year, in their own zone", () => {
    const found = timesOf("DTSTART;TZID=Europe/Berlin:20200106T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY");
    expect(found[0]).toBe("2026-03-02 09:00 – 2026-03-02 10:00");
    expect(found.at(-1)).toBe("2027-03-01 09:00 – 2027-03-01 10:00");
    expect(found).toHaveLength(53);
  });

  it("expands recurring events that start later for a year from their start, and says when none is left", () => {
    expect(timesOf("DTSTART;VALUE=DATE:20300901\nRRULE:FREQ=YEARLY;COUNT=3")).toEqual([
      "2030-09-01 – 2030-09-01",
      "2031-09-01 – 2031-09-01",
    ]);
    expect(timesOf("DTSTART;VALUE=DATE:20200901\nRRULE:FREQ=YEARLY;COUNT=3")).toEqual(["past"]);
    expect(timesOf("DTSTART;VALUE=DATE:20240201\nRRULE:FREQ=YEARLY;INTERVAL=4")).toEqual([
      "2028-02-01 – 2028-02-01",
    ]);
  });

  it("reads all calendars of a file", () => {
    const calendars = ["one", "two"].map(
      (uid) => `BEGIN:VCALENDAR\n${event("DTSTART;VALUE=DATE:20260309", uid)}\nEND:VCALENDAR`,
    );
    const found = readCalendar(calendars.join("\n").replaceAll("\n", "\r\n"), inBerlin);
    expect(found.map(({ uid }) => uid)).toEqual(["one", "two"]);
  });

  it("leaves out excluded dates and applies changes of single occurrences", () => {
    const series = event(
      "DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;VALUE=DATE:20260303\nSUMMARY:Course",
    );
    const moved = event("RECURRENCE-ID;VALUE=DATE:20260304\nDTSTART;VALUE=DATE:20260310\nSUMMARY:Moved");
    const found = read(series, moved);
    expect(found.map(shown)).toEqual([
      "2026-03-02 – 2026-03-02",
      "2026-03-10 – 2026-03-10",
      "2026-03-05 – 2026-03-05",
    ]);
    expect(found.map(({ summary }) => summary)).toEqual(["Course", "Moved", "Course"]);
    expect(new Set(found.map(({ uid }) => uid)).size).toBe(3);
    expect(found[1]?.uid).toBe("one@test 2026-03-04");
  });

  it("says why events are unusable", () => {
    const at = "DTSTART;VALUE=DATE:20260309";
    expect(timesOf(`${at}\nSTATUS:CANCELLED`)).toEqual(["cancelled"]);
    expect(timesOf(`${at}\nTRANSP:TRANSPARENT`)).toEqual(["free"]);
    expect(timesOf("SUMMARY:Some time")).toEqual(["unreadable"]);
    expect(timesOf("DTSTART;VALUE=DATE:20300230")).toEqual(["unreadable"]);
    expect(timesOf("DTSTART;VALUE=DATE:20301301")).toEqual(["unreadable"]);
    expect(timesOf("DTSTART:20300901T096000Z\nDTEND:20300901T120000Z")).toEqual(["unreadable"]);
    expect(timesOf("DTSTART:20260309T090000Z\nDTEND:20260309T080000Z")).toEqual(["unreadable"]);
    expect(read(event("DTSTART;VALUE=DATE:20260301")).map(({ unusable }) => unusable)).toEqual(["past"]);
  });

  it("shortens long ids, and keeps them unique", () => {
    const [one] = read(event("DTSTART;VALUE=DATE:20260309", "a".repeat(5000)));
    const [other] = read(event("DTSTART;VALUE=DATE:20260309", `${"a".repeat(4999)}b`));
    expect(one?.uid).toHaveLength(71);
    expect(one?.uid).not.toBe(other?.uid);
  });

  it.each([
    "",
    "hello",
    "BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n",
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
  ])("refuses %j", (text) => {
    expect(() => readCalendar(text, inBerlin)).toThrow(CalendarFileError);
  });

  it("refuses more events than the limit", () => {
    const daily = "DTSTART:20260302T080000Z\nDURATION:PT5M\nRRULE:FREQ=HOURLY";
    expect(() => read(event(daily))).toThrow(`more than ${occurrenceLimit} events`);
  });

  it.each(["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY"])(
    "stops reading %s",
    (rule) => {
      expect(() => read(event(`DTSTART:19700101T080000Z\nDURATION:PT1S\nRRULE:${rule}`))).toThrow(
        CalendarFileError,
      );
    },
  );
});
