import type { BulkTask } from "@/lib/agents/bulk";
import { deleteAgent, getAgent, patchAgent } from "@/lib/agents/calls";
import type { Agent, AgentChange } from "@/lib/agents/contract";
import { patchAvailability } from "@/lib/availability/calls";
import type { Availability, AvailabilityChange } from "@/lib/availability/contract";
import { listCapacityRules, patchCapacityRule } from "@/lib/capacity/calls";
import type { CapacityRule } from "@/lib/capacity/contract";
import { RequestError } from "@/lib/http/client";
import { readAll, type request } from "@/lib/http/request";
import { getTeam, patchTeam } from "@/lib/teams/calls";

type ProfileChange = Pick<AgentChange, "timezone" | "weeklySchedule">;

/** What can be done to many agents at once. */
export type BulkChange =
  | { kind: "availability"; change: AvailabilityChange }
  | { kind: "profile"; change: ProfileChange }
  | { kind: "team"; teamId: string; action: "add" | "remove" }
  /** Null takes their own rule from them: the default bounds them again. */
  | { kind: "capacityRule"; ruleId: string | null }
  | { kind: "delete" };

/** Where a change happens and how it is sent. */
export interface BulkPlace {
  workspaceId: string;
  send: typeof request;
}

/** The tasks of a change. Teams and rules are written whole, so all agents of such a change are one task. */
export function bulkTasks(change: BulkChange, agentIds: readonly string[], place: BulkPlace): BulkTask[] {
  switch (change.kind) {
    case "team":
      return [membershipTask(place, change.teamId, change.action, agentIds)];
    case "capacityRule":
      return [assignmentTask(place, new Map(agentIds.map((id) => [id, change.ruleId])))];
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
 * Reads an agent and writes it against the tag just read: what was there before has to be known for undoing, and the tag
 * makes sure that it is what is replaced. When somebody was quicker it is read and written once more, because the change
 * does not depend on what was there.
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
      if (!again || !(error instanceof RequestError) || error.status !== 412) throw error;
    }
  }
}

/** The change that leads back from one availability to another, in what the first change names. */
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

function membershipTask(
  place: BulkPlace,
  teamId: string,
  action: "add" | "remove",
  agentIds: readonly string[],
): BulkTask {
  const { workspaceId, send } = place;
  return {
    agentIds,
    async run(signal) {
      const { data } = await send(getTeam, { params: { workspaceId, teamId }, signal });
      const members = new Set(data.members.map((member) => member.agentId));
      const touched = agentIds.filter((id) => members.has(id) === (action === "remove"));
      if (touched.length === 0) return null;
      for (const id of touched) action === "add" ? members.add(id) : members.delete(id);
      await send(patchTeam, { params: { workspaceId, teamId }, body: { agentIds: [...members] } });
      return membershipTask(place, teamId, action === "add" ? "remove" : "add", touched);
    },
  };
}

function assignmentTask(place: BulkPlace, wanted: ReadonlyMap<string, string | null>): BulkTask {
  const { workspaceId, send } = place;
  return {
    agentIds: [...wanted.keys()],
    async run(signal) {
      const rules: CapacityRule[] = await readAll((query) =>
        send(listCapacityRules, { params: { workspaceId }, query, signal }),
      );
      const before = new Map<string, string | null>([...wanted.keys()].map((id) => [id, null]));
      for (const rule of rules)
        for (const id of rule.assignedAgentIds) if (before.has(id)) before.set(id, rule.id);
      const touched = [...wanted].filter(([id, ruleId]) => before.get(id) !== ruleId);
      if (touched.length === 0) return null;
      // Naming an agent in a rule takes them out of another, so leaving one is written only for those who join none.
      for (const rule of rules) {
        const joining = touched.filter(([, ruleId]) => ruleId === rule.id).map(([id]) => id);
        const leaving = new Set(touched.filter(([, ruleId]) => ruleId === null).map(([id]) => id));
        const staying = rule.assignedAgentIds.filter((id) => !leaving.has(id));
        if (joining.length === 0 && staying.length === rule.assignedAgentIds.length) continue;
        // Those who have moved to a rule written just before must not be named in this one any more.
        const movedAway = new Set(touched.filter(([, ruleId]) => ruleId !== rule.id).map(([id]) => id));
        await send(patchCapacityRule, {
          params: { workspaceId, capacityRuleId: rule.id },
          body: { agents: [...staying.filter((id) => !movedAway.has(id)), ...joining] },
        });
      }
      return assignmentTask(place, new Map(touched.map(([id]) => [id, before.get(id) ?? null])));
    },
  };
}
