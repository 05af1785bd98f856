import { type Channel, type Code, channels, codes } from "@/lib/availability/effective/values";
import type { QueueStatus } from "@/lib/routing/matching/contract";

type QueueNumbers = Pick<
  QueueStatus["queues"][number],
  "queueId" | "waiting" | "waitingSince" | "targetSeconds"
>;

/** Returns how many conversations of a channel wait, over all queues. */
export function waitingOn(queues: readonly Pick<QueueNumbers, "waiting">[], channel: Channel): number {
  return total(queues.map(({ waiting }) => waiting[channel]));
}

/** Returns the queue with the longest wait; undefined if nothing waits. */
export function longestWait(queues: readonly QueueNumbers[]) {
  return queues
    .flatMap(({ waitingSince, ...queue }) => (waitingSince === undefined ? [] : [{ ...queue, waitingSince }]))
    .sort((one, other) => Date.parse(one.waitingSince) - Date.parse(other.waitingSince))[0];
}

/** A team or skill with the number of its agents whose channels are open. */
export interface Group {
  id: string;
  name: string;
  agents: number;
  open: Readonly<Record<Channel, number>>;
}

const shareOf = (group: Group, channel: Channel) =>
  group.agents === 0 ? 0 : group.open[channel] / group.agents;
const shares = (group: Group) => channels.map((channel) => shareOf(group, channel));
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/**
 * Sorts groups by need: the smallest share of open agents in any channel first, then the smallest on average,
 * then the largest group.
 */
export function worstFirst(groups: readonly Group[]): Group[] {
  return groups
    .map((group) => ({ group, least: Math.min(...shares(group)), sum: total(shares(group)) }))
    .sort(
      (one, other) =>
        one.least - other.least ||
        one.sum - other.sum ||
        other.group.agents - one.group.agents ||
        one.group.name.localeCompare(other.group.name),
    )
    .map(({ group }) => group);
}

interface CountedReason {
  code: Code;
  count: number;
}

/** Returns the reasons with agents, in the order of codes. */
export function reasonsOf(closed: { readonly [code in Code]?: number | undefined }): CountedReason[] {
  return codes.flatMap((code) => {
    const count = closed[code] ?? 0;
    return count > 0 ? [{ code, count }] : [];
  });
}

/** Returns the most frequent reasons, in their original order. */
export function mostFrequent(reasons: readonly CountedReason[], most: number): readonly CountedReason[] {
  if (reasons.length <= most) return reasons;
  const kept = new Set(reasons.toSorted((one, other) => other.count - one.count).slice(0, most));
  return reasons.filter((reason) => kept.has(reason));
}
