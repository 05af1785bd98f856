import type { SwapRow } from "@/lib/hours/shifts/server/swap-repository";
import type { Side, SwapProblem } from "@/lib/hours/shifts/swap";
import { ApiError, type ErrorCode } from "@/lib/platform/http/errors";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";
import type { Subject } from "@/lib/records/ledger/server/service";

/** The agents of a swap, locked. */
export type Pair = Record<Side, Subject>;

const stateTexts: Record<SwapRow["state"], string> = {
  offered: "Nobody has accepted this offer yet.",
  accepted: "A colleague has already accepted this offer.",
  approved: "This swap was approved, and the shifts have changed.",
  declined: "This swap was declined.",
  cancelled: "This swap was cancelled.",
};

export const goneBecause = (reason: string) =>
  new ApiError("ShiftSwapGone", `${reason} Read the swap again (GET …/shift-swaps/{shiftSwapId}).`);

export const gone = ({ state }: SwapRow) => goneBecause(stateTexts[state]);

export function invalid(details: Record<string, string[]>): ApiError {
  const paths = Object.keys(details);
  return new ApiError("InvalidShiftSwap", `The swap is not possible. Check ${paths.join(", ")}.`, {
    details,
  });
}

/** Throws `ShiftSwapGone` if the offered shift has changed, and `InvalidShiftSwap` if the colleague can't take it. */
export function requirePossible(problems: readonly SwapProblem[], pair: Pair, date: string): void {
  if (problems.length === 0) return;
  const isGivers = problems.some(({ side }) => side === "giver");
  throw impossible(isGivers ? "ShiftSwapGone" : "InvalidShiftSwap", problems, pair, date);
}

/** Throws `ShiftSwapGone` if shifts are no longer those that were offered. */
export function requireUnchanged({ date, withDate }: { date?: string; withDate?: string }, pair: Pair): void {
  const text = (name: string, day: string) =>
    `${name}'s shifts on ${day} have changed since they were offered. Cancel the offer, and offer them again.`;
  const details: Record<string, string[]> = {
    ...(date === undefined ? {} : { date: [text(pair.giver.name, date)] }),
    ...(withDate === undefined ? {} : { withDate: [text(pair.taker.name, withDate)] }),
  };
  const [first] = Object.values(details).flat();
  if (first !== undefined)
    throw new ApiError("ShiftSwapGone", `The shifts can't be swapped: ${first}`, { details });
}

export function impossible(
  code: Extract<ErrorCode, "ShiftSwapGone" | "InvalidShiftSwap">,
  problems: readonly SwapProblem[],
  pair: Pair,
  date: string,
): ApiError {
  const details: Record<string, string[]> = {};
  for (const problem of problems) {
    const path = pathOf(problem, epochDay(date));
    details[path] = [...(details[path] ?? []), textOf(problem, pair[problem.side].name)];
  }
  const [first] = Object.values(details).flat();
  return new ApiError(code, `The shifts can't be swapped: ${first ?? ""}`, { details });
}

function pathOf({ side, day, reason }: SwapProblem, offered: number): string {
  const isGiven = reason === "noShift" || reason === "started";
  if (side === "giver") return isGiven || day === offered ? "date" : "withDate";
  return isGiven || day !== offered ? "withDate" : "withAgentId";
}

function textOf({ reason, day }: SwapProblem, name: string): string {
  const date = isoDate(day);
  const texts: Record<SwapProblem["reason"], string> = {
    noShift: `${name} has no shift on ${date}. Choose another date.`,
    started: `The shift of ${name} on ${date} has begun. Choose a later date.`,
    zone: `${name} has another time zone on ${date}, so the same times would be other hours. Set both overrides instead (PUT …/overrides/{date}).`,
    override: `${name} has an override on ${date}. Delete it first (DELETE …/overrides/{date}).`,
    timeOff: `${name} has time off on or next to ${date}. Cancel it first, or choose another date.`,
    works: `${name} works on ${date} already, or the shifts would overlap. Choose another colleague, or swap with withDate.`,
  };
  return texts[reason];
}
