import { DAY_MS } from "@/lib/platform/time/calendar";
import { type AvailabilityPolicy, type Closing, type DeciderDetails, deciders, loadOf } from "./deciders";
import type { AvailabilityFacts } from "./facts";
import {
  type Channel,
  type Code,
  type CodeOf,
  codes,
  type DeciderName,
  deciderCodes,
  deciderNames,
  type Remedy,
  remedyOf,
} from "./values";

/** Whether a channel is open, and what closes it. */
export interface Verdict {
  readonly open: boolean;
  /** Remaining capacity; undefined if unlimited. */
  readonly room: number | undefined;
  /** All codes that close the channel, in the order of codes. */
  readonly closedBy: readonly Code[];
}

/** A verdict with the time at which it ends if nobody acts. */
export interface LastingVerdict extends Verdict {
  /** When `open` changes; undefined if it does not within 400 days. Epoch milliseconds. */
  readonly nextChangeAt: number | undefined;
}

/** One reason that closes channels. Times are epoch milliseconds. */
export type ClosingDecider = {
  [Name in DeciderName]: {
    readonly decider: Name;
    readonly code: CodeOf<Name>;
    readonly channels: readonly Channel[];
    readonly since: number | undefined;
    /** When it stops closing if nobody acts; undefined if never. */
    readonly until: number | undefined;
    readonly remedy: Remedy;
    readonly details: DeciderDetails[Name];
  };
}[DeciderName];

export type ByChannel<Value> = { readonly [channel in Channel]: Value };

/** The answer to "what can this agent take?". */
export interface EffectiveAvailability {
  readonly channels: ByChannel<LastingVerdict>;
  /** Everything that closes the channel, in the order of codes. */
  readonly deciders: readonly ClosingDecider[];
}

/** How far ahead to search for `nextChangeAt`. */
export const horizonMs = 400 * DAY_MS;

/**
 * Returns what an agent can take at a time (epoch milliseconds), what closes each channel, and until when.
 * Always evaluates all deciders. Source: docs/availability.md.
 */
export function effectiveAvailability(
  facts: AvailabilityFacts,
  policy: AvailabilityPolicy,
  at: number,
): EffectiveAvailability {
  const closing = closingDeciders(facts, policy, at);
  return {
    channels: byChannel((channel) => ({
      ...verdictOf(facts, closing, channel, at),
      nextChangeAt: nextChangeAt(facts, policy, at, channel),
    })),
    deciders: closing,
  };
}

/** Returns only the verdicts, without looking ahead. */
export function verdictsAt(
  facts: AvailabilityFacts,
  policy: AvailabilityPolicy,
  at: number,
): ByChannel<Verdict> {
  const closing = closingDeciders(facts, policy, at);
  return byChannel((channel) => verdictOf(facts, closing, channel, at));
}

/** Returns the code under which a closed channel is counted; undefined for an open one. */
export function firstCode({ closedBy }: Pick<Verdict, "closedBy">): Code | undefined {
  return closedBy[0];
}

/** Returns the deciders that close the channel. */
export function closersOf(deciders: readonly ClosingDecider[], channel: Channel): ClosingDecider[] {
  return deciders.filter((decider) => decider.channels.includes(channel));
}

function byChannel<Value>(compute: (channel: Channel) => Value): ByChannel<Value> {
  return { messaging: compute("messaging"), email: compute("email"), voice: compute("voice") };
}

function verdictOf(
  facts: AvailabilityFacts,
  closing: readonly ClosingDecider[],
  channel: Channel,
  at: number,
): Verdict {
  const closedBy = closersOf(closing, channel).map(({ code }) => code);
  const { open, offered, capacity } = loadOf(facts, channel, at);
  return {
    open: closedBy.length === 0,
    room: capacity === undefined ? undefined : Math.max(0, capacity - open - offered),
    closedBy,
  };
}

function closingDeciders(facts: AvailabilityFacts, policy: AvailabilityPolicy, at: number): ClosingDecider[] {
  return deciderNames.flatMap((name) =>
    closingsOf(name, facts, policy, at).map(
      ({ code, channels, since, until, details }) =>
        // TypeScript can't relate parts of a union by their shared name.
        ({
          decider: name,
          code,
          channels,
          since,
          until,
          remedy: remedyOf[code],
          details,
        }) as ClosingDecider,
    ),
  );
}

