import { delegateChainLimit } from "@/lib/hours/time-off/values";
import type { Interval } from "@/lib/platform/time/interval";

/** A period (epoch milliseconds) in which an agent is off and the delegate gets their conversations. */
export interface Delegation extends Interval {
  readonly agentId: string;
  readonly delegateAgentId: string;
}

/**
 * Returns what is wrong with a new delegation, given the others: at some instant, delegates form a loop or a chain
 * of more than five. Delegations of one agent must not overlap.
 */
export function delegateTrouble(
  added: Delegation,
  others: readonly Delegation[],
): "loop" | "tooLong" | undefined {
  const near = others.filter(({ start, end }) => start < added.end && added.start < end);
  const starts = near.map(({ start }) => start).filter((start) => start > added.start);
  for (const at of [added.start, ...starts]) {
    const next = delegatesAt([...near, added], at);
    for (const first of next.keys()) {
      const chain = follow(next, first);
      if (!chain.agentIds.includes(added.agentId)) continue;
      if (chain.isLoop) return "loop";
      if (chain.agentIds.length - 1 > delegateChainLimit) return "tooLong";
    }
  }
  return undefined;
}

/** Returns the delegate of each agent who is off at a time. */
export function delegatesAt(delegations: readonly Delegation[], at: number): ReadonlyMap<string, string> {
  return new Map(
    delegations
      .filter(({ start, end }) => start <= at && at < end)
      .map(({ agentId, delegateAgentId }) => [agentId, delegateAgentId]),
  );
}

/** Returns the last delegate of an agent's chain; the agent itself without a delegate. */
export function lastDelegate(next: ReadonlyMap<string, string>, agentId: string): string {
  return follow(next, agentId).agentIds.at(-1) ?? agentId;
}

/** Follows the chain of delegates, up to one more than the limit. */
function follow(next: ReadonlyMap<string, string>, first: string): { agentIds: string[]; isLoop: boolean } {
  const agentIds = [first];
  for (let agentId = next.get(first); agentId !== undefined; agentId = next.get(agentId)) {
    if (agentIds.includes(agentId)) return { agentIds, isLoop: true };
    agentIds.push(agentId);
    if (agentIds.length - 1 > delegateChainLimit) break;
  }
  return { agentIds, isLoop: false };
}
