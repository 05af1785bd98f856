import { agentListPath, type FilterChange } from "@/components/agents/list/list-address";
import type { AttentionReason } from "@/lib/agents/attention/values";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import type { Channel, Code } from "@/lib/availability/effective/values";

/** The part of the workspace that the board shows. */
export interface Scope {
  teams?: string[];
  skills?: string[];
}

/** Returns the path of the list of agents who can take a channel. */
export const openPath = (channel: Channel, scope: Scope) => agentListPath({ ...scope, canTake: [channel] });

/** Returns the list filter for a reason; undefined if the list has none. */
export function filterOf(code: Code): FilterChange | undefined {
  const status = agentStatuses.find((each) => each === code);
  if (status) return { status: [status] };
  const activity = activities.find((each) => each === code);
  if (activity) return { status: ["active"], activity: [activity] };
  if (code === "holiday" || code === "outOfHours")
    return { status: ["active"], activity: ["available"], hours: "out" };
  return undefined;
}

/** Returns the list filter for a reason to give attention; undefined if the list has none. */
export function attentionFilterOf(reason: AttentionReason): FilterChange | undefined {
  if (reason === "activeOutOfHours") return { status: ["active"], hours: "out" };
  if (reason === "longAway") return { status: ["away"], hours: "in" };
  return undefined;
}
