import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import type { TimeOff } from "@/lib/hours/time-off/contract";
import { CalendarFileError, type ReadEvent, readCalendar } from "@/lib/hours/time-off/ics/read";
import type { TimeOffImport, TimeOffImportResult } from "@/lib/hours/time-off/import-contract";
import { stateBy } from "@/lib/hours/time-off/server/columns";
import type { TimeOffRepository } from "@/lib/hours/time-off/server/repository";
import {
  haveSameTimes,
  serializeTimeOff,
  type TimeOffRow,
  type TimeOffTimes,
  undecided,
  wallRange,
} from "@/lib/hours/time-off/server/row";
import type { TimeOffService } from "@/lib/hours/time-off/server/service";
import type { TimeOffTypeRow } from "@/lib/hours/time-off/server/types-repository";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorCode } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { optional } from "@/lib/platform/http/wire";
import { type AgentId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { DAY_MS, epochDay, isoDate } from "@/lib/platform/time/calendar";
import { localDate } from "@/lib/platform/time/wall-clock";
import type { LimitService } from "@/lib/records/limits/server/service";

interface Dependencies {
  db: Database;
  repository: TimeOffRepository;
  calendars: Pick<Calendars, "of">;
  timeOff: Pick<TimeOffService, "writing">;
  limits: Pick<LimitService, "countCostly">;
}

type Skipped = TimeOffImportResult["skipped"][number];

/** What an import does with each event of a file. */
interface Plan {
  created: TimeOffRow[];
  changed: { before: TimeOffRow; after: TimeOffRow }[];
  skipped: Skipped[];
}

/**
 * Whether a file may take long to read: up to a second, in which the process does nothing else. That is the case for
 * recurring events, and for rules of time zones unlike those that calendar programs write.
 */
function takesLong(ics: string): boolean {
  const lines = ics.replace(/\r?\n[ \t]/g, "");
  const events = lines.replace(/BEGIN:VTIMEZONE.*?END:VTIMEZONE/gis, "");
  const oddRule =
    /^RRULE(?!.*FREQ=YEARLY)|^RRULE.*BY(?:MONTHDAY|YEARDAY|WEEKNO|SETPOS|HOUR|MINUTE|SECOND)=/im;
  return /^(?:RRULE|RDATE)/im.test(events) || oddRule.test(lines);
}

export function createTimeOffImport({
  db,
  repository,
  calendars,
  timeOff: { writing },
  limits,
}: Dependencies) {
  /** Reads the file in the agent's time zone. Throws `AgentNotFound` or `InvalidTimeOffImport`. */
  async function readFor(actor: Actor, agentId: AgentId, ics: string, now: Date): Promise<ReadEvent[]> {
    const utcDay = Math.floor(now.getTime() / DAY_MS);
    const days = { from: utcDay - 3, to: utcDay + 369 };
    const calendar = (await calendars.of(actor.workspaceId, [agentId], days)).get(agentId);
    if (!calendar) throw agentNotFound();
    const zoneOn = (day: number) => calendar.dayOn(day).zone;
    const today = epochDay(localDate(zoneOn(utcDay), now.getTime()));
    try {
      return readCalendar(ics, { zoneOn, today });
    } catch (error) {
      if (!(error instanceof CalendarFileError)) throw error;
      throw new ApiError("InvalidTimeOffImport", `The file ${error.message}`, {
        details: { ics: [error.message] },
        cause: error,
      });
    }
  }

  async function planFor(
    actor: Actor,
    agentId: AgentId,
    events: readonly ReadEvent[],
    type: TimeOffTypeRow,
    now: Date,
  ): Promise<Plan> {
    const since = isoDate(Math.floor(now.getTime() / DAY_MS) - 2);
    const existing = await repository.ofAgent(actor.workspaceId, agentId, since);
    return planImport(existing, events, { actor, agentId, type, now });
  }

  return {
    /**
     * Imports a calendar file, or returns what that would do. Updates events that were imported before. Throws
     * `AgentNotFound`, `Forbidden`, `InvalidTimeOffImport`, `TooManyTimeOff` or `RateLimited`.
     */
    async import(
      actor: Actor,
      reference: AgentReference,
      { ics, typeId, dryRun }: TimeOffImport,
      now: Date,
    ): Promise<TimeOffImportResult> {
      const { workspaceId } = actor;
      const agentId = resolveAgent(actor, reference);
      // Refuses the caller before the file is read, which is slow.
      await db.transaction(() => writing.lock(actor, agentId));
      if (takesLong(ics)) await limits.countCostly("import", actor.id, now);
      const events = await readFor(actor, agentId, ics, now);
      return await db.transaction(async () => {
        const agent = await writing.lock(actor, agentId);
        const type = await writing.requireType(actor, typeId).catch(asImportError);
        const plan = await planFor(actor, agentId, events, type, now);
        for (const { before, after } of plan.changed)
          if (!haveSameTimes(before, after))
            await writing.requireDelegate(actor, agentId, after.id, after).catch(asImportError);
        if (plan.created.length > 0) await writing.requireRoom(actor, agentId, plan.created.length);
        if (!dryRun) {
          for (const row of plan.created) await repository.insert(workspaceId, agentId, row.id, row, now);
          for (const { after } of plan.changed) await repository.update(workspaceId, after.id, after, now);
          const changes = [...plan.created.map((after) => ({ after, before: undefined })), ...plan.changed];
          await writing.record(actor, agent, changes, now);
        }
        return {
          dryRun,
          created: plan.created.map((row) => shownAs(row, dryRun)),
          changed: plan.changed.map(({ after }) => serializeTimeOff(after, "all")),
          skipped: plan.skipped,
        };
      });
    },
  };
}

/** Also replaces `DelegateLoop`: an event that was imported before can have a delegate, and move. */
function asImportError(error: unknown): never {
  if (error instanceof ApiError)
    throw new ApiError("InvalidTimeOffImport" satisfies ErrorCode, error.message, {
      ...(error.details ? { details: error.details } : {}),
      cause: error,
    });
  throw error;
}

function shownAs(row: TimeOffRow, dryRun: boolean): Partial<Pick<TimeOff, "id">> & Omit<TimeOff, "id"> {
  const { id, ...rest } = serializeTimeOff(row, "all");
  return dryRun ? rest : { id, ...rest };
}

/** Decides what to do with each event. Pure, so that a dry run and the import agree. */
function planImport(
  existing: readonly TimeOffRow[],
  events: readonly ReadEvent[],
  { actor, agentId, type, now }: { actor: Actor; agentId: AgentId; type: TimeOffTypeRow; now: Date },
): Plan {
  const plan: Plan = { created: [], changed: [], skipped: [] };
  const known = new Map(existing.flatMap((row) => (row.icsUid === null ? [] : [[row.icsUid, row]])));
  const approved = new Map(existing.filter(({ state }) => state === "approved").map((row) => [row.id, row]));
  const overlaps = (times: TimeOffTimes, id: string) => {
    const { start, end } = wallRange(times);
    return [...approved.values()].some((row) => {
      const other = wallRange(row);
      return row.id !== id && other.start < end && start < other.end;
    });
  };
  for (const event of events) {
    const { uid, times, summary } = event;
    if (uid === undefined || times === undefined) {
      plan.skipped.push(skippedAs(event, event.unusable ?? "unreadable"));
      continue;
    }
    const before = known.get(uid);
    const isSettled = before && before.state !== "requested" && before.state !== "approved";
    if (before && (isSettled || (haveSameTimes(before, times) && before.note === (summary ?? null)))) {
      plan.skipped.push(skippedAs(event, "alreadyImported"));
      continue;
    }
    const id = before?.id ?? newId();
    if (overlaps(times, id)) {
      plan.skipped.push(skippedAs(event, "overlaps"));
      continue;
    }
    const after = before
      ? changedBy(before, times, summary, { actor, type, now })
      : rowOf({ uid, times, summary, id }, { actor, agentId, type, now });
    known.set(uid, after);
    if (after.state === "approved") approved.set(id, after);
    else approved.delete(id);
    if (before) plan.changed.push({ before, after });
    else plan.created.push(after);
  }
  return plan;
}

function skippedAs({ summary, times }: ReadEvent, reason: Skipped["reason"]): Skipped {
  return { ...optional("summary", summary), ...optional("startDate", times?.startDate), reason };
}

/** New times need a new approval, unless the actor can approve, as in `patchTimeOff`. */
function changedBy(
  before: TimeOffRow,
  times: TimeOffTimes,
  summary: string | undefined,
  { actor, type, now }: { actor: Actor; type: TimeOffTypeRow; now: Date },
): TimeOffRow {
  const isAskedAgain = !actor.permissions.has("timeOff.write") && !haveSameTimes(before, times);
  return {
    ...before,
    ...times,
    note: summary ?? null,
    ...(isAskedAgain && { ...undecided, typeId: type.id, isPrivate: type.isPrivate, state: stateBy(type) }),
    updatedAt: now,
  };
}

function rowOf(
  { uid, times, summary, id }: { uid: string; times: TimeOffTimes; summary: string | undefined; id: string },
  { actor, agentId, type, now }: { actor: Actor; agentId: AgentId; type: TimeOffTypeRow; now: Date },
): TimeOffRow {
  return {
    ...undecided,
    ...times,
    id,
    workspaceId: actor.workspaceId,
    agentId,
    typeId: type.id,
    isPrivate: type.isPrivate,
    state: stateBy(type),
    note: summary ?? null,
    publicNote: null,
    delegateAgentId: null,
    source: "ics",
    icsUid: uid,
    createdAt: now,
    updatedAt: now,
  };
}

export type TimeOffImportService = ReturnType<typeof createTimeOffImport>;
