import { optional, timestamp } from "@/lib/platform/http/wire";
import type { Queue } from "@/lib/routing/queues/contract";
import { stepsOf } from "@/lib/routing/queues/rules";
import type { QueueRow } from "@/lib/routing/queues/server/repository";
import { queueTeamTypes } from "@/lib/routing/queues/values";

export function serializeQueue(row: QueueRow): Queue {
  const idsOf = (kind: string, step = 0) =>
    row.teams.filter((team) => team.kind === kind && team.step === step).map(({ id }) => id);
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    name: row.name,
    ...optional("description", row.description),
    default: row.isDefault,
    priority: row.priority,
    teams: queueTeamTypes.map((type) => ({ type, ids: idsOf(type) })).filter(({ ids }) => ids.length > 0),
    offerMode: row.offerMode,
    offerTimeout: row.offerTimeout,
    strategy: row.strategy,
    targetSeconds: row.targetSeconds,
    steps: stepsOf(row.steps, (place) => idsOf("step", place)).map(({ teamIds, ...step }) =>
      teamIds.length > 0 ? { ...step, teamIds } : step,
    ),
    rampSeconds: row.rampSeconds,
    queuedItems: { messaging: 0, email: 0, voice: 0, ...row.queuedItems },
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}