/** Returns what a decider closes after applying the policy's `allow`. */
function closingsOf(
  name: DeciderName,
  facts: AvailabilityFacts,
  policy: AvailabilityPolicy,
  at: number,
): Closing<DeciderName>[] {
  const decider = deciders[name];
  if (facts.type === "bot" && !decider.appliesToBots) return [];
  return decider
    .closings(facts, policy, at)
    .map((closing: Closing<DeciderName>) => ({
      ...closing,
      channels: closing.channels.filter((channel) => !isAllowed(policy, closing.code, channel)),
    }))
    .filter(({ channels }) => channels.length > 0);
}

function isAllowed({ allow }: AvailabilityPolicy, code: Code, channel: Channel): boolean {
  const despite: { readonly [code in Code]?: readonly Channel[] | undefined } = allow;
  return despite[code]?.includes(channel) ?? false;
}

/**
 * Returns when the channel opens or closes if nobody acts. Checks boundary by boundary, because the end of
 * one reason changes nothing while another remains.
 */
function nextChangeAt(
  facts: AvailabilityFacts,
  policy: AvailabilityPolicy,
  at: number,
  channel: Channel,
): number | undefined {
  let wasOpen: boolean | undefined;
  for (let instant: number | undefined = at; instant !== undefined && instant <= at + horizonMs; ) {
    const now: number = instant;
    const closings = deciderNames
      .flatMap((name) => closingsOf(name, facts, policy, now))
      .filter((closing) => closing.channels.includes(channel));
    const isOpen = closings.length === 0;
    wasOpen ??= isOpen;
    if (isOpen !== wasOpen) return now;
    instant = isOpen ? nextStart(facts, policy, now, channel) : lastEnd(closings);
  }
  return undefined;
}

/** Returns when an open channel may next be closed. */
function nextStart(
  facts: AvailabilityFacts,
  policy: AvailabilityPolicy,
  at: number,
  channel: Channel,
): number | undefined {
  const starts = deciderNames.flatMap((name) => {
    const decider = deciders[name];
    if (facts.type === "bot" && !decider.appliesToBots) return [];
    const closes = (code: Code) => !isAllowed(policy, code, channel);
    if (!deciderCodes[name].some(closes)) return [];
    const start = decider.nextStart(facts, policy, at, closes);
    return start === undefined ? [] : [start];
  });
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

/** Returns the time before which a closed channel can't open; undefined if it never opens. */
function lastEnd(closings: readonly Closing<DeciderName>[]): number | undefined {
  const ends = closings.map(({ until, codeUntil }) => codeUntil ?? until);
  return ends.some((end) => end === undefined) ? undefined : Math.max(...(ends as number[]));
}

/** An agent who can take a conversation. */
export interface RankedAgent {
  readonly agentId: string;
  readonly open: number;
  readonly offered: number;
  /** Undefined means unlimited. */
  readonly capacity: number | undefined;
  /** Epoch milliseconds; null if never. */
  readonly lastAssignedAt: number | null;
}

/**
 * Sorts agents for the next conversation, best first: unlimited agents by load; then by the share of capacity
 * used after the conversation, lowest first; then by longest wait; then by id.
 */
export function compareCandidates(one: RankedAgent, other: RankedAgent): number {
  return (
    compareLoad(one, other) ||
    compare(one.lastAssignedAt ?? NEVER, other.lastAssignedAt ?? NEVER) ||
    compare(one.agentId, other.agentId)
  );
}

const NEVER = Number.NEGATIVE_INFINITY;

function compare<Value extends number | string>(one: Value, other: Value): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareLoad(one: RankedAgent, other: RankedAgent): number {
  const [mine, theirs] = [one.open + one.offered, other.open + other.offered];
  if (one.capacity === undefined || other.capacity === undefined)
    return one.capacity === other.capacity ? mine - theirs : one.capacity === undefined ? -1 : 1;
  // Cross-multiplication compares fractions exactly.
  return (mine + 1) * other.capacity - (theirs + 1) * one.capacity;
}

/** The number of agents with an open channel, and of the others by first code. */
export interface ChannelTally {
  open: number;
  /** In the order of codes, without zeros. */
  closed: { [code in Code]?: number };
}

/** Counts the verdicts of one channel. Each closed one counts once, under the first code. */
export function tally(verdicts: Iterable<Pick<Verdict, "open" | "closedBy">>): ChannelTally {
  const counts = new Map<Code | undefined, number>();
  for (const verdict of verdicts) {
    const code = firstCode(verdict);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const closed = codes.flatMap((code) => {
    const count = counts.get(code);
    return count === undefined ? [] : [[code, count] as const];
  });
  return { open: counts.get(undefined) ?? 0, closed: Object.fromEntries(closed) };
}
