import { recordedProperties } from "@/lib/agents/agents/properties";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import {
  changeAvailability,
  type DeclaredAvailability,
  initialAvailability,
} from "@/lib/availability/declared/rules";
import { serializeAvailability } from "@/lib/availability/declared/server/serializer";
import type { Prisma } from "@/lib/generated/prisma/client";
import { changedFields } from "@/lib/records/ledger/rules";
import type { Rows } from "@/lib/testing/factories";
import type { Random } from "@/lib/testing/random";
import type { Profile } from "./profiles";

/** The author and reason of a change. */
export interface Doer {
  kind: "user" | "accessKey";
  id: string;
  name: string;
  cause: "user" | "supervisor" | "api";
  /** When they joined, in epoch milliseconds. They make no changes before that. */
  since: number;
}

/** A change of an agent's availability or profile. */
export interface Step {
  /** Epoch milliseconds. */
  at: number;
  doer: Doer;
  availability?: AvailabilityChange;
  profile?: { before: Profile; after: Profile };
}

interface Story {
  workspaceId: string;
  agentId: string;
  agentName: string;
  /** Epoch milliseconds. */
  createdAt: number;
  creator: Doer;
  /** The profile at creation. */
  initial: Profile;
  steps: readonly Step[];
}

/** The result of applying steps. */
export interface Outcome {
  changes: Rows["changes"];
  declared: DeclaredAvailability;
  /** Time of the last profile change, in epoch milliseconds. */
  profileUpdatedAt: number;
  version: number;
}

/**
 * Applies the steps using the product's own rules and records them in the ledger. Steps without an effect
 * leave no entry.
 */
export function tell(story: Story, random: Random): Outcome {
  const { workspaceId, agentId, agentName, createdAt } = story;
  let declared = initialAvailability(createdAt);
  let profileUpdatedAt = createdAt;
  let last = createdAt;

  function entry(
    at: number,
    doer: Doer,
    action: "created" | "updated",
    fields: ReturnType<typeof changedFields>,
  ) {
    return {
      workspaceId,
      id: random.id(at),
      agentId,
      agentName,
      action,
      actorKind: doer.kind,
      actorId: doer.id,
      actorName: doer.name,
      cause: doer.cause,
      fields: fields as Prisma.InputJsonObject,
      createdAt: new Date(at),
    };
  }

  const changes: Rows["changes"] = [
    entry(createdAt, story.creator, "created", changedFields<Profile>({}, story.initial, recordedProperties)),
  ];
  for (const step of [...story.steps].sort((a, b) => a.at - b.at)) {
    const at = Math.max(step.at, last + 1000);
    let fields: ReturnType<typeof changedFields> = {};
    if (step.availability) {
      const outcome = changeAvailability(declared, step.availability, at);
      if (!outcome.ok || !outcome.changed) continue;
      fields = changedFields(serializeAvailability(declared, at), serializeAvailability(outcome.next, at), [
        "status",
        "activity",
        "activityTtl",
        "activityText",
      ]);
      declared = outcome.next;
    }
    if (step.profile) {
      fields = {
        ...fields,
        ...changedFields<Profile>(step.profile.before, step.profile.after, recordedProperties),
      };
      if (Object.keys(fields).length === 0) continue;
      profileUpdatedAt = at;
    }
    last = at;
    changes.push(entry(at, step.doer, "updated", fields));
  }
  return { changes, declared, profileUpdatedAt, version: changes.length };
}
