import { agentNotFound, resolveAgent, resolveAgents } from "@/lib/access/auth/server/agent-reference";
import type {
  TimeOff,
  TimeOffChange,
  TimeOffDecision,
  TimeOffDraft,
  TimeOffQuery,
} from "@/lib/hours/time-off/contract";
import { canWriteTimeOff, viewOf } from "@/lib/hours/time-off/permissions";
import type { RecordedTimeOff } from "@/lib/hours/time-off/recorded";
import {
  changedColumns,
  columnsOf,
  decisionBy,
  requireEndsLater,
  stateBy,
} from "@/lib/hours/time-off/server/columns";
import type { Delegates } from "@/lib/hours/time-off/server/delegates";
import type { TimeOffRepository } from "@/lib/hours/time-off/server/repository";
import {
  haveSameTimes,
  serializeTimeOff,
  type TimeOffColumns,
  type TimeOffRow,
  timesOut,
  undecided,
} from "@/lib/hours/time-off/server/row";
import type { TimeOffTypeRepository, TimeOffTypeRow } from "@/lib/hours/time-off/server/types-repository";
import { timeOffDayLimit, timeOffLimit } from "@/lib/hours/time-off/values";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { type AgentId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { epochDay } from "@/lib/platform/time/calendar";
import type { LedgerService } from "@/lib/records/ledger/server/service";

interface Dependencies {
  db: Database;
  repository: TimeOffRepository;
  types: Pick<TimeOffTypeRepository, "find">;
  delegates: Pick<Delegates, "require">;
  ledger: Pick<LedgerService, "recordUpdated">;
  pageTokens: PageTokens;
}

const tags = createEntityTags<TimeOff, TimeOffChange>("time off", {
  id: "readOnly",
  workspaceId: "readOnly",
  agentId: "readOnly",
  state: (state) => state,
  decidedBy: (decider) => decider,
  decidedAt: (at) => at,
  comment: (comment) => comment,
  source: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

/** An agent whose row is locked. */
export interface LockedAgent {
  id: AgentId;
  name: string;
  timezone: string;
}

const decides = (actor: Actor) => actor.permissions.has("timeOff.write");

export function createTimeOffService({ db, repository, types, delegates, ledger, pageTokens }: Dependencies) {
  const notFound = () => new ApiError("TimeOffNotFound", "No time off with this id exists for this agent.");

  const reply = (actor: Actor, row: TimeOffRow, location?: string): Reply<TimeOff> =>
    tags.reply(serializeTimeOff(row, viewOf(actor, row.agentId)), location);

  /** Throws `AgentNotFound` or `TimeOffNotFound`. */
  async function load(actor: Actor, agentId: AgentId, id: string): Promise<TimeOffRow> {
    const row = await repository.find(actor.workspaceId, agentId, id);
    if (row && (row.state === "approved" || viewOf(actor, agentId) === "all")) return row;
    if (!row && !(await repository.existsAgent(actor.workspaceId, agentId))) throw agentNotFound();
    throw notFound();
  }

  /** Locks the agent whose time off an actor may write. Throws `AgentNotFound` or `Forbidden`. */
  async function lock(actor: Actor, agentId: AgentId): Promise<LockedAgent> {
    const agent = await repository.lockAgent(actor.workspaceId, agentId);
    if (!agent) throw agentNotFound();
    if (!canWriteTimeOff(actor, agentId))
      throw new ApiError(
        "Forbidden",
        "Time off of other agents needs the permission timeOff.write. Ask a supervisor.",
      );
    return { ...agent, id: agentId };
  }

  /** Throws `InvalidTimeOff`. */
  async function requireType(actor: Actor, typeId: string): Promise<TimeOffTypeRow> {
    const type = await types.find(actor.workspaceId, typeId);
    if (type) return type;
    throw new ApiError("InvalidTimeOff", "The type is not in this workspace. Check typeId.", {
      details: { typeId: ["is not a time off type in this workspace."] },
    });
  }

  /** Throws `TooManyTimeOff` unless the agent, who must be locked, can have `more` entries. */
  async function requireRoom(actor: Actor, agentId: AgentId, more = 1): Promise<void> {
    if ((await repository.countOpen(actor.workspaceId, agentId)) + more <= timeOffLimit) return;
    throw new ApiError(
      "TooManyTimeOff",
      `An agent can have ${timeOffLimit} requested and approved entries of time off. Cancel or delete some first.`,
    );
  }

  async function requireDelegate(
    actor: Actor,
    agentId: AgentId,
    id: string,
    row: TimeOffColumns,
  ): Promise<void> {
    const { delegateAgentId, startDate, endDate, startMinute, endMinute } = row;
    if (delegateAgentId === null) return;
    await delegates.require(actor.workspaceId, {
      id,
      agentId,
      delegateAgentId: delegateAgentId as AgentId,
      startDate,
      endDate,
      startMinute,
      endMinute,
    });
  }

  /** Records a change of the agent's hours in the ledger: time off that is approved before or after. */
  async function record(
    actor: Actor,
    agent: LockedAgent,
    changes: readonly { before?: TimeOffRow | undefined; after?: TimeOffRow | undefined }[],
    now: Date,
  ): Promise<void> {
    const lists = { before: [] as RecordedTimeOff[], after: [] as RecordedTimeOff[] };
    for (const { before, after } of changes) {
      const old = before?.state === "approved" ? before : undefined;
      const next = after?.state === "approved" ? after : undefined;
      if (old && next && haveSameTimes(old, next)) continue;
      if (old) lists.before.push({ id: old.id, ...timesOut(old) });
      if (next) lists.after.push({ id: next.id, ...timesOut(next) });
    }
    if (lists.before.length + lists.after.length === 0) return;
    await ledger.recordUpdated(actor, agent, { timeOff: lists }, now);
  }

  /**
   * Changes the state of time off; does nothing if it already has that state. Throws `TimeOffDecided`, and for
   * approvals `TimeOffOverlaps` or `DelegateLoop`.
   */
  function settle(
    actor: Actor,
    reference: AgentReference,
    id: string,
    state: "approved" | "declined" | "cancelled",
    { comment = null }: { comment?: string | null | undefined },
    now: Date,
  ): Promise<Reply<TimeOff>> {
    const agentId = resolveAgent(actor, reference);
    return db.transaction(async () => {
      const agent = await lock(actor, agentId);
      const before = await load(actor, agentId, id);
      if (before.state === state) return reply(actor, before);
      const mayFollow =
        before.state === "requested" || (before.state === "approved" && state === "cancelled");
      if (!mayFollow)
        throw new ApiError(
          "TimeOffDecided",
          before.state === "approved"
            ? "The time off is approved. Cancel it instead."
            : `The time off was ${before.state}. Enter it again if it takes place.`,
        );
      if (state === "approved") await requireDelegate(actor, agentId, id, before);
      await repository.update(
        actor.workspaceId,
        id,
        { ...before, ...decisionBy(actor, now), state, comment },
        now,
      );
      const after = await load(actor, agentId, id);
      await record(actor, agent, [{ before, after }], now);
      return reply(actor, after);
    });
  }

  return {
    /** Returns a page by start date. Throws `InvalidQuery` or `InvalidPageToken`. */
    async list(actor: Actor, query: TimeOffQuery) {
      const { limit, pageToken, agentIds, ...rest } = query;
      requireRange(query);
      const filter = {
        ...rest,
        agentIds: agentIds && resolveAgents(actor, "agentIds", agentIds),
        ...(decides(actor) ? {} : { colleague: { own: actor.agentId ?? null } }),
      };
      const binding = ["timeOff", actor.workspaceId, filter];
      const [startDate, id] = pageToken === undefined ? [] : pageTokens.read(binding, pageToken);
      const after = startDate === undefined ? undefined : { startDate: String(startDate), id: String(id) };
      const { rows, total } = await repository.list(actor.workspaceId, filter, { limit: limit + 1, after });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        results: shown.map((row) => serializeTimeOff(row, viewOf(actor, row.agentId))),
        ...(last && rows.length > limit
          ? { nextPageToken: pageTokens.make(binding, [last.startDate, last.id]) }
          : {}),
        total,
      };
    },

    /** Throws `AgentNotFound` or `TimeOffNotFound`. */
    async get(actor: Actor, reference: AgentReference, id: string): Promise<Reply<TimeOff>> {
      return reply(actor, await load(actor, resolveAgent(actor, reference), id));
    },

    /** Throws `AgentNotFound`, `Forbidden`, `InvalidTimeOff`, `TimeOffOverlaps`, `DelegateLoop` or `TooManyTimeOff`. */
    async create(
      actor: Actor,
      reference: AgentReference,
      draft: TimeOffDraft,
      now: Date,
    ): Promise<Reply<TimeOff>> {
      const agentId = resolveAgent(actor, reference);
      const id = newId();
      return await db.transaction(async () => {
        const agent = await lock(actor, agentId);
        await requireRoom(actor, agentId);
        const type = await requireType(actor, draft.typeId);
        const state = draft.state ?? stateBy(type);
        if (state === "approved" && type.approval === "required" && !decides(actor))
          throw new ApiError(
            "Forbidden",
            "This type needs approval, and approving needs the permission timeOff.write. Leave out state to request it.",
          );
        const columns = columnsOf(draft);
        await requireDelegate(actor, agentId, id, columns);
        const decision = state === "approved" && decides(actor) ? decisionBy(actor, now) : undecided;
        const source = actor.via === "session" ? "product" : "api";
        await repository.insert(
          actor.workspaceId,
          agentId,
          id,
          { ...columns, ...decision, state, source, icsUid: null },
          now,
        );
        const after = await load(actor, agentId, id);
        await record(actor, agent, [{ after }], now);
        return reply(actor, after, `/api/workspaces/${actor.workspaceId}/agents/${agentId}/time-off/${id}`);
      });
    },

    /**
     * Changes time off. Throws `AgentNotFound`, `TimeOffNotFound`, `Forbidden`, `PreconditionFailed`,
     * `TimeOffDecided`, `InvalidTimeOff`, `TimeOffOverlaps` or `DelegateLoop`.
     */
    async change(
      actor: Actor,
      reference: AgentReference,
      id: string,
      change: TimeOffChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<TimeOff>> {
      const agentId = resolveAgent(actor, reference);
      return await db.transaction(async () => {
        const agent = await lock(actor, agentId);
        const before = await load(actor, agentId, id);
        await tags.require(ifMatch, async () => serializeTimeOff(before, viewOf(actor, agentId)));
        if (before.state === "declined" || before.state === "cancelled")
          throw new ApiError("TimeOffDecided", `The time off was ${before.state}. Enter it again instead.`);
        if (Object.keys(change).length === 0) return reply(actor, before);
        const columns = changedColumns(before, change);
        requireEndsLater(columns);
        const type = await requireType(actor, columns.typeId);
        const again =
          !decides(actor) && (columns.typeId !== before.typeId || !haveSameTimes(before, columns));
        const decision = again ? { ...undecided, state: stateBy(type) } : { state: before.state };
        const isSameCover =
          haveSameTimes(before, columns) && columns.delegateAgentId === before.delegateAgentId;
        // Delegates of requests don't count until they are approved.
        if (!isSameCover || decision.state !== before.state)
          await requireDelegate(actor, agentId, id, columns);
        await repository.update(actor.workspaceId, id, { ...before, ...columns, ...decision }, now);
        const after = await load(actor, agentId, id);
        await record(actor, agent, [{ before, after }], now);
        return reply(actor, after);
      });
    },

    /** Throws `AgentNotFound`, `TimeOffNotFound`, `Forbidden` or `PreconditionFailed`. */
    async delete(
      actor: Actor,
      reference: AgentReference,
      id: string,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<undefined>> {
      const agentId = resolveAgent(actor, reference);
      await db.transaction(async () => {
        const agent = await lock(actor, agentId);
        const before = await load(actor, agentId, id);
        await tags.require(ifMatch, async () => serializeTimeOff(before, viewOf(actor, agentId)));
        if (before.state !== "requested" && !decides(actor))
          throw new ApiError(
            "Forbidden",
            "You can delete your own requests while they are open. Cancel this time off instead.",
          );
        await repository.delete(actor.workspaceId, id);
        await record(actor, agent, [{ before }], now);
      });
      return { data: undefined };
    },

    /**
     * Approves a request. Throws `AgentNotFound`, `TimeOffNotFound`, `TimeOffDecided`, `TimeOffOverlaps` or
     * `DelegateLoop`.
     */
    approve: (actor: Actor, agent: AgentReference, id: string, decision: TimeOffDecision, now: Date) =>
      settle(actor, agent, id, "approved", decision, now),

    /** Declines a request. Throws `AgentNotFound`, `TimeOffNotFound` or `TimeOffDecided`. */
    decline: (actor: Actor, agent: AgentReference, id: string, decision: TimeOffDecision, now: Date) =>
      settle(actor, agent, id, "declined", decision, now),

    /** Cancels a request or approved time off. Throws like `decline`, and `Forbidden`. */
    cancel: (actor: Actor, agent: AgentReference, id: string, decision: TimeOffDecision, now: Date) =>
      settle(actor, agent, id, "cancelled", decision, now),

    /** Used by the import. */
    writing: { lock, requireType, requireRoom, requireDelegate, record },
  };
}

/** Throws `InvalidQuery`. */
function requireRange({ from, to }: TimeOffQuery): void {
  if (from === undefined || to === undefined) return;
  const days = epochDay(to) - epochDay(from) + 1;
  if (days >= 1 && days <= timeOffDayLimit) return;
  const reason =
    days < 1 ? "must not be before from." : `must be at most ${timeOffDayLimit} dates after from.`;
  throw new ApiError("InvalidQuery", `The parameter to ${reason}`, { details: { to: [reason] } });
}

export type TimeOffService = ReturnType<typeof createTimeOffService>;
