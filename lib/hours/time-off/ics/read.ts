import { createHash } from "node:crypto";
import { runInNewContext } from "node:vm";
import ICAL from "ical.js";
import type { TimeOffTimes } from "@/lib/hours/time-off/server/row";
import { DAY_MS, isoDate, MINUTE_MS } from "@/lib/platform/time/calendar";
import { wallClockAt, zoneClock } from "@/lib/platform/time/wall-clock";
import { isTimeZone } from "@/lib/platform/time/zone";

/** Why an event cannot become time off. */
export type Unusable = "unreadable" | "past" | "free" | "cancelled" | "unknownZone";

/** An occurrence of an event, by the agent's wall clock. */
export interface ReadEvent {
  /** Identifies the occurrence; undefined if it is unusable. */
  uid: string | undefined;
  summary: string | undefined;
  times: TimeOffTimes | undefined;
  unusable: Unusable | undefined;
}

/** Thrown if the file can't be read at all or is too large. `message` says how to put it right. */
export class CalendarFileError extends Error {}

export interface ReadOptions {
  /** Returns the zone in which the agent reads an epoch day. */
  zoneOn: (day: number) => string;
  /** The agent's epoch day now. Events that ended before it are `past`. */
  today: number;
}

/** Maximum number of occurrences in a file. */
export const occurrenceLimit = 500;
/** Days for which recurring events are expanded. */
const AHEAD_DAYS = 366;
/** Maximum number of occurrences to expand, including past ones. */
const STEPS = 30_000;
/** Time limit for a file. Some rules never produce an occurrence, and would run forever. */
const TIMEOUT_MS = 1_000;
/** The id is indexed, so its length is limited. */
const MAX_UID = 200;

/**
 * Returns the events of a calendar file (RFC 5545) from today on, with recurring ones expanded for a year
 * from their start or from today. Throws `CalendarFileError`.
 */
export function readCalendar(text: string, options: ReadOptions): ReadEvent[] {
  try {
    // Only `vm` can stop running code.
    return runInNewContext("read()", { read: () => read(text, options) }, { timeout: TIMEOUT_MS });
  } catch (error) {
    if (Reflect.get(Object(error), "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT")
      throw new CalendarFileError("takes too long to read. Remove recurring events.");
    throw error;
  }
}

function read(text: string, options: ReadOptions): ReadEvent[] {
  const masters: ICAL.Component[] = [];
  const exceptions = new Map<string, ICAL.Component[]>();
  for (const component of parse(text).flatMap((calendar) => calendar.getAllSubcomponents("vevent"))) {
    const uid = String(component.getFirstPropertyValue("uid") ?? "");
    if (!component.hasProperty("recurrence-id")) masters.push(component);
    else exceptions.set(uid, [...(exceptions.get(uid) ?? []), component]);
  }
  if (masters.length + exceptions.size > occurrenceLimit) throw tooMany();
  const found: ReadEvent[] = [];
  const steps = { left: STEPS };
  for (const component of masters) {
    const uid = String(component.getFirstPropertyValue("uid") ?? "");
    const own = exceptions.get(uid) ?? [];
    exceptions.delete(uid);
    found.push(...readable(component, () => occurrences(component, own, steps, options)));
    if (found.length > occurrenceLimit) throw tooMany();
  }
  // The file doesn't contain the series of these occurrences.
  for (const component of [...exceptions.values()].flat())
    found.push(...readable(component, () => [single(component, options)]));
  if (found.length > occurrenceLimit) throw tooMany();
  return found;
}

/** Returns the calendars of a file. Some programs write several into one. */
function parse(text: string): ICAL.Component[] {
  let calendars: ICAL.Component[];
  try {
    const parsed = ICAL.parse(text);
    const all = typeof parsed[0] === "string" ? [parsed] : parsed;
    calendars = all.map((one: typeof parsed) => new ICAL.Component(one));
  } catch (error) {
    const reason = (error as Error).message.slice(0, 200);
    throw new CalendarFileError(`is not a complete calendar file: ${reason}. Export it again.`);
  }
  if (calendars.length === 0 || !calendars.every(({ name }) => name === "vcalendar"))
    throw new CalendarFileError("is not a calendar file: it must begin with BEGIN:VCALENDAR.");
  return calendars;
}

const tooMany = () =>
  new CalendarFileError(`has more than ${occurrenceLimit} events to import. Import a part of it.`);

/** Returns the events of `read`, or one unreadable event if it throws. */
function readable(component: ICAL.Component, read: () => ReadEvent[]): ReadEvent[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof CalendarFileError) throw error;
    return [unusable(component, "unreadable")];
  }
}

