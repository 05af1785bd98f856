import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import type { Change } from "@/lib/records/ledger/contract";

/** What an agent declared at an instant. Valid until the next point. Times are epoch milliseconds. */
export interface SpanPoint {
  from: number;
  status: AgentStatus;
  activity: Activity;
  /** The activity expires here unless another point comes first. */
  activityExpiresAt: number | null;
  activityText: string | null;
  cause: Change["cause"];
}

/** A period with the same declared values, in epoch milliseconds; `to` is exclusive. */
export interface DeclaredSpan extends Pick<SpanPoint, "status" | "activity" | "activityText" | "cause"> {
  from: number;
  to: number;
}

/**
 * Returns the spans of [from, to). `points` are in order of time; the first may be before `from`. Splits a
 * span where its activity expires, and merges adjacent spans with the same values.
 */
export function spansBetween(points: readonly SpanPoint[], from: number, to: number): DeclaredSpan[] {
  const spans: DeclaredSpan[] = [];
  const add = (span: DeclaredSpan) => {
    const clipped = { ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) };
    if (clipped.from >= clipped.to) return;
    const last = spans.at(-1);
    if (last && isAlike(last, clipped)) last.to = clipped.to;
    else spans.push(clipped);
  };
  for (const [index, point] of points.entries()) {
    const { status, activity, activityText, cause } = point;
    const end = points[index + 1]?.from ?? to;
    const expires = Math.max(point.from, Math.min(point.activityExpiresAt ?? end, end));
    add({ from: point.from, to: expires, status, activity, activityText, cause });
    add({ from: expires, to: end, status, activity: "available", activityText: null, cause: "timeout" });
  }
  return spans;
}

function isAlike(one: DeclaredSpan, other: DeclaredSpan): boolean {
  return (
    one.status === other.status && one.activity === other.activity && one.activityText === other.activityText
  );
}
