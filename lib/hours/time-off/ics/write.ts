import ICAL from "ical.js";
import { isoDate } from "@/lib/platform/time/calendar";

// ical.js doesn't count the space at the start of a continued line. With it, lines have at most 75 octets.
ICAL.foldLength = 74;

/** An event of a calendar file. Dates are epoch days, times epoch milliseconds; ends are exclusive. */
export interface CalendarEvent {
  uid: string;
  summary: string;
  description?: string | undefined;
  /** Whether the time counts as busy. */
  isBusy: boolean;
  when: { firstDay: number; lastDay: number } | { start: number; end: number };
}

type Property = [string, Record<string, string>, string, string];

/** Characters that a calendar file must not contain. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const forbidden = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Returns a calendar file (RFC 5545) with times in UTC. `stamp` (epoch milliseconds) says when the events were computed;
 * the same arguments give the same text.
 */
export function writeCalendar(name: string, events: readonly CalendarEvent[], stamp: number): string {
  const properties: Property[] = [
    ["version", {}, "text", "2.0"],
    ["prodid", {}, "text", "-//Rollcall//Calendar feed//EN"],
    ["method", {}, "text", "PUBLISH"],
    ["name", {}, "text", clean(name)],
    ["x-wr-calname", {}, "text", clean(name)],
    ["refresh-interval", {}, "duration", "PT1H"],
  ];
  const components = events.map((event) => ["vevent", eventProperties(event, stamp), []]);
  return ICAL.stringify(["vcalendar", properties, components]);
}

function eventProperties(
  { uid, summary, description, isBusy, when }: CalendarEvent,
  stamp: number,
): Property[] {
  return [
    ["uid", {}, "text", uid],
    ["dtstamp", {}, "date-time", instantText(stamp)],
    ...timesOf(when),
    ["summary", {}, "text", clean(summary)],
    ...(description ? [["description", {}, "text", clean(description)] satisfies Property] : []),
    ["transp", {}, "text", isBusy ? "OPAQUE" : "TRANSPARENT"],
  ];
}

function timesOf(when: CalendarEvent["when"]): Property[] {
  if ("start" in when)
    return [
      ["dtstart", {}, "date-time", instantText(when.start)],
      ["dtend", {}, "date-time", instantText(when.end)],
    ];
  return [
    ["dtstart", {}, "date", isoDate(when.firstDay)],
    ["dtend", {}, "date", isoDate(when.lastDay + 1)],
  ];
}

const clean = (text: string) => text.replace(/\r\n?/g, "\n").replace(forbidden, "");
const instantText = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