function occurrences(
  component: ICAL.Component,
  exceptions: ICAL.Component[],
  steps: { left: number },
  options: ReadOptions,
): ReadEvent[] {
  const event = new ICAL.Event(component, { exceptions });
  if (!event.isRecurring()) return [single(component, options)];
  const why = reasonAgainst(component);
  if (why) return [unusable(component, why)];
  const found: ReadEvent[] = [];
  const iterator = event.iterator();
  const last = Math.max(options.today, dayOf(event.startDate)) + AHEAD_DAYS;
  for (let next = iterator.next(); next; next = iterator.next()) {
    if (steps.left-- <= 0) throw new CalendarFileError("has too many recurring events. Remove the oldest.");
    // At least the next occurrence of a rare event is read.
    if (dayOf(next) > last && found.length > 0) break;
    const { item, startDate, endDate, recurrenceId } = event.getOccurrenceDetails(next);
    // Skipped early, because converting times is slow.
    if (item === event && dayOf(endDate) < options.today - 2) continue;
    const zone = zoneNameOf(item.component, "dtstart");
    const uid = `${event.uid} ${recurrenceId.toString()}`;
    const against = item === event ? undefined : reasonAgainst(item.component);
    const read = against
      ? unusable(item.component, against)
      : readTimes(item.component, uid, { value: startDate, zone }, { value: endDate, zone }, options);
    if (read.unusable !== "past") found.push(read);
    if (found.length > occurrenceLimit) throw tooMany();
  }
  return found.length > 0 ? found : [unusable(component, "past")];
}

function single(component: ICAL.Component, options: ReadOptions): ReadEvent {
  const event = new ICAL.Event(component, { exceptions: [] });
  const why = reasonAgainst(component);
  if (why) return unusable(component, why);
  const startZone = zoneNameOf(component, "dtstart");
  const endZone = component.hasProperty("dtend") ? zoneNameOf(component, "dtend") : startZone;
  const recurrence = component.getFirstPropertyValue("recurrence-id");
  const uid = recurrence ? `${event.uid} ${String(recurrence)}` : event.uid;
  const [start, end] = [event.startDate, event.endDate];
  return readTimes(component, uid, { value: start, zone: startZone }, { value: end, zone: endZone }, options);
}

function reasonAgainst(component: ICAL.Component): Unusable | undefined {
  const value = (name: string) => String(component.getFirstPropertyValue(name) ?? "").toUpperCase();
  if (value("status") === "CANCELLED") return "cancelled";
  if (value("transp") === "TRANSPARENT") return "free";
  const isReadable =
    value("uid") !== "" &&
    component.hasProperty("dtstart") &&
    ["dtstart", "dtend"].every((name) => exists(component.getFirstProperty(name)));
  return isReadable ? undefined : "unreadable";
}

