import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import type { Span } from "@/lib/hours/calendar/data";
import { type RowShift, shiftsOfDate, spanOf } from "./row-hours";

/** Identifies a shift in the planner: the index among those that start on an agent's date. */
export interface Target {
  readonly agentId: string;
  readonly date: string;
  readonly index: number;
}

/** A shift that is being moved, with its new times. */
export interface Draft extends Target {
  readonly original: Span;
  readonly span: Span;
}

export type Part = "move" | "start" | "end";

/** Changes snap to quarters of an hour. */
export const stepMinutes = 15;

const dayMinutes = 1440;
const lastStart = dayMinutes - stepMinutes;

/** Returns an identifier of a shift for attributes. */
export const keyOf = ({ agentId, date, index }: Target): string => `${agentId}|${date}|${index}`;

/** Returns the minutes of a span. */
export function lengthOf({ from, to }: Span): number {
  return to > from ? to - from : to - from + dayMinutes;
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
const snap = (minutes: number) => Math.round(minutes / stepMinutes) * stepMinutes;

/**
 * Returns a span with a part moved by some minutes and snapped. The span keeps its date, and lasts between a
 * quarter of an hour and a day.
 */
export function changed(span: Span, part: Part, minutes: number): Span {
  if (snap(minutes) === 0) return span;
  const length = lengthOf(span);
  if (part === "move") {
    const from = clamp(snap(span.from + minutes), 0, lastStart);
    return { from, to: (from + length) % dayMinutes };
  }
  if (part === "end") {
    const end = clamp(snap(span.from + length + minutes), span.from + stepMinutes, span.from + dayMinutes);
    return { from: span.from, to: end % dayMinutes };
  }
  const end = span.from + length;
  const from = clamp(
    snap(span.from + minutes),
    Math.max(0, end - dayMinutes),
    Math.min(lastStart, end - stepMinutes),
  );
  return { from, to: span.to };
}

/** Returns whether a draft differs from the saved shift. */
export function isChanged({ original, span }: Draft): boolean {
  return original.from !== span.from || original.to !== span.to;
}

/** Returns all spans of the draft's date. */
export function spansWith(row: PlannerRow, { date, index, span }: Draft): Span[] {
  return shiftsOfDate(row, date).map((shift, place) => (place === index ? span : spanOf(row, shift)));
}

/** Returns whether no two spans overlap. Spans can touch. */
export function isDisjoint(spans: readonly Span[]): boolean {
  const sorted = spans.toSorted((one, other) => one.from - other.from);
  return sorted.every((span, place) => {
    const next = sorted[place + 1];
    return !next || span.from + lengthOf(span) <= next.from;
  });
}

/** Returns the shift of a target; undefined if it no longer exists. */
export function shiftOf(row: PlannerRow, { date, index }: Target): RowShift | undefined {
  return shiftsOfDate(row, date)[index];
}

/** Returns whether the shifts of a date can be moved. If time off cuts one, its planned times are unknown here. */
export function canMove(row: PlannerRow, date: string): boolean {
  return shiftsOfDate(row, date).every(({ cutBy }) => cutBy === undefined);
}
