import { agentNotFound } from "@/lib/access/auth/server/agent-reference";
import type { CompiledCalendar } from "@/lib/hours/calendar/compile";
import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import { goneBecause, type Pair } from "@/lib/hours/shifts/server/swap-refusals";
import type {
  OverrideRow,
  SwappedShifts,
  SwapRepository,
  SwapRow,
} from "@/lib/hours/shifts/server/swap-repository";
import { offerProblems, planSwap, type SwapPlan, type SwapProblem } from "@/lib/hours/shifts/swap";
import type { HoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import { recordedOverride } from "@/lib/hours/weeks/server/serializer";
import type { AgentId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";
import type { Subject } from "@/lib/records/ledger/server/service";

interface Dependencies {
  repository: Pick<SwapRepository, "overrides" | "saveOverrides">;
  changes: HoursChanges;
  calendars: Pick<Calendars, "of">;
}

type Dates = Pick<SwapRow, "date" | "withDate">;

/** What a swap would change, and the current shifts of its dates. */
export interface PlannedSwap extends SwapPlan {
  overrides: OverrideRow[];
  offered: SwappedShifts;
  /** Null without a date in return. */
  inReturn: SwappedShifts | null;
}

/** How many days around the swapped ones to load, because their shifts and time off can matter. */
const DAYS_AROUND = 10;

/** Plans swaps, and exchanges the shifts of two agents. */
export function createSwapExchange({ repository, changes, calendars }: Dependencies) {
  async function calendarsOf(
    actor: Actor,
    agentIds: readonly AgentId[],
    { date, withDate }: Dates,
  ): Promise<Map<AgentId, CompiledCalendar>> {
    const days = [epochDay(date), epochDay(withDate ?? date)];
    return await calendars.of(actor.workspaceId, agentIds, {
      from: Math.min(...days) - DAYS_AROUND,
      to: Math.max(...days) + DAYS_AROUND,
    });
  }

  return {
    /** Plans an offer to the agent's teams. The agent must be locked. */
    async planOffer(
      actor: Actor,
      agentId: AgentId,
      dates: Dates,
      now: Date,
    ): Promise<{ problems: SwapProblem[]; offered: SwappedShifts }> {
      const own = (await calendarsOf(actor, [agentId], dates)).get(agentId);
      if (!own) throw agentNotFound();
      const day = epochDay(dates.date);
      return { problems: offerProblems(own, day, now.getTime()), offered: shiftsOf(own, day) };
    },

    /** Plans a swap. The agents must be locked. */
    async plan(actor: Actor, { giver, taker }: Pair, dates: Dates, now: Date): Promise<PlannedSwap> {
      const ids = [giver.id, taker.id];
      const found = await calendarsOf(actor, ids, dates);
      const [ofGiver, ofTaker] = [found.get(giver.id), found.get(taker.id)];
      if (!ofGiver || !ofTaker) throw agentNotFound();
      const overrides = await repository.overrides(actor.workspaceId, ids, [
        dates.date,
        dates.withDate ?? dates.date,
      ]);
      const freedOf = ({ id }: Subject) =>
        new Set(
          overrides
            .filter(
              ({ agentId, source, intervals }) =>
                agentId === id && source === "swap" && intervals.length === 0,
            )
            .map(({ date }) => epochDay(date)),
        );
      const day = epochDay(dates.date);
      const returnDay = dates.withDate === null ? undefined : epochDay(dates.withDate);
      const planned = planSwap(
        { giver: ofGiver, taker: ofTaker },
        { day, returnDay },
        { giver: freedOf(giver), taker: freedOf(taker) },
        now.getTime(),
      );
      return {
        ...planned,
        overrides,
        offered: shiftsOf(ofGiver, day),
        inReturn: returnDay === undefined ? null : shiftsOf(ofTaker, returnDay),
      };
    },

    /** Writes the overrides of both agents. */
    async exchange(
      actor: Actor,
      swap: SwapRow,
      pair: Pair,
      { days, overrides }: Pick<PlannedSwap, "days" | "overrides">,
      now: Date,
    ): Promise<void> {
      const written = days.map(({ side, day, spans }) => ({
        agentId: pair[side].id,
        date: isoDate(day),
        intervals: spans.map(({ from, to }) => ({ from, to })),
      }));
      await repository.saveOverrides(actor.workspaceId, swap.id, written, now);
      const before = (agentId: AgentId, date: string) =>
        overrides.find((one) => one.agentId === agentId && one.date === date);
      await changes.record(
        actor,
        [pair.giver, pair.taker].map((subject) => {
          const own = written.filter(({ agentId }) => agentId === subject.id);
          const replaced = own.flatMap(({ agentId, date }) => before(agentId, date) ?? []);
          return {
            subject,
            before: replaced.length > 0 ? { override: replaced.map(recordedOverride) } : {},
            after: {
              override: own.map(({ date, intervals }) => recordedOverride({ date, intervals, note: null })),
            },
          };
        }),
        now,
      );
    },

    /** Locks both agents. Throws `ShiftSwapGone`. */
    async lockPair(actor: Actor, giver: AgentId, taker: AgentId): Promise<Pair> {
      const subjects = await changes.lock(actor.workspaceId, [giver, taker]);
      const [one, other] = [subjects.get(giver), subjects.get(taker)];
      if (!one || !other) throw goneBecause("One of the agents was deleted.");
      return { giver: one, taker: other };
    },
  };
}

/** Returns the dates of a swap whose shifts are no longer those that were offered. */
export function changedShifts(
  { date, withDate, offered, inReturn }: SwapRow,
  planned: Pick<PlannedSwap, "offered" | "inReturn">,
): { date?: string; withDate?: string } {
  return {
    ...(offered && !isSame(offered, planned.offered) ? { date } : {}),
    ...(inReturn && withDate !== null && !isSame(inReturn, planned.inReturn) ? { withDate } : {}),
  };
}

function shiftsOf({ dayOn }: CompiledCalendar, day: number): SwappedShifts {
  const { zone, plan } = dayOn(day);
  return { timezone: zone, intervals: plan.map(({ from, to }) => ({ from, to })) };
}
