import { type CompiledCalendar, withExceptions } from "@/lib/hours/calendar/compile";
import type { DateOverride, DayPlan } from "@/lib/hours/calendar/data";
import { shiftsOn } from "@/lib/hours/calendar/hours";
import type { Interval } from "@/lib/platform/time/interval";
import { zoneClock } from "@/lib/platform/time/wall-clock";

/** The agent who offers a shift, and the colleague who takes it. */
export type Side = "giver" | "taker";

/** Why a swap is impossible. `side` is the agent whose calendar prevents it. */
export interface SwapProblem {
  readonly side: Side;
  readonly day: number;
  /**
   * `noShift`: nothing to give away. `started`: the shift has begun. `zone`: the receiver's zone gives the same
   * wall-clock times other instants. `override`, `timeOff`, `works`: the receiver's day is not free; `timeOff` also
   * applies to the giver.
   */
  readonly reason: "noShift" | "started" | "zone" | "override" | "timeOff" | "works";
}

/** A day of an agent after the swap. */
export interface SwappedDay {
  readonly side: Side;
  readonly day: number;
  readonly spans: DayPlan;
}

export interface SwapPlan {
  readonly problems: readonly SwapProblem[];
  /** The overrides to write; empty if there are problems. */
  readonly days: readonly SwappedDay[];
}

/** Days whose override a swap may replace, because an earlier swap gave the day away. */
export type FreedDays = Readonly<Record<Side, ReadonlySet<number>>>;

interface Move {
  readonly from: Side;
  readonly to: Side;
  readonly day: number;
}

/** Shifts further apart can't overlap: a shift lasts up to two days, and zones differ by less than two. */
const DAYS_AROUND = 4;

/**
 * Plans to move the giver's shifts of a day, in return for the taker's shifts of `returnDay` if it is given. Shifts
 * keep their wall-clock times. `now` is in epoch milliseconds.
 */
export function planSwap(
  calendars: Readonly<Record<Side, CompiledCalendar>>,
  { day, returnDay }: { day: number; returnDay?: number | undefined },
  freed: FreedDays,
  now: number,
): SwapPlan {
  const moves: Move[] = [{ from: "giver", to: "taker", day }];
  if (returnDay !== undefined) moves.push({ from: "taker", to: "giver", day: returnDay });

  const given = moves.flatMap((move) => problemsOfGiver(calendars[move.from], move, now));
  if (given.length > 0) return { problems: given, days: [] };
  const days = swappedDays(calendars, moves);
  const after = {
    giver: withDays(calendars.giver, "giver", days),
    taker: withDays(calendars.taker, "taker", days),
  };
  const received = moves.flatMap((move) => problemsOfReceiver(calendars, after, moves, move, freed));
  const problems = received.length > 0 ? received : sideEffects(calendars, after, days);
  return { problems, days: problems.length > 0 ? [] : days };
}

/** Returns why the shifts of a day can't be offered to anybody. `now` is in epoch milliseconds. */
export function offerProblems(calendar: CompiledCalendar, day: number, now: number): SwapProblem[] {
  return problemsOfGiver(calendar, { from: "giver", to: "taker", day }, now);
}

function problemsOfGiver(calendar: CompiledCalendar, { from, day }: Move, now: number): SwapProblem[] {
  const { shifts } = calendar.dayOn(day);
  const [first] = shifts;
  if (!first) return [{ side: from, day, reason: "noShift" }];
  if (shifts.some(({ start }) => start <= now)) return [{ side: from, day, reason: "started" }];
  if (!areSame(shiftsOn(calendar, day, day), shifts)) return [{ side: from, day, reason: "timeOff" }];
  return [];
}

/** Returns the new plan of each affected day: the received shifts, or none. */
function swappedDays(
  calendars: Readonly<Record<Side, CompiledCalendar>>,
  moves: readonly Move[],
): SwappedDay[] {
  const days: SwappedDay[] = moves.map(({ from, to, day }) => ({
    side: to,
    day,
    spans: calendars[from].dayOn(day).plan,
  }));
  for (const { from: side, day } of moves)
    if (!days.some((one) => one.side === side && one.day === day)) days.push({ side, day, spans: [] });
  return days;
}

function withDays(calendar: CompiledCalendar, side: Side, days: readonly SwappedDay[]): CompiledCalendar {
  const own = days.filter((one) => one.side === side);
  const kept = calendar.exceptions.overrides.filter(({ day }) => !own.some((one) => one.day === day));
  const overrides: DateOverride[] = [...kept, ...own.map(({ day, spans }) => ({ day, spans }))];
  return withExceptions(calendar.hours, { ...calendar.exceptions, overrides });
}

function problemsOfReceiver(
  before: Readonly<Record<Side, CompiledCalendar>>,
  after: Readonly<Record<Side, CompiledCalendar>>,
  moves: readonly Move[],
  { from, to, day }: Move,
  freed: FreedDays,
): SwapProblem[] {
  const problem = (reason: SwapProblem["reason"]): SwapProblem[] => [{ side: to, day, reason }];
  const received = before[from].dayOn(day).shifts;
  const isGivenAway = (other: number) => moves.some((move) => move.from === to && move.day === other);

  if (!isGivenAway(day)) {
    const override = before[to].exceptions.overrides.find((one) => one.day === day);
    if (override && !(override.spans.length === 0 && freed[to].has(day))) return problem("override");
    if (before[to].dayOn(day).plan.length > 0) return problem("works");
  }
  const zone = before[to].dayOn(day).zone;
  const asTheirs = before[from]
    .dayOn(day)
    .plan.flatMap(({ from: start, to: end }) => zoneClock(zone).span(day, start, end) ?? []);
  if (!areSame(asTheirs, received)) return problem("zone");

  for (let other = day - DAYS_AROUND; other <= day + DAYS_AROUND; other++)
    if (
      other !== day &&
      after[to].dayOn(other).shifts.some((shift) => received.some((each) => overlap(each, shift)))
    )
      return problem("works");
  if (!areSame(shiftsOn(after[to], day, day), received)) return problem("timeOff");
  return [];
}

/** Time off of whole days ends with their last shift, so a swap can change how it cuts shifts of other days. */
function sideEffects(
  before: Readonly<Record<Side, CompiledCalendar>>,
  after: Readonly<Record<Side, CompiledCalendar>>,
  days: readonly SwappedDay[],
): SwapProblem[] {
  return days.flatMap(({ side, day }) => {
    for (let other = day - DAYS_AROUND; other <= day + DAYS_AROUND; other++) {
      if (days.some((one) => one.side === side && one.day === other)) continue;
      if (!areSame(shiftsOn(before[side], other, other), shiftsOn(after[side], other, other)))
        return [{ side, day, reason: "timeOff" as const }];
    }
    return [];
  });
}

const areSame = (one: readonly Interval[], other: readonly Interval[]) =>
  one.length === other.length &&
  one.every(({ start, end }, index) => start === other[index]?.start && end === other[index]?.end);

const overlap = (one: Interval, other: Interval) => one.start < other.end && other.start < one.end;
