import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type {
  AvailabilityExplanation,
  AvailabilityPolicyAnswer,
  AvailabilityPolicyChange,
  PolicyPreview,
} from "@/lib/availability/effective/contract";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import type { AvailabilityFacts } from "@/lib/availability/effective/facts";
import { effectiveAvailability, verdictsAt } from "@/lib/availability/effective/rules";
import { calendarThen, type PastRow, rowThen } from "@/lib/availability/effective/server/past";
import type { EffectiveRepository } from "@/lib/availability/effective/server/repository";
import {
  type AgentFactsRow,
  factsOf,
  policyOf,
  serializeExplanation,
  serializePolicy,
  serializeVerdicts,
} from "@/lib/availability/effective/server/serializer";
import { timeAsked } from "@/lib/availability/effective/server/time";
import type { Circumstances } from "@/lib/availability/effective/server/verdict.sql";
import type { Channel } from "@/lib/availability/effective/values";
import type { AgentVerdicts } from "@/lib/availability/effective/verdicts-contract";
import type { CompiledCalendar } from "@/lib/hours/calendar/compile";
import type { Days } from "@/lib/hours/calendar/data";
import { LOOK_MS } from "@/lib/hours/calendar/off-hours";
import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import type { Database } from "@/lib/platform/database/db";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import type { AgentId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import { DAY_MS } from "@/lib/platform/time/calendar";
import type { AuditService } from "@/lib/records/audit/server/service";

interface Dependencies {
  db: Database;
  repository: EffectiveRepository;
  calendars: Pick<Calendars, "of">;
  audit: Pick<AuditService, "record">;
}

/** Number of agents per read when evaluating the past. */
const BATCH = 2_000;

const tags = createEntityTags<AvailabilityPolicyAnswer, AvailabilityPolicyChange>("availability policy", {
  updatedAt: "readOnly",
});

export function createEffectiveService({ db, repository, calendars, audit }: Dependencies) {
  const load = async (actor: Actor) => serializePolicy(await repository.findPolicy(actor.workspaceId));

  return {
    async getPolicy(actor: Actor): Promise<Reply<AvailabilityPolicyAnswer>> {
      return tags.reply(await load(actor));
    },

    /** Throws `PreconditionFailed`. */
    async changePolicy(
      actor: Actor,
      change: AvailabilityPolicyChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<AvailabilityPolicyAnswer>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        await repository.lockPolicy(workspaceId);
        const before = await load(actor);
        await tags.require(ifMatch, async () => before);
        const wanted = given(change);
        const fields = (Object.keys(wanted) as (keyof AvailabilityPolicyChange)[]).filter(
          (name) => !isSame(before[name], wanted[name]),
        );
        if (fields.length === 0) return tags.reply(before);
        const { updatedAt: _, ...policy } = { ...before, ...wanted };
        await repository.savePolicy(workspaceId, policy, now);
        const target = { type: "availabilityPolicy", id: workspaceId } as const;
        await audit.record(actor, { action: "availabilityPolicy.changed", target, details: { fields } }, now);
        return tags.reply(await load(actor));
      });
    },

    /** Returns the counts with a changed policy at `now`. Saves nothing. */
    async previewPolicy(actor: Actor, change: AvailabilityPolicyChange, now: Date): Promise<PolicyPreview> {
      const { workspaceId } = actor;
      const circumstances = await repository.findCircumstances(workspaceId, now.getTime());
      const count = (policy: AvailabilityPolicy) =>
        repository.countOpen(workspaceId, {
          ...circumstances,
          policy,
          at: now.getTime(),
          now: now.getTime(),
        });
      const before = await count(circumstances.policy);
      const after = await count({ ...circumstances.policy, ...given(change) });
      const both = (channel: Channel) => ({ before: before[channel], after: after[channel] });
      return {
        at: now.toISOString(),
        agents: after.agents,
        channels: { messaging: both("messaging"), email: both("email"), voice: both("voice") },
      };
    },

    /** Returns the workspace data needed to evaluate all agents around a time (epoch milliseconds). */
    circumstances(actor: Actor, at: number): Promise<Circumstances> {
      return repository.findCircumstances(actor.workspaceId, at);
    },

    /** Yields batches of agents with their facts at an earlier time (epoch milliseconds), in the order of ids. */
    async *pastFacts(
      actor: Actor,
      at: number,
      agentIds: readonly string[] | undefined,
    ): AsyncGenerator<{ id: string; facts: AvailabilityFacts; policy: AvailabilityPolicy }[]> {
      for (let after = {}; ; ) {
        const rows = await repository.findPast(actor.workspaceId, at, { agentIds, limit: BATCH, ...after });
        const found = await withCalendars(actor, rows, around(at));
        yield found.map(({ row, calendar }) => ({
          id: row.id,
          facts: pastFactsOf(row, calendar, at),
          policy: policyOf(row),
        }));
        const last = rows.at(-1);
        if (!last || rows.length < BATCH) return;
        after = { after: last.id };
      }
    },

    /** Returns what currently closes each channel of these agents. Leaves out agents that don't exist. */
    async verdicts(actor: Actor, agentIds: readonly AgentId[], now: Date): Promise<AgentVerdicts> {
      const at = now.getTime();
      const rows = await repository.findFacts(actor.workspaceId, agentIds, now);
      return {
        at: now.toISOString(),
        results: (await withCalendars(actor, rows, around(at))).map(({ row, calendar }) =>
          serializeVerdicts(row, verdictsAt(factsOf(row, calendar, at), policyOf(row), at)),
        ),
      };
    },

    /**
     * Explains what an agent can take at a time. Throws `AgentNotFound`, also for a time before the agent existed,
     * and `InvalidQuery` for a time beyond 400 days.
     */
    async explain(
      actor: Actor,
      reference: AgentReference,
      { at: asked, channel }: { at?: number | undefined; channel?: Channel | undefined },
      now: Date,
    ): Promise<AvailabilityExplanation> {
      const at = timeAsked(asked, now);
      const isPast = at < now.getTime();
      const agentId = resolveAgent(actor, reference);
      const found = isPast ? await factsThen(actor, agentId, at) : await factsNow(actor, agentId, at, now);
      if (!found) throw agentNotFound();
      const { row, facts } = found;
      return serializeExplanation(row, at, effectiveAvailability(facts, policyOf(row), at), channel);
    },
  };

  /** Leaves out agents who were deleted meanwhile. */
  async function withCalendars<Row extends AgentFactsRow>(actor: Actor, rows: readonly Row[], days: Days) {
    const ids = rows.map(({ id }) => id as AgentId);
    const found = await calendars.of(actor.workspaceId, ids, days);
    return rows.flatMap((row) => {
      const calendar = found.get(row.id as AgentId);
      return calendar ? [{ row, calendar }] : [];
    });
  }

  async function factsNow(actor: Actor, agentId: AgentId, at: number, now: Date) {
    const rows = await repository.findFacts(actor.workspaceId, [agentId], now);
    const [found] = await withCalendars(actor, rows, around(at, LOOK_MS));
    return found && { row: found.row, facts: factsOf(found.row, found.calendar, now.getTime()) };
  }

  async function factsThen(actor: Actor, agentId: AgentId, at: number) {
    const rows = await repository.findPast(actor.workspaceId, at, { agentIds: [agentId], limit: 1 });
    const [found] = await withCalendars(actor, rows, around(at, LOOK_MS));
    return found && { row: rowThen(found.row, at), facts: pastFactsOf(found.row, found.calendar, at) };
  }
}

/** Returns the local dates that can matter to questions up to `reach` milliseconds from a time. */
function around(at: number, reach = 0): Days {
  return { from: Math.floor((at - reach) / DAY_MS) - 2, to: Math.floor((at + reach) / DAY_MS) + 2 };
}

function pastFactsOf(row: PastRow, calendar: CompiledCalendar, at: number): AvailabilityFacts {
  return factsOf(rowThen(row, at), calendarThen(row, calendar), at);
}

export type EffectiveService = ReturnType<typeof createEffectiveService>;