/** Returns whether the date or time of a property exists. ical.js makes 2 March of 30 February. */
function exists(property: ICAL.Property | null): boolean {
  const [, , , written] = (property?.toJSON() ?? []) as unknown[];
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?/.exec(String(written ?? ""));
  if (!property || !parts) return true;
  const [, date = "", time = "00:00"] = parts;
  const instant = new Date(`${date}T${time}Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(`${date}T${time}`);
}

/** A time and the name of its zone. */
interface Zoned {
  value: ICAL.Time;
  zone: string | undefined;
}

function readTimes(
  component: ICAL.Component,
  uid: string,
  start: Zoned,
  end: Zoned,
  options: ReadOptions,
): ReadEvent {
  const from = wallMinutes(start, options, Math.floor);
  const until = wallMinutes(end, options, Math.ceil);
  if (from === undefined || until === undefined) return unusable(component, "unknownZone");
  if (!(from < until)) return unusable(component, "unreadable");
  const times = timesBetween(from, until);
  if (times.startDate < "1970-01-01" || times.endDate > "2199-12-31")
    return unusable(component, "unreadable");
  if (until <= options.today * 1440) return unusable(component, "past", times);
  return { uid: shortened(uid), summary: summaryOf(component), times, unusable: undefined };
}

/** Converts a half-open range of wall-clock minutes since 1970. */
function timesBetween(from: number, until: number): TimeOffTimes {
  const minute = (total: number) => total % 1440 || null;
  return {
    startDate: isoDate(Math.floor(from / 1440)),
    startMinute: minute(from),
    // Midnight is the end of the date before.
    endDate: isoDate(Math.ceil(until / 1440) - 1),
    endMinute: minute(until),
  };
}

/** Returns a time by the agent's wall clock, in minutes since 1970; undefined for an unknown zone. */
function wallMinutes(
  { value, zone }: Zoned,
  { zoneOn }: ReadOptions,
  round: (minutes: number) => number,
): number | undefined {
  const local = Date.UTC(value.year, value.month - 1, value.day, value.hour, value.minute, value.second);
  const isUtc = value.zone === ICAL.Timezone.utcTimezone;
  // Dates and times without a zone are in the agent's zone.
  if (value.isDate || (zone === undefined && !isUtc)) return round(local / MINUTE_MS);
  const at = isUtc ? local : instantOf(value, zone ?? "", local);
  if (at === undefined) return undefined;
  const day = Math.floor(wallClockAt(zoneOn(Math.floor(at / DAY_MS)), at) / DAY_MS);
  return round(wallClockAt(zoneOn(day), at) / MINUTE_MS);
}

/** Uses our data of a zone. The file's own definition applies only to names that our data doesn't have. */
function instantOf(value: ICAL.Time, zone: string, local: number): number | undefined {
  if (isTimeZone(zone)) {
    const minute = Math.floor(local / MINUTE_MS);
    const found = zoneClock(zone).span(Math.floor(minute / 1440), minute % 1440, minute % 1440);
    return found ? found.start + (local % MINUTE_MS) : undefined;
  }
  const isDefined = value.zone && value.zone !== ICAL.Timezone.localTimezone;
  return isDefined ? value.toUnixTime() * 1000 : undefined;
}

/** Returns our name of a property's zone, or else the file's; undefined without a zone. */
function zoneNameOf(component: ICAL.Component, property: string): string | undefined {
  const id = component.getFirstProperty(property)?.getFirstParameter("tzid");
  if (!id || isTimeZone(id)) return id || undefined;
  // Some programs write `/example.org/20050126_1/Europe/Berlin`.
  const parts = id.split("/").filter((part) => part !== "");
  const known = parts.map((_, index) => parts.slice(index).join("/")).find(isTimeZone);
  const definition = component.parent
    ?.getAllSubcomponents("vtimezone")
    .find((one) => one.getFirstPropertyValue("tzid") === id);
  const location = String(definition?.getFirstPropertyValue("x-lic-location") ?? "");
  return known ?? (isTimeZone(location) ? location : id);
}

const dayOf = (time: ICAL.Time) => Math.floor(Date.UTC(time.year, time.month - 1, time.day) / DAY_MS);

const shortened = (uid: string) =>
  uid.length <= MAX_UID ? uid : `sha256:${createHash("sha256").update(uid).digest("hex")}`;

function summaryOf(component: ICAL.Component): string | undefined {
  const summary = String(component.getFirstPropertyValue("summary") ?? "")
    .replaceAll("\0", "")
    .trim();
  return summary === "" ? undefined : [...summary].slice(0, 2000).join("");
}

function unusable(component: ICAL.Component, why: Unusable, times?: TimeOffTimes): ReadEvent {
  return { uid: undefined, summary: summaryOf(component), times, unusable: why };
}
