import { agentNotFound, resolveAgent, unknownAgents } from "@/lib/access/auth/server/agent-reference";
import { toStoredHours } from "@/lib/hours/schedule/stored";
import type {
  Override,
  OverrideDraft,
  OverridesDraft,
  OverridesQuery,
  Schedule,
  ScheduleDraft,
  Travel,
  TravelDraft,
} from "@/lib/hours/weeks/contract";
import { requireHoursAccess } from "@/lib/hours/weeks/server/access";
import type { HoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import type { OverrideRow, StoredWeeks, WeekRepository } from "@/lib/hours/weeks/server/repository";
import { overrideField, serializeOverride } from "@/lib/hours/weeks/server/serializer";
import { toStoredVersions, toVersions } from "@/lib/hours/weeks/versions";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { AgentId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Subject } from "@/lib/records/ledger/server/service";

interface Dependencies {
  db: Database;
  repository: WeekRepository;
  changes: HoursChanges;
}

const scheduleTags = createEntityTags<Schedule, ScheduleDraft>("schedule", {});
const travelTags = createEntityTags<Travel, TravelDraft>("travel", {});

/** Weekly hours in versions, travel, and overrides of single dates. */
export function createWeekService({ db, repository, changes }: Dependencies) {
  async function read(actor: Actor, agentId: AgentId): Promise<StoredWeeks> {
    const found = await repository.find(actor.workspaceId, agentId);
    if (!found) throw agentNotFound();
    return found;
  }

  /** Locks an agent for a change of its hours. Throws `AgentNotFound` or `Forbidden`. */
  async function lockOne(actor: Actor, reference: AgentReference): Promise<Subject> {
    const agentId = resolveAgent(actor, reference);
    const subject = (await changes.lock(actor.workspaceId, [agentId])).get(agentId);
    if (!subject) throw agentNotFound();
    requireHoursAccess(actor, agentId);
    return subject;
  }

  async function write(actor: Actor, subject: Subject, before: StoredWeeks, after: StoredWeeks, now: Date) {
    if (isSame(before, after)) return;
    await repository.update(actor.workspaceId, subject.id, after);
    await changes.record(actor, [{ subject, before: recorded(before), after: recorded(after) }], now);
  }

  /** Sets the hours of a date for locked agents. Skips overrides that are the same already. */
  async function setOverrides(
    actor: Actor,
    subjects: readonly Subject[],
    date: string,
    { intervals, note }: OverrideDraft,
    now: Date,
  ): Promise<Override[]> {
    const { workspaceId } = actor;
    const ids = subjects.map(({ id }) => id);
    const before = byAgent(await repository.overridesOn(workspaceId, date, ids));
    const after = { intervals: toStoredHours(intervals), note: note || null };
    const changed = subjects.filter(({ id }) => {
      const old = before.get(id);
      return !old || !isSame({ intervals: old.intervals, note: old.note }, after);
    });
    await repository.setOverrides(
      workspaceId,
      changed.map(({ id }) => ({ agentId: id, date, ...after, source: "user", sourceId: null })),
      now,
    );
    await changes.record(
      actor,
      changed.map((subject) => ({
        subject,
        before: overrideField(before.get(subject.id)),
        after: overrideField({ date, ...after }),
      })),
      now,
    );
    const written = byAgent(await repository.overridesOn(workspaceId, date, ids));
    return ids.flatMap((id) => {
      const row = written.get(id);
      return row ? [serializeOverride(row)] : [];
    });
  }

  return {
    /** Throws `AgentNotFound`. */
    async schedule(actor: Actor, reference: AgentReference): Promise<Reply<Schedule>> {
      return scheduleTags.reply(scheduleOf(await read(actor, resolveAgent(actor, reference))));
    },

    /** Replaces the weekly hours. Throws `AgentNotFound`, `Forbidden` or `PreconditionFailed`. */
    async setSchedule(
      actor: Actor,
      reference: AgentReference,
      draft: ScheduleDraft,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Schedule>> {
      return await db.transaction(async () => {
        const subject = await lockOne(actor, reference);
        const before = await read(actor, subject.id);
        await scheduleTags.require(ifMatch, async () => scheduleOf(before));
        const timezone = draft.timezone ?? before.timezone;
        const after = { ...before, timezone, schedule: toStoredVersions(draft, timezone) };
        await write(actor, subject, before, after, now);
        return scheduleTags.reply(scheduleOf(after));
      });
    },

    /** Throws `AgentNotFound`. */
    async travel(actor: Actor, reference: AgentReference): Promise<Reply<Travel>> {
      return travelTags.reply(travelOf(await read(actor, resolveAgent(actor, reference))));
    },

    /** Replaces the travel. Throws `AgentNotFound`, `Forbidden` or `PreconditionFailed`. */
    async setTravel(
      actor: Actor,
      reference: AgentReference,
      { travel }: TravelDraft,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Travel>> {
      return await db.transaction(async () => {
        const subject = await lockOne(actor, reference);
        const before = await read(actor, subject.id);
        await travelTags.require(ifMatch, async () => travelOf(before));
        const after = { ...before, travel };
        await write(actor, subject, before, after, now);
        return travelTags.reply(travelOf(after));
      });
    },

    /** Lists overrides by date. Throws `AgentNotFound`. */
    async overrides(
      actor: Actor,
      reference: AgentReference,
      query: OverridesQuery,
    ): Promise<{ results: Override[] }> {
      const agentId = resolveAgent(actor, reference);
      await read(actor, agentId);
      const rows = await repository.overrides(actor.workspaceId, agentId, query);
      return { results: rows.map(serializeOverride) };
    },

    /** Throws `AgentNotFound` or `Forbidden`. */
    async setOverride(
      actor: Actor,
      reference: AgentReference,
      date: string,
      draft: OverrideDraft,
      now: Date,
    ): Promise<Override> {
      return await db.transaction(async () => {
        const subject = await lockOne(actor, reference);
        const [written] = await setOverrides(actor, [subject], date, draft, now);
        if (!written) throw new Error("the override just set does not exist");
        return written;
      });
    },

    /** Throws `AgentNotFound`, `Forbidden` or `OverrideNotFound`. */
    async deleteOverride(
      actor: Actor,
      reference: AgentReference,
      date: string,
      now: Date,
    ): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        const subject = await lockOne(actor, reference);
        const [old] = await repository.overridesOn(actor.workspaceId, date, [subject.id]);
        if (!old) throw new ApiError("OverrideNotFound", `The agent has no override on ${date}.`);
        await repository.deleteOverrides(actor.workspaceId, date, [subject.id]);
        await changes.record(actor, [{ subject, before: overrideField(old), after: {} }], now);
      });
      return { data: undefined };
    },

    /** Sets the hours of a date for many agents, all or nothing. Throws `InvalidOverride`. */
    async createOverrides(
      actor: Actor,
      { agentIds, date, ...draft }: OverridesDraft,
      now: Date,
    ): Promise<{ results: Override[] }> {
      return await db.transaction(async () => {
        const ids = [...new Set(agentIds)];
        const subjects = await changes.lock(actor.workspaceId, ids);
        const details = unknownAgents("agentIds", agentIds, new Set(subjects.keys()));
        if (Object.keys(details).length > 0)
          throw new ApiError("InvalidOverride", "Some agents are not in this workspace. Check agentIds.", {
            details,
          });
        const inOrder = ids.flatMap((id) => subjects.get(id) ?? []);
        return { results: await setOverrides(actor, inOrder, date, draft, now) };
      });
    },
  };
}

const byAgent = (rows: readonly OverrideRow[]) => new Map(rows.map((row) => [row.agentId, row]));

const scheduleOf = ({ timezone, schedule }: StoredWeeks): Schedule => ({ timezone, ...toVersions(schedule) });

const travelOf = ({ travel }: StoredWeeks): Travel => ({
  travel: travel.map(({ timezone, from, to }) => ({ timezone, from, to })),
});

const recorded = (weeks: StoredWeeks) => ({
  timezone: weeks.timezone,
  schedule: toVersions(weeks.schedule),
  ...travelOf(weeks),
});

export type WeekService = ReturnType<typeof createWeekService>;
