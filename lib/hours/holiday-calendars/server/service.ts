import { agentNotFound, resolveAgent, unknownAgents } from "@/lib/access/auth/server/agent-reference";
import type {
  AssignedCalendars,
  HolidayCalendar,
  HolidayCalendarChange,
  HolidayCalendarDraft,
  HolidayCalendarId,
} from "@/lib/hours/holiday-calendars/contract";
import type {
  AssignedCalendar,
  CalendarRow,
  Days,
  HolidayCalendarRepository,
  SourcedCalendar,
} from "@/lib/hours/holiday-calendars/server/repository";
import { assignedLimit } from "@/lib/hours/holiday-calendars/values";
import type { HolidayService } from "@/lib/hours/public-holidays/server/service";
import { requireHoursAccess } from "@/lib/hours/weeks/server/access";
import type { HoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { optional, timestamp } from "@/lib/platform/http/wire";
import { type AgentId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";

interface Dependencies {
  db: Database;
  repository: HolidayCalendarRepository;
  holidays: Pick<HolidayService, "unknownPart" | "daysOf">;
  changes: HoursChanges;
  audit: Pick<AuditService, "record">;
  pageTokens: PageTokens;
}

type Source = NonNullable<HolidayCalendarDraft["source"]>;

/** This year and the next two. */
const years = 3;

const tags = createEntityTags<HolidayCalendar, HolidayCalendarChange>("holiday calendar", {
  id: "readOnly",
  workspaceId: "readOnly",
  agentCount: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});
const assignedTags = createEntityTags<AssignedCalendars, AssignedCalendars>("list of holiday calendars", {});

/** Lists of days off that agents share. */
export function createHolidayCalendarService(dependencies: Dependencies) {
  const { db, repository, holidays, changes, audit, pageTokens } = dependencies;

  const collection = createCollection({
    noun: "holiday calendar",
    notFound: "HolidayCalendarNotFound",
    path: "holiday-calendars",
    tags,
    find: repository.find,
    serialize: serializeCalendar,
  });
  const { found, load } = collection;

  /** Returns the public holidays of a source. Throws `InvalidHolidayCalendar` if there is no such place. */
  async function daysOf({ country, region }: Source, now: Date): Promise<Days> {
    const place = { countryCode: country, region };
    const unknown = await holidays.unknownPart(place);
    if (unknown)
      throw invalid({
        [`source.${unknown}`]: [
          `is not a ${unknown} with public holidays. GET /api/holidays/countries lists them.`,
        ],
      });
    return await holidays.daysOf(place, now.getUTCFullYear(), years);
  }

  /** Returns the calendars of agents, as the ledger records them. */
  async function assignedTo(
    actor: Actor,
    ids: readonly AgentId[],
  ): Promise<Map<AgentId, AssignedCalendar[]>> {
    const byAgent = new Map<AgentId, AssignedCalendar[]>(ids.map((id) => [id, []]));
    for (const calendar of await repository.assigned(actor.workspaceId, ids))
      byAgent.get(calendar.agentId)?.push(calendar);
    return byAgent;
  }

  return {
    list: collection.lister(pageTokens, repository.list, serializeCalendar),

    /** Throws `HolidayCalendarNotFound`. */
    get: collection.get,

    /** Throws `InvalidHolidayCalendar` or `HolidayCalendarAlreadyExists`. */
    async create(actor: Actor, draft: HolidayCalendarDraft, now: Date): Promise<Reply<HolidayCalendar>> {
      const { workspaceId } = actor;
      const { name, source, days = source ? await daysOf(source, now) : [] } = draft;
      const id = newId();
      const data = await db.transaction(async () => {
        await repository.insert(workspaceId, id, { name, ...columnsOf(source) }, now);
        await repository.setDays(workspaceId, id, days);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /**
     * Throws `HolidayCalendarNotFound`, `PreconditionFailed`, `InvalidHolidayCalendar` or
     * `HolidayCalendarAlreadyExists`.
     */
    async change(
      actor: Actor,
      id: string,
      { name, source, days }: HolidayCalendarChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<HolidayCalendar>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        // Before the lock, because some calendars take seconds to compute.
        const wanted = source ? await daysOf(source, now) : days;
        found(await repository.lock(workspaceId, id));
        const before = await load(actor, id);
        await tags.require(ifMatch, async () => before);
        if (days && before.source && source === undefined)
          throw invalid({
            days: ["must be absent with a `source`. Send `source: null` to keep days of its own."],
          });
        const isNew =
          source !== undefined &&
          (source?.country !== before.source?.country || source?.region !== before.source?.region);
        const columns = {
          ...(name === undefined || name === before.name ? {} : { name }),
          ...(isNew ? columnsOf(source) : {}),
        };
        const changesDays =
          wanted && (!source || isNew) && (await repository.setDays(workspaceId, id, wanted));
        if (changesDays || Object.keys(columns).length > 0)
          await repository.update(workspaceId, id, columns, now);
        return tags.reply(await load(actor, id));
      });
    },

    /**
     * Deletes a calendar and removes it from its agents. Throws `HolidayCalendarNotFound` or `PreconditionFailed`.
     */
    async delete(actor: Actor, id: string, { ifMatch, now }: Conditions): Promise<Reply<undefined>> {
      const { workspaceId } = actor;
      await db.transaction(async () => {
        await changes.lock(workspaceId, await repository.holders(workspaceId, id));
        found(await repository.lockForDeletion(workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        // Read again: agents may have been added before the calendar was locked.
        const subjects = await changes.lock(workspaceId, await repository.holders(workspaceId, id));
        const before = await assignedTo(actor, [...subjects.keys()]);
        await repository.delete(workspaceId, id);
        await changes.record(
          actor,
          [...subjects.values()].map((subject) => {
            const had = before.get(subject.id) ?? [];
            return {
              subject,
              before: recorded(had),
              after: recorded(had.filter((calendar) => calendar.id !== id)),
            };
          }),
          now,
        );
      });
      return { data: undefined };
    },

    /** Adds a calendar to many agents, all or nothing. Throws `HolidayCalendarNotFound` or `InvalidHolidayCalendar`. */
    async assign(
      actor: Actor,
      id: HolidayCalendarId,
      agentIds: readonly AgentId[],
      now: Date,
    ): Promise<HolidayCalendar> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        const subjects = await changes.lock(workspaceId, agentIds);
        const name = found((await repository.existing(workspaceId, [id])).get(id));
        const details = unknownAgents("agentIds", agentIds, new Set(subjects.keys()));
        const before = await assignedTo(actor, [...subjects.keys()]);
        const added = [...subjects.values()].filter(
          ({ id: agentId }) => !before.get(agentId)?.some((calendar) => calendar.id === id),
        );
        const full = new Set(
          added
            .filter((agent) => (before.get(agent.id)?.length ?? 0) >= assignedLimit)
            .map((agent) => agent.id),
        );
        agentIds.forEach((agentId, position) => {
          if (full.has(agentId))
            details[`agentIds.${position}`] = [
              `is an agent with ${assignedLimit} holiday calendars already.`,
            ];
        });
        if (Object.keys(details).length > 0) throw invalid(details);
        if (added.length > 0) {
          const ids = added.map((agent) => agent.id);
          await repository.assign(workspaceId, id, ids);
          const after = await assignedTo(actor, ids);
          await changes.record(
            actor,
            added.map((subject) => ({
              subject,
              before: recorded(before.get(subject.id)),
              after: recorded(after.get(subject.id)),
            })),
            now,
          );
          const target = { type: "holidayCalendar", id, name } as const;
          const facts = { fields: ["agents"], added: added.length };
          await audit.record(actor, { action: "holidayCalendar.changed", target, details: facts }, now);
        }
        return await load(actor, id);
      });
    },

    /** Throws `AgentNotFound`. */
    async ofAgent(actor: Actor, reference: AgentReference): Promise<Reply<AssignedCalendars>> {
      const agentId = resolveAgent(actor, reference);
      if (!(await repository.agentExists(actor.workspaceId, agentId))) throw agentNotFound();
      return assignedTags.reply(idsOf((await assignedTo(actor, [agentId])).get(agentId)));
    },

    /** Replaces the calendars of an agent. Throws `AgentNotFound`, `Forbidden`, `PreconditionFailed` or `InvalidHolidayCalendar`. */
    async setOfAgent(
      actor: Actor,
      reference: AgentReference,
      { calendarIds }: AssignedCalendars,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<AssignedCalendars>> {
      const { workspaceId } = actor;
      const agentId = resolveAgent(actor, reference);
      return await db.transaction(async () => {
        const subject = (await changes.lock(workspaceId, [agentId])).get(agentId);
        if (!subject) throw agentNotFound();
        requireHoursAccess(actor, agentId);
        const before = (await assignedTo(actor, [agentId])).get(agentId);
        await assignedTags.require(ifMatch, async () => idsOf(before));
        const known = await repository.existing(workspaceId, calendarIds);
        const unknown = calendarIds.flatMap((id, position) => (known.has(id) ? [] : [position]));
        if (unknown.length > 0)
          throw invalid(
            Object.fromEntries(
              unknown.map((position) => [
                `calendarIds.${position}`,
                ["is not a holiday calendar in this workspace."],
              ]),
            ),
          );
        await repository.setAssigned(workspaceId, agentId, calendarIds);
        const after = (await assignedTo(actor, [agentId])).get(agentId);
        await changes.record(actor, [{ subject, before: recorded(before), after: recorded(after) }], now);
        return assignedTags.reply(idsOf(after));
      });
    },

    /**
     * Adds the days of the next years to calendars with a source, in all workspaces. Keeps days before today, even
     * if their source has changed. Returns how many calendars changed. If some fail, extends the others, and then throws.
     */
    async extend(now: Date): Promise<number> {
      const year = now.getUTCFullYear();
      const today = now.toISOString().slice(0, 10);
      const extendOne = async ({ workspaceId, id, country, region }: SourcedCalendar): Promise<boolean> => {
        const place = { countryCode: country, region: region ?? undefined };
        // A newer release may have renamed the region. The calendar keeps its days.
        if (await holidays.unknownPart(place)) return false;
        const days = await holidays.daysOf(place, year, years);
        return await db.transaction(async () => {
          if (!(await repository.lockOfSource(workspaceId, id, { country, region }))) return false;
          if (!(await repository.setDays(workspaceId, id, days, today))) return false;
          await repository.update(workspaceId, id, {}, now);
          return true;
        });
      };
      let extended = 0;
      const failures: unknown[] = [];
      for (const calendar of await repository.endingBefore(year + years - 1))
        try {
          if (await extendOne(calendar)) extended += 1;
        } catch (error) {
          failures.push(error);
        }
      if (failures.length > 0)
        throw new AggregateError(failures, `could not extend holiday calendars: ${failures.length}`);
      return extended;
    },
  };
}

const invalid = (details: ErrorDetails) => {
  const paths = Object.keys(details);
  const named = `${paths.slice(0, 5).join(", ")}${paths.length > 5 ? " …" : ""}`;
  return new ApiError("InvalidHolidayCalendar", `Some values are not valid. Check ${named}.`, { details });
};

const columnsOf = (source: Source | null | undefined) => ({
  country: source?.country ?? null,
  region: source?.region ?? null,
});

const recorded = (calendars: readonly AssignedCalendar[] = []) => ({
  holidayCalendars: calendars.map(({ id, name }) => ({ id, name })),
});

const idsOf = (calendars: readonly AssignedCalendar[] = []): AssignedCalendars => ({
  calendarIds: calendars.map(({ id }) => id),
});

function serializeCalendar(row: CalendarRow): HolidayCalendar {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    name: row.name,
    ...(row.country === null ? {} : { source: { country: row.country, ...optional("region", row.region) } }),
    days: row.days,
    agentCount: row.agentCount,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}

export type HolidayCalendarService = ReturnType<typeof createHolidayCalendarService>;
