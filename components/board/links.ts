import type { FilterChange } from "@/components/agents/list/list-address";
import type { AttentionReason } from "@/lib/agents/attention/values";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import type { Channel, Code } from "@/lib/availability/effective/values";
import { queryOf } from "./board-address";

/** The teams and skills that the board is filtered by. */
export interface Scope {
  teams?: string[];
  skills?: string[];
}

/** Filters of the list that the board links to. */
export type ListFilter = Scope &
  Pick<FilterChange, "status" | "activity" | "canTake"> & { hours?: "in" | "out" };

/** Returns the path of the filtered agent list. Same as `agentListPath`, but without its dependencies. */
export const listPath = ({ teams, skills, status, activity, canTake, hours }: ListFilter): string =>
  `/agents${queryOf({
    canTake: canTake ?? undefined,
    status: status ?? undefined,
    activity: activity ?? undefined,
    team: teams,
    skill: skills,
    hours: hours && [hours],
  })}`;

/** The path of the agent list with the dialog for a new agent. */
export const newAgentPath = "/agents?new=true";

/** Returns the path of the list of agents who can take a channel. */
export const openPath = (channel: Channel, scope: Scope) => listPath({ ...scope, canTake: [channel] });

/** Returns the list filter for a reason; undefined if the list has none. */
export function filterOf(code: Code): ListFilter | undefined {
  const status = agentStatuses.find((each) => each === code);
  if (status) return { status: [status] };
  const activity = activities.find((each) => each === code);
  if (activity) return { status: ["active"], activity: [activity] };
  if (code === "holiday" || code === "outOfHours")
    return { status: ["active"], activity: ["available"], hours: "out" };
  return undefined;
}

/** Returns the list filter for a reason to give attention; undefined if the list has none. */
export function attentionFilterOf(reason: AttentionReason): ListFilter | undefined {
  if (reason === "activeOutOfHours") return { status: ["active"], hours: "out" };
  if (reason === "longAway") return { status: ["away"], hours: "in" };
  return undefined;
}
