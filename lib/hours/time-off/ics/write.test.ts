import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { type CalendarEvent, writeCalendar } from "./write";

const stamp = Date.parse("2026-03-01T00:00:00Z");
const day = Date.parse("2026-03-02T00:00:00Z") / DAY_MS;
const awkward = `Früh, spät; "nachts"\\\n${"👩‍👩‍👧‍👦".repeat(30)}\u0007 Ende`;

const events: CalendarEvent[] = [
  {
    uid: "shift-1@calendar.rollcall",
    summary: awkward,
    description: "Line one\r\nBEGIN:VALARM\r\nline two",
    isBusy: true,
    when: { start: Date.parse("2026-03-02T22:00:00Z"), end: Date.parse("2026-03-03T06:30:00Z") },
  },
  {
    uid: "holiday-1@calendar.rollcall",
    summary: "Holiday",
    isBusy: false,
    when: { firstDay: day, lastDay: day + 1 },
  },
];

describe("writeCalendar", () => {
  const text = writeCalendar("Ada, the first", events, stamp);

  it("writes lines of at most 75 octets, ended by CRLF, without control characters", () => {
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    for (const line of text.slice(0, -2).split("\r\n")) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not occur
      expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f\ufffd]/);
    }
  });

  it("writes what a parser reads: text, times in UTC, whole days as dates with an exclusive end", () => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    expect(calendar.getFirstPropertyValue("x-wr-calname")).toBe("Ada, the first");
    const [shift, holiday] = calendar.getAllSubcomponents("vevent");
    expect(shift?.getFirstPropertyValue("summary")).toBe(awkward.replace("\u0007", ""));
    expect(shift?.getFirstPropertyValue("description")).toBe("Line one\nBEGIN:VALARM\nline two");
    expect(shift?.getAllSubcomponents()).toEqual([]);
    expect(String(shift?.getFirstPropertyValue("dtstart"))).toBe("2026-03-02T22:00:00Z");
    expect(String(shift?.getFirstPropertyValue("dtend"))).toBe("2026-03-03T06:30:00Z");
    expect(text).toContain("DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260304\r\n");
    expect(holiday?.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
  });

  it("writes the same text for the same events", () => {
    expect(writeCalendar("Ada, the first", events, stamp)).toBe(text);
  });

  it("writes a calendar without events", () => {
    const calendar = new ICAL.Component(ICAL.parse(writeCalendar("Nobody", [], stamp)));
    expect(calendar.getAllSubcomponents()).toEqual([]);
  });
});
