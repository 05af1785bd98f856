import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { agentKeys, teamKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";
import {
  createTeam,
  deleteTeam,
  getTeam,
  getTeamUsage,
  listTeams,
  patchTeam,
} from "@/lib/workforce/teams/client/calls";
import type {
  Team,
  TeamWithMembers,
  teamChangeSchema,
  teamDraftSchema,
} from "@/lib/workforce/teams/contract";

export function allTeamsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: teamKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listTeams, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

export function teamQuery(workspaceId: string, teamId: string) {
  return queryOptions({
    // Not under the key of all teams: invalidating those after a deletion would refetch the deleted team.
    queryKey: ["team", workspaceId, teamId],
    queryFn: async ({ signal }) => (await request(getTeam, { params: { workspaceId, teamId }, signal })).data,
    staleTime: 0,
  });
}

/** Query of what deleting a team would affect. Never cached. */
export function teamUsageQuery(workspaceId: string, teamId: string) {
  return queryOptions({
    queryKey: ["teamUsage", workspaceId, teamId],
    queryFn: async ({ signal }) =>
      (await request(getTeamUsage, { params: { workspaceId, teamId }, signal })).data,
    staleTime: 0,
  });
}

/** Returns a team without members, as in lists. */
const listed = ({ members: _, ...team }: TeamWithMembers): Team => team;

export function useCreateTeam(workspaceId: string) {
  return useListWrite<Team, z.input<typeof teamDraftSchema>, TeamWithMembers>({
    list: teamKeys.list(workspaceId),
    write: async (body) => (await request(createTeam, { params: { workspaceId }, body })).data,
    settle: (items, team) => put(items, listed(team)),
    touches: [teamKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}

/** Returns a team in the shape of a change, for comparison. */
const changeable = ({ members, ...team }: TeamWithMembers) => ({
  ...team,
  agentIds: members.map((member) => member.agentId).sort(),
});

export type TeamWrite = Guarded<TeamWithMembers, z.input<typeof teamChangeSchema>>;

export function useChangeTeam(workspaceId: string) {
  return useListWrite<Team, TeamWrite, TeamWithMembers>({
    list: teamKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, teamId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getTeam, { params }),
        async (ifMatch) => (await request(patchTeam, { params, body: guarded.change, ifMatch })).data,
        changeable,
      );
    },
    optimistic: (items, { id, change: { agentIds: _, ...change } }) => merge(items, id, change),
    settle: (items, team) => put(items, listed(team)),
    touches: [teamKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}

export function useDeleteTeam(workspaceId: string) {
  return useListWrite<Team, string, void>({
    list: teamKeys.list(workspaceId),
    write: async (teamId) => {
      await request(deleteTeam, { params: { workspaceId, teamId } });
    },
    optimistic: without,
    touches: [teamKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}
