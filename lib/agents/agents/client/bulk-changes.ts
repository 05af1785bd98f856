import type { BulkTask } from "@/lib/agents/agents/client/bulk";
import { deleteAgent, getAgent, patchAgent } from "@/lib/agents/agents/client/calls";
import type { Agent, AgentChange } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/client/calls";
import type { Availability, AvailabilityChange } from "@/lib/availability/declared/contract";
import { isConflict } from "@/lib/platform/client/guarded-change";
import { readAll, type request } from "@/lib/platform/client/request";
import {
  assignCapacityRule,
  listCapacityRules,
  unassignCapacityRule,
} from "@/lib/workforce/capacity/client/calls";
import { addTeamMember, getTeam, removeTeamMember } from "@/lib/workforce/teams/client/calls";

type ProfileChange = Pick<AgentChange, "timezone" | "weeklySchedule">;

export type BulkChange =
  | { kind: "availability"; change: AvailabilityChange }
  | { kind: "profile"; change: ProfileChange }
  | { kind: "team"; teamId: string; action: "add" | "remove" }
  /** `null` removes the agent's own rule, so that the default applies. */
  | { kind: "capacityRule"; ruleId: string | null }
  | { kind: "delete" };

/** The workspace, and the function that sends requests. */
export interface BulkPlace {
  workspaceId: string;
  send: typeof request;
}

/** Returns the tasks of a change: one per agent. */
export function bulkTasks(change: BulkChange, agentIds: readonly string[], place: BulkPlace): BulkTask[] {
  switch (change.kind) {
    case "team":
      return membershipTasks(place, change.teamId, change.action, agentIds);
    case "capacityRule":
      return assignmentTasks(place, change.ruleId, agentIds);
    case "availability":
      return agentIds.map((id) => availabilityTask(place, id, change.change));
    case "profile":
      return agentIds.map((id) => profileTask(place, id, change.change));
    case "delete":
      return agentIds.map((id) => deletionTask(place, id));
  }
}

interface Read {
  agent: Agent;
  etag: string;
}

/**
 * Reads an agent, then writes with the ETag of that read: undo needs the old values, and the ETag proves that
 * exactly these were replaced. Retries once on a conflict, because the change does not depend on the old
 * values.
 */
async function readThenWrite<T>(
  { workspaceId, send }: BulkPlace,
  agentId: string,
  signal: AbortSignal,
  write: (read: Read) => Promise<T>,
): Promise<T> {
  for (let again = true; ; again = false) {
    const { data, etag = "" } = await send(getAgent, { params: { workspaceId, agentId }, signal });
    try {
      return await write({ agent: data, etag });
    } catch (error) {
      if (!again || !isConflict(error)) throw error;
    }
  }
}

/** Returns the change that restores `before`, limited to the properties that `change` sets. */
function wayBack(before: Availability, change: AvailabilityChange): AvailabilityChange {
  return {
    ...(change.status === undefined ? {} : { status: before.status }),
    ...(change.activity === undefined
      ? {}
      : {
          activity: before.activity,
          ...(before.activityText === undefined ? {} : { activityText: before.activityText }),
          ...(before.activityTtl === undefined ? {} : { activityTtl: before.activityTtl }),
        }),
  };
}

function availabilityTask(place: BulkPlace, agentId: string, change: AvailabilityChange): BulkTask {
  return {
    agentIds: [agentId],
    run: (signal) =>
      readThenWrite(place, agentId, signal, async ({ agent, etag }) => {
        await place.send(patchAvailability, {
          params: { workspaceId: place.workspaceId, agentId },
          body: change,
          ifMatch: etag,
        });
        return availabilityTask(place, agentId, wayBack(agent.availability, change));
      }),
  };
}

function profileTask(place: BulkPlace, agentId: string, change: ProfileChange): BulkTask {
  return {
    agentIds: [agentId],
    run: (signal) =>
      readThenWrite(place, agentId, signal, async ({ agent, etag }) => {
        await place.send(patchAgent, {
          params: { workspaceId: place.workspaceId, agentId },
          body: change,
          ifMatch: etag,
        });
        return profileTask(place, agentId, {
          ...(change.timezone === undefined ? {} : { timezone: agent.timezone }),
          ...(change.weeklySchedule === undefined ? {} : { weeklySchedule: agent.weeklySchedule ?? null }),
        });
      }),
  };
}

function deletionTask(place: BulkPlace, agentId: string): BulkTask {
  return {
    agentIds: [agentId],
    run: (signal) =>
      readThenWrite(place, agentId, signal, async ({ etag }) => {
        await place.send(deleteAgent, {
          params: { workspaceId: place.workspaceId, agentId },
          ifMatch: etag,
        });
        return null;
      }),
  };
}

/** Memoizes `read`, so that parallel tasks share one request. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

/** Returns one task per agent. Members are read once, so that undo reverts only memberships that changed. */
function membershipTasks(
  place: BulkPlace,
  teamId: string,
  action: "add" | "remove",
  agentIds: readonly string[],
): BulkTask[] {
  const { workspaceId, send } = place;
  const members = once(async () => {
    const { data } = await send(getTeam, { params: { workspaceId, teamId } });
    return new Set(data.members.map((member) => member.agentId));
  });
  async function write(agentId: string, isMember: boolean): Promise<void> {
    const params = { workspaceId, teamId, agentId };
    if (isMember) await send(addTeamMember, { params });
    else await send(removeTeamMember, { params });
  }
  const isMember = action === "add";
  return agentIds.map((agentId) => ({
    agentIds: [agentId],
    async run() {
      if ((await members()).has(agentId) === isMember) return null;
      await write(agentId, isMember);
      return { agentIds: [agentId], run: () => write(agentId, !isMember).then(() => null) };
    },
  }));
}

/** Returns one task per agent. The current rules are read once, for undo. */
function assignmentTasks(place: BulkPlace, ruleId: string | null, agentIds: readonly string[]): BulkTask[] {
  const { workspaceId, send } = place;
  const ruleOf = once(async () => {
    const rules = await readAll((query) => send(listCapacityRules, { params: { workspaceId }, query }));
    return new Map(rules.flatMap((rule) => rule.assignedAgentIds.map((agentId) => [agentId, rule.id])));
  });
  /** Assigning a rule replaces the previous one, so only a move to "no rule" unassigns. */
  async function move(agentId: string, from: string | null, to: string | null): Promise<void> {
    const capacityRuleId = to ?? from;
    if (capacityRuleId === null || from === to) return;
    const params = { workspaceId, capacityRuleId, agentId };
    if (to) await send(assignCapacityRule, { params });
    else await send(unassignCapacityRule, { params });
  }
  return agentIds.map((agentId) => ({
    agentIds: [agentId],
    async run() {
      const before = (await ruleOf()).get(agentId) ?? null;
      if (before === ruleId) return null;
      await move(agentId, before, ruleId);
      return { agentIds: [agentId], run: () => move(agentId, ruleId, before).then(() => null) };
    },
  }));
}
