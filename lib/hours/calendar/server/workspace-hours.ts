import { type CompiledCalendar, withExceptions } from "@/lib/hours/calendar/compile";
import type { CalendarExceptions } from "@/lib/hours/calendar/data";
import { hoursCodeAt } from "@/lib/hours/calendar/off-hours";
import {
  type Calendars,
  MARGIN_DAYS,
  type WantedHours,
  wantedBy,
} from "@/lib/hours/calendar/server/calendars";
import type { AgentRow, CalendarRepository, UsedHoursRow } from "@/lib/hours/calendar/server/repository";
import { exceptionsOf } from "@/lib/hours/calendar/server/rows";
import type { WorkspaceId } from "@/lib/platform/ids";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";

type Code = ReturnType<typeof hoursCodeAt>;

/** Who is in hours at a time, as SQL parameters (hours.sql.ts). */
export interface HoursAt {
  /** Each `hours_key` that is in hours or off because of a holiday; all others are out of hours. */
  readonly hourKeys: readonly string[];
  /** Their reason codes; null in hours. */
  readonly hourCodes: readonly Code[];
  /** Agents with an override or time off, whose code can differ from that of their key. */
  readonly specialIds: readonly string[];
  readonly specialCodes: readonly Code[];
  /** Whether approved time off covers the time. */
  readonly specialOff: readonly boolean[];
  /**
   * Those of them who are in hours while their key is not, or the reverse, as a literal of an SQL array: there can be
   * thousands, and each statement would convert them again.
   */
  readonly differing: string;
  /** Number of agents in hours, minus the number by key. */
  readonly shift: number;
}

/** The hours of all agents of a workspace around a time. */
export interface WorkspaceHours {
  /** Number of keys and agents whose hours it has. */
  readonly size: number;
  /** Returns who is in hours at a time (epoch milliseconds), at most a day from the requested one. */
  at(instant: number): HoursAt;
}

/** Maximum number of cached entries: one for each workspace and day. */
const MAX_KEPT = 200;

/** Maximum size of all cached entries, because clients choose the days. Each key takes about 600 bytes. */
const MAX_SIZE = 200_000;

/** How many days a local date can be away from a UTC day, or from an adjacent one. */
const REACH_DAYS = 2;

export function createWorkspaceHours(repository: CalendarRepository, calendars: Pick<Calendars, "compiled">) {
  /** Least recently used first. */
  const kept = new Map<string, { revision: string; hours: Promise<WorkspaceHours>; size: number }>();

  function shrink(): void {
    let size = 0;
    for (const entry of kept.values()) size += entry.size;
    for (const [name, entry] of kept) {
      if (kept.size === 1 || (kept.size <= MAX_KEPT && size <= MAX_SIZE)) break;
      kept.delete(name);
      size -= entry.size;
    }
  }

  async function load(workspaceId: WorkspaceId, day: number, revision: string): Promise<WorkspaceHours> {
    const reach = REACH_DAYS + MARGIN_DAYS;
    const used = await repository.usedHours(workspaceId);
    const exceptional = await repository.exceptional(workspaceId, { from: day - reach, to: day + reach });
    const wanted: WantedHours[] = [...used, ...exceptional.map(wantedBy)];
    const compiled = await calendars.compiled(workspaceId, wanted, revision);
    const calendarOf = (row: Pick<AgentRow | UsedHoursRow, "variant">, exceptions = noExceptions) => {
      const hours = compiled.get(row.variant);
      return hours && withExceptions(hours, exceptions);
    };
    return hoursOf(
      used.map((row) => ({ key: row.key, calendar: calendarOf(row) })),
      exceptional.map((row) => ({ id: row.id, key: row.key, calendar: calendarOf(row, exceptionsOf(row)) })),
    );
  }

  return {
    /** Returns the hours around a time (epoch milliseconds) at the given revision of the workspace's calendars. */
    around(workspaceId: WorkspaceId, instant: number, revision: string): Promise<WorkspaceHours> {
      const day = Math.floor(instant / DAY_MS);
      const name = `${workspaceId} ${day}`;
      const known = kept.get(name);
      kept.delete(name);
      if (known?.revision === revision) {
        kept.set(name, known);
        return known.hours;
      }
      const hours = load(workspaceId, day, revision);
      const entry = { revision, hours, size: 0 };
      kept.set(name, entry);
      hours.then(
        ({ size }) => {
          entry.size = size;
          shrink();
        },
        // Failures are not cached.
        () => kept.get(name) === entry && kept.delete(name),
      );
      shrink();
      return hours;
    },
  };
}

export type WorkspaceHoursSource = ReturnType<typeof createWorkspaceHours>;

const noExceptions: CalendarExceptions = { overrides: [], timeOff: [] };

interface Keyed {
  readonly key: string;
  /** Undefined if no agent had these hours anymore when they were read. */
  readonly calendar: CompiledCalendar | undefined;
}

/** Caches the last minute's answer: wall-clock times and zone offsets are whole minutes. */
function hoursOf(keys: readonly Keyed[], exceptional: readonly (Keyed & { id: string })[]): WorkspaceHours {
  let last: { minute: number; answer: HoursAt } | undefined;
  return {
    size: keys.length + exceptional.length,
    at(instant) {
      const minute = Math.floor(instant / MINUTE_MS);
      if (last?.minute !== minute) last = { minute, answer: evaluate(keys, exceptional, instant) };
      return last.answer;
    },
  };
}

function evaluate(
  keys: readonly Keyed[],
  exceptional: readonly (Keyed & { id: string })[],
  at: number,
): HoursAt {
  const codes = new Map<string, Code>();
  for (const { key, calendar } of keys) {
    const code = calendar ? hoursCodeAt(calendar, at) : "outOfHours";
    if (code !== "outOfHours") codes.set(key, code);
  }
  const differing: string[] = [];
  let shift = 0;
  const specials = exceptional.flatMap(({ id, key, calendar }) => {
    if (!calendar) return [];
    const code = hoursCodeAt(calendar, at);
    const off = calendar.timeOff().some(({ start, end }) => start <= at && at < end);
    const usual = codes.has(key) ? codes.get(key) : "outOfHours";
    const isIn = code === null && !off;
    if (isIn !== (usual === null)) {
      differing.push(id);
      shift += isIn ? 1 : -1;
    }
    return off || code !== usual ? [{ id, code, off }] : [];
  });
  return {
    hourKeys: [...codes.keys()],
    hourCodes: [...codes.values()],
    specialIds: specials.map(({ id }) => id),
    specialCodes: specials.map(({ code }) => code),
    specialOff: specials.map(({ off }) => off),
    differing: `{${differing.join()}}`,
    shift,
  };
}
