import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import { timeOffRange } from "@/lib/hours/calendar/time-off";
import { type Delegation, delegatesAt, delegateTrouble, lastDelegate } from "@/lib/hours/time-off/delegates";
import type { DelegationRow, TimeOffRepository } from "@/lib/hours/time-off/server/repository";
import { type TimeOffTimes, timesForEngine } from "@/lib/hours/time-off/server/row";
import { delegateChainLimit } from "@/lib/hours/time-off/values";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { DAY_MS, epochDay, isoDate } from "@/lib/platform/time/calendar";

interface Dependencies {
  repository: Pick<TimeOffRepository, "delegations" | "lockDelegates" | "existsAgent">;
  calendars: Pick<Calendars, "of">;
}

/** Dates of different zones that can be the same instant are at most this far apart. */
const DATES_APART = 2;

/** Time off with a delegate that is about to be written. */
export interface Delegating extends TimeOffTimes {
  id: string;
  agentId: AgentId;
  delegateAgentId: AgentId;
}

export function createDelegates({ repository, calendars }: Dependencies) {
  /** Resolves time off to instants. */
  async function resolved(
    workspaceId: AuthorizedWorkspaceId,
    rows: readonly (DelegationRow | Delegating)[],
  ): Promise<(Delegation & { id: string })[]> {
    if (rows.length === 0) return [];
    const days = rows.flatMap(({ startDate, endDate }) => [epochDay(startDate), epochDay(endDate)]);
    const found = await calendars.of(workspaceId, [...new Set(rows.map(({ agentId }) => agentId))], {
      from: Math.min(...days),
      to: Math.max(...days),
    });
    return rows.flatMap(({ id, agentId, delegateAgentId, ...times }) => {
      const calendar = found.get(agentId);
      const range = calendar && timeOffRange(calendar, { id, ...timesForEngine(times) });
      return range ? [{ id, agentId, delegateAgentId, ...range }] : [];
    });
  }

  return {
    /**
     * Checks that the delegate exists, and that delegates form no loop or chain that is too long. Locks delegates
     * until the transaction ends. Throws `InvalidTimeOff` or `DelegateLoop`.
     */
    async require(workspaceId: AuthorizedWorkspaceId, added: Delegating): Promise<void> {
      const { agentId, delegateAgentId } = added;
      if (!(await repository.existsAgent(workspaceId, delegateAgentId)))
        throw new ApiError(
          "InvalidTimeOff",
          "The delegate is not in this workspace. Check delegateAgentId.",
          {
            details: { delegateAgentId: ["is not an agent in this workspace."] },
          },
        );
      if (agentId === delegateAgentId) throw looped("is the agent who is off.");
      await repository.lockDelegates(workspaceId);
      const rows = await repository.delegations(workspaceId, {
        from: isoDate(epochDay(added.startDate) - DATES_APART),
        to: isoDate(epochDay(added.endDate) + DATES_APART),
      });
      const all = await resolved(workspaceId, [...rows.filter(({ id }) => id !== added.id), added]);
      const own = all.find(({ id }) => id === added.id);
      const trouble =
        own &&
        delegateTrouble(
          own,
          all.filter((one) => one !== own),
        );
      if (trouble === "loop") throw looped("is off at the same time, and delegates back to this agent.");
      if (trouble === "tooLong") throw looped(`makes a chain of more than ${delegateChainLimit} delegates.`);
    },

    /** Returns the delegate of each agent who is off at a time (epoch milliseconds) and has named one. */
    async at(workspaceId: AuthorizedWorkspaceId, at: number): Promise<ReadonlyMap<string, string>> {
      const today = Math.floor(at / DAY_MS);
      const rows = await repository.delegations(workspaceId, {
        from: isoDate(today - DATES_APART),
        to: isoDate(today + DATES_APART),
      });
      if (rows.length === 0) return new Map();
      const next = delegatesAt(await resolved(workspaceId, rows), at);
      return new Map([...next.keys()].map((agentId) => [agentId, lastDelegate(next, agentId)]));
    },
  };
}

const looped = (reason: string) =>
  new ApiError("DelegateLoop", `The delegate ${reason} Choose another one.`, {
    details: { delegateAgentId: [reason] },
  });

export type Delegates = ReturnType<typeof createDelegates>;
