import { agentNotFound, resolveAgents } from "@/lib/access/auth/server/agent-reference";
import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import { toIntervals } from "@/lib/hours/schedule/stored";
import { changedShifts, createSwapExchange } from "@/lib/hours/shifts/server/swap-exchange";
import {
  gone,
  impossible,
  invalid,
  requirePossible,
  requireUnchanged,
} from "@/lib/hours/shifts/server/swap-refusals";
import type { SwapRepository, SwapRow } from "@/lib/hours/shifts/server/swap-repository";
import type {
  ShiftSwap,
  ShiftSwapAnswer,
  ShiftSwapDraft,
  ShiftSwapsQuery,
} from "@/lib/hours/shifts/swaps-contract";
import type { HoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import { pageByCreation } from "@/lib/platform/http/server/paged";
import type { Reply } from "@/lib/platform/http/server/reply";
import { decisionOf, optional, timestamp } from "@/lib/platform/http/wire";
import { type AgentId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

interface Dependencies {
  db: Database;
  repository: SwapRepository;
  changes: HoursChanges;
  calendars: Pick<Calendars, "of">;
  pageTokens: PageTokens;
}

const mayActFor = (actor: Actor, agentId: AgentId | null): boolean =>
  actor.permissions.has("calendar.write") ||
  (actor.permissions.has("own.write") && agentId !== null && actor.agentId === agentId);

const forbidden = (message: string) => new ApiError("Forbidden", message);

export function createSwapService({ db, repository, changes, calendars, pageTokens }: Dependencies) {
  const exchange = createSwapExchange({ repository, changes, calendars });

  const notFound = () =>
    new ApiError("ShiftSwapNotFound", "No shift swap with this id exists in this workspace.");

  async function find(actor: Actor, id: string): Promise<SwapRow> {
    const row = await repository.find(actor.workspaceId, id);
    if (!row) throw notFound();
    return row;
  }

  async function lockSwap(actor: Actor, id: string, states: readonly SwapRow["state"][]): Promise<SwapRow> {
    const row = await repository.lock(actor.workspaceId, id);
    if (!row) throw notFound();
    if (!states.includes(row.state)) throw gone(row);
    return row;
  }

  /** Returns the agent who accepts the shift. Throws `Forbidden`. */
  async function takerOf(actor: Actor, { agentId, withAgentId }: SwapRow): Promise<AgentId> {
    if (withAgentId !== null) {
      if (!mayActFor(actor, withAgentId)) throw forbidden("This shift is offered to another agent.");
      return withAgentId;
    }
    const own = actor.agentId;
    if (!own)
      throw forbidden(
        "Only an agent can accept this open offer. Offer the shift to one colleague (withAgentId) instead.",
      );
    if (own === agentId) throw forbidden("This is your own offer. Cancel it to keep the shift.");
    if (!mayActFor(actor, own) || !(await repository.shareTeam(actor.workspaceId, agentId, own)))
      throw forbidden("This shift is offered to the agent's teams, and you are in none of them.");
    return own;
  }

  const settled = async (actor: Actor, id: string) => ({ data: serialize(await find(actor, id)) });

  return {
    list(actor: Actor, { states, agentIds, ...query }: ShiftSwapsQuery) {
      const ids = agentIds && resolveAgents(actor, "agentIds", agentIds);
      const filter = { states, agentIds: ids && [...new Set(ids)].sort() };
      return pageByCreation(
        pageTokens,
        ["shiftSwaps", actor.workspaceId, JSON.stringify([states?.toSorted(), filter.agentIds])],
        query,
        (page) => repository.list(actor.workspaceId, filter, page),
        serialize,
      );
    },

    /** Throws `ShiftSwapNotFound`. */
    async get(actor: Actor, id: string): Promise<ShiftSwap> {
      return serialize(await find(actor, id));
    },

    /** Offers a shift. Throws `AgentNotFound`, `Forbidden`, `InvalidShiftSwap` or `ShiftSwapAlreadyExists`. */
    async create(actor: Actor, draft: ShiftSwapDraft, now: Date): Promise<Reply<ShiftSwap>> {
      const { workspaceId } = actor;
      const { agentId, date, withAgentId = null, withDate = null, note = null } = draft;
      const id = newId<SwapRow["id"]>();
      const data = await db.transaction(async () => {
        const subjects = await changes.lock(workspaceId, withAgentId ? [agentId, withAgentId] : [agentId]);
        const giver = subjects.get(agentId);
        if (!giver) throw agentNotFound();
        if (!mayActFor(actor, agentId))
          throw forbidden("You can offer only your own shifts. Ask a supervisor.");
        if (withAgentId === agentId) throw invalid({ withAgentId: ["must be another agent."] });
        const taker = withAgentId ? subjects.get(withAgentId) : undefined;
        if (withAgentId && !taker) throw invalid({ withAgentId: ["is not an agent in this workspace."] });
        const planned = taker
          ? await exchange.plan(actor, { giver, taker }, { date, withDate }, now)
          : { ...(await exchange.planOffer(actor, agentId, { date, withDate }, now)), inReturn: null };
        const { problems, offered, inReturn } = planned;
        if (problems.length > 0)
          throw impossible("InvalidShiftSwap", problems, { giver, taker: taker ?? giver }, date);
        const row = { id, agentId, date, withAgentId, withDate, note, offered, inReturn };
        await repository.insert(workspaceId, row, now);
        return serialize(await find(actor, id));
      });
      return { data, location: `/api/workspaces/${workspaceId}/shift-swaps/${id}` };
    },

    /**
     * Accepts an offer; moves the shifts if no approval is needed. Throws `ShiftSwapNotFound`, `Forbidden`,
     * `ShiftSwapGone` or `InvalidShiftSwap`.
     */
    async accept(
      actor: Actor,
      id: string,
      { comment }: ShiftSwapAnswer,
      now: Date,
    ): Promise<Reply<ShiftSwap>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        const offered = await find(actor, id);
        const takerId = await takerOf(actor, offered);
        if (offered.state !== "offered") throw gone(offered);
        const pair = await exchange.lockPair(actor, offered.agentId, takerId);
        const swap = await lockSwap(actor, id, ["offered"]);
        const planned = await exchange.plan(actor, pair, swap, now);
        requirePossible(planned.problems, pair, swap.date);
        requireUnchanged(changedShifts(swap, planned), pair);
        const at = timeOfChange(swap, now);
        const accepted = { withAgentId: takerId, inReturn: planned.inReturn, comment };
        const policy = await repository.findPolicy(workspaceId);
        if (policy?.swapApproval === "automatic") {
          await exchange.exchange(actor, swap, pair, planned, at);
          const change = { state: "approved", ...accepted, decider: actor } as const;
          await repository.settle(workspaceId, swap.id, change, at);
        } else {
          await repository.settle(workspaceId, swap.id, { state: "accepted", ...accepted }, at);
        }
        return await settled(actor, id);
      });
    },

    /** Approves a swap and moves the shifts. Throws `ShiftSwapNotFound` or `ShiftSwapGone`. */
    async approve(
      actor: Actor,
      id: string,
      { comment }: ShiftSwapAnswer,
      now: Date,
    ): Promise<Reply<ShiftSwap>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        const accepted = await find(actor, id);
        if (accepted.state !== "accepted" || accepted.withAgentId === null) throw gone(accepted);
        const pair = await exchange.lockPair(actor, accepted.agentId, accepted.withAgentId);
        const swap = await lockSwap(actor, id, ["accepted"]);
        const planned = await exchange.plan(actor, pair, swap, now);
        if (planned.problems.length > 0) throw impossible("ShiftSwapGone", planned.problems, pair, swap.date);
        requireUnchanged(changedShifts(swap, planned), pair);
        const at = timeOfChange(swap, now);
        await exchange.exchange(actor, swap, pair, planned, at);
        await repository.settle(workspaceId, swap.id, { state: "approved", comment, decider: actor }, at);
        return await settled(actor, id);
      });
    },

    /** Throws `ShiftSwapNotFound`, `Forbidden` or `ShiftSwapGone`. */
    async decline(
      actor: Actor,
      id: string,
      { comment }: ShiftSwapAnswer,
      now: Date,
    ): Promise<Reply<ShiftSwap>> {
      return await db.transaction(async () => {
        const { withAgentId } = await find(actor, id);
        if (!mayActFor(actor, withAgentId))
          throw forbidden("Only the colleague whom the shift is offered to can decline, or a supervisor.");
        const swap = await lockSwap(actor, id, ["offered", "accepted"]);
        const change = { state: "declined", comment, decider: actor } as const;
        await repository.settle(actor.workspaceId, swap.id, change, timeOfChange(swap, now));
        return await settled(actor, id);
      });
    },

    /** Throws `ShiftSwapNotFound`, `Forbidden` or `ShiftSwapGone`. */
    async cancel(
      actor: Actor,
      id: string,
      { comment }: ShiftSwapAnswer,
      now: Date,
    ): Promise<Reply<ShiftSwap>> {
      return await db.transaction(async () => {
        await find(actor, id);
        const row = await repository.lock(actor.workspaceId, id);
        if (!row) throw notFound();
        const isTaker = row.state !== "offered" && mayActFor(actor, row.withAgentId);
        if (!mayActFor(actor, row.agentId) && !isTaker)
          throw forbidden(
            "Only the agent who offered the shift, or the colleague who accepted it, can cancel.",
          );
        if (row.state !== "offered" && row.state !== "accepted") throw gone(row);
        const change = { state: "cancelled", comment, decider: actor } as const;
        await repository.settle(actor.workspaceId, row.id, change, timeOfChange(row, now));
        return await settled(actor, id);
      });
    },
  };
}

/** Returns the time of a change. Never before the previous one: a request may have waited for a lock. */
const timeOfChange = ({ updatedAt }: SwapRow, now: Date): Date =>
  new Date(Math.max(now.getTime(), updatedAt.getTime()));

function serialize(row: SwapRow): ShiftSwap {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    agentId: row.agentId,
    date: row.date,
    ...optional("withAgentId", row.withAgentId),
    ...optional("withDate", row.withDate),
    state: row.state,
    ...(row.offered ? { intervals: toIntervals(row.offered.intervals) } : {}),
    ...(row.inReturn ? { withIntervals: toIntervals(row.inReturn.intervals) } : {}),
    ...optional("note", row.note),
    ...decisionOf(row),
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}

export type SwapService = ReturnType<typeof createSwapService>;
