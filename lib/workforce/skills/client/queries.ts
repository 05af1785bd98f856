import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { agentKeys, skillKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";
import {
  createSkill,
  deleteSkill,
  getSkill,
  getSkillUsage,
  listSkills,
  patchSkill,
} from "@/lib/workforce/skills/client/calls";
import type { Skill, skillChangeSchema, skillDraftSchema } from "@/lib/workforce/skills/contract";

export function allSkillsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: skillKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listSkills, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** Query of how many agents have a skill and each of its values. Never cached. */
export function skillUsageQuery(workspaceId: string, skillId: string) {
  return queryOptions({
    // Not under the key of all skills: invalidating those after a deletion would refetch the deleted skill.
    queryKey: ["skillUsage", workspaceId, skillId],
    queryFn: async ({ signal }) =>
      (await request(getSkillUsage, { params: { workspaceId, skillId }, signal })).data,
    staleTime: 0,
  });
}

export function useCreateSkill(workspaceId: string) {
  return useListWrite<Skill, z.input<typeof skillDraftSchema>, Skill>({
    list: skillKeys.list(workspaceId),
    write: async (body) => (await request(createSkill, { params: { workspaceId }, body })).data,
    settle: put,
    touches: [skillKeys.all(workspaceId)],
  });
}

export type SkillWrite = Guarded<Skill, z.input<typeof skillChangeSchema>>;

/** Changes a skill. Values missing from the new list are removed from agents who have them. */
export function useChangeSkill(workspaceId: string) {
  return useListWrite<Skill, SkillWrite, Skill>({
    list: skillKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, skillId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getSkill, { params }),
        async (ifMatch) => (await request(patchSkill, { params, body: guarded.change, ifMatch })).data,
      );
    },
    // Values are not updated optimistically: new ones get their ids from the server.
    optimistic: (items, { id, change: { values: _, ...change } }) => merge(items, id, change),
    settle: put,
    touches: [skillKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}

/** Deletes a skill and removes it from its agents. */
export function useDeleteSkill(workspaceId: string) {
  return useListWrite<Skill, string, void>({
    list: skillKeys.list(workspaceId),
    write: async (skillId) => {
      await request(deleteSkill, { params: { workspaceId, skillId } });
    },
    optimistic: without,
    touches: [skillKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}
