/** Channels with a limit in capacity rules. */
export const limitedChannels = ["messaging", "email"] as const;

export type LimitedChannel = (typeof limitedChannels)[number];

/** Open conversations, and the limits of the rule if there is one. An agent's `workload` has this shape. */
interface Load {
  workload: Record<LimitedChannel, number>;
  rule?: { capacity: Record<LimitedChannel, number> } | undefined;
}

/**
 * Returns the one channel that is full while the other has room, which the total would hide. Ignores channels
 * with capacity 0.
 */
export function fullAlone({ workload, rule }: Load): LimitedChannel | undefined {
  if (!rule) return undefined;
  const [only, ...others] = limitedChannels.filter((channel) => workload[channel] >= rule.capacity[channel]);
  return only && others.length === 0 && rule.capacity[only] > 0 ? only : undefined;
}
