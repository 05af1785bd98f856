import fc from "fast-check";
import { expect, it } from "vitest";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import { repeatedSeed } from "@/lib/testing/environment";
import { type SpanPoint, spansBetween } from "./rules";

const RUNS = 10_000;
const LAST = 40;

/** Points at distinct small times, so that boundaries often coincide. */
const points = fc
  .uniqueArray(
    fc.record({
      from: fc.integer({ min: 0, max: LAST }),
      status: fc.constantFrom(...agentStatuses),
      activity: fc.constantFrom(...activities),
      lasts: fc.option(fc.integer({ min: 1, max: 20 })),
      activityText: fc.option(fc.constantFrom("Lunch", "Training")),
      cause: fc.constantFrom("user" as const, "supervisor" as const),
    }),
    { selector: ({ from }) => from, maxLength: 12 },
  )
  .map((list) =>
    list
      .sort((one, other) => one.from - other.from)
      .map(({ lasts, ...point }): SpanPoint => {
        const activityExpiresAt =
          lasts === null || point.activity === "available" ? null : point.from + lasts;
        return { ...point, activityExpiresAt };
      }),
  );

/** Searches all points for the state at an instant; undefined before the first. */
function heldAt(list: readonly SpanPoint[], at: number) {
  const point = list.filter(({ from }) => from <= at).at(-1);
  if (!point) return undefined;
  const expired = point.activityExpiresAt !== null && at >= point.activityExpiresAt;
  return {
    status: point.status,
    activity: expired ? "available" : point.activity,
    activityText: expired ? null : point.activityText,
  };
}

it("spans give at each instant what the points say, without gaps or overlaps", () => {
  fc.assert(
    fc.property(
      points,
      fc.integer({ min: 0, max: LAST }),
      fc.integer({ min: 0, max: LAST }),
      (list, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        // The database returns the points of the period and the last one before it.
        const before = list.filter((point) => point.from <= from).at(-1);
        const read = list.filter((point) => point === before || (point.from > from && point.from < to));
        const spans = spansBetween(read, from, to);
        const begins = Math.max(from, list[0]?.from ?? to);
        const length = spans.reduce((sum, span) => sum + span.to - span.from, 0);
        expect(length).toBe(Math.max(0, to - begins));
        expect(spans.slice(1).map((span) => span.from)).toEqual(spans.slice(0, -1).map((span) => span.to));
        const instants = Array.from({ length: to - from }, (_, index) => from + index);
        const held = instants.map((at) => {
          const span = spans.find((each) => each.from <= at && at < each.to);
          return span && { status: span.status, activity: span.activity, activityText: span.activityText };
        });
        expect(held).toEqual(instants.map((at) => heldAt(list, at)));
      },
    ),
    { numRuns: RUNS, ...repeatedSeed() },
  );
});
