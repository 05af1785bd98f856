import type { Code } from "@/lib/availability/effective/values";
import type { WaitingReasons } from "@/lib/routing/matching/contract";

/** A waiting time compared with its target. */
export type WaitState = "onTime" | "dueSoon" | "late";

/** Share of the target above which a conversation is due soon. */
const dueSoonShare = 0.75;

export function waitStateOf(seconds: number, targetSeconds: number): WaitState {
  if (seconds > targetSeconds) return "late";
  return seconds >= targetSeconds * dueSoonShare ? "dueSoon" : "onTime";
}

/** Returns the seconds between two times, given as dates or ISO strings; at least 0. */
export function secondsSince(since: string, now: Date): number {
  return Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
}

interface CodeCount {
  code: Code;
  count: number;
}

/** Maximum number of reasons in one line. */
const mostReasons = 3;

/** Why a conversation waits, as data for a sentence. */
export type ShortReason =
  | { kind: "open"; open: number }
  | { kind: "justAsked"; open: number }
  | { kind: "nobody" }
  | { kind: "closed"; matching: number; reasons: CodeCount[]; others: number };

/** Returns the codes with their number of agents, most frequent first. */
export function frequentFirst(closed: WaitingReasons["results"][number]["closed"]): CodeCount[] {
  return (Object.entries(closed) as [Code, number | undefined][])
    .flatMap(([code, count = 0]) => (count > 0 ? [{ code, count }] : []))
    .sort((one, other) => other.count - one.count);
}

/** What a reason is made from. */
export type WaitingReason = Pick<
  WaitingReasons["results"][number],
  "matching" | "open" | "justAsked" | "closed"
>;

export function shortReasonOf({ matching, open, justAsked = 0, closed }: WaitingReason): ShortReason {
  if (matching === 0) return { kind: "nobody" };
  if (open > 0 && justAsked >= open) return { kind: "justAsked", open };
  if (open > 0) return { kind: "open", open };
  const all = frequentFirst(closed);
  const reasons = all.length > mostReasons ? all.slice(0, mostReasons - 1) : all;
  const named = reasons.reduce((sum, { count }) => sum + count, 0);
  return { kind: "closed", matching, reasons, others: Math.max(0, matching - named) };
}
