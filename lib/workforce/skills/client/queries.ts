import { agentKeys, skillKeys } from "@/lib/platform/client/cache-keys";
import { collection, usageQuery } from "@/lib/platform/client/collection";
import { merge } from "@/lib/platform/client/list-write";
import * as calls from "@/lib/workforce/skills/client/calls";

export const {
  all: allSkillsQuery,
  useCreate: useCreateSkill,
  /** Changes a skill. Values missing from the new list are removed from agents who have them. */
  useChange: useChangeSkill,
  /** Deletes a skill and removes it from its agents. */
  useDelete: useDeleteSkill,
} = collection({
  keys: skillKeys,
  calls: {
    list: calls.listSkills,
    create: calls.createSkill,
    get: calls.getSkill,
    patch: calls.patchSkill,
    delete: calls.deleteSkill,
  },
  id: "skillId",
  // Values are not updated optimistically: new ones get their ids from the server.
  optimistic: (items, { id, change: { values: _, ...change } }) => merge(items, id, change),
  affects: (workspaceId) => [agentKeys.all(workspaceId)],
});

/** Query of how many agents have a skill and each of its values. */
export const skillUsageQuery = usageQuery(skillKeys, calls.getSkillUsage, "skillId");
