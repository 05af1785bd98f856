import { queryOptions } from "@tanstack/react-query";
import { agentKeys, teamKeys } from "@/lib/platform/client/cache-keys";
import { collection, usageQuery } from "@/lib/platform/client/collection";
import { merge, put } from "@/lib/platform/client/list-write";
import { read } from "@/lib/platform/client/request";
import * as calls from "@/lib/workforce/teams/client/calls";

export const {
  all: allTeamsQuery,
  useCreate: useCreateTeam,
  useChange: useChangeTeam,
  useDelete: useDeleteTeam,
} = collection({
  keys: teamKeys,
  calls: {
    list: calls.listTeams,
    create: calls.createTeam,
    get: calls.getTeam,
    patch: calls.patchTeam,
    delete: calls.deleteTeam,
  },
  id: "teamId",
  optimistic: (items, { id, change: { agentIds: _, ...change } }) => merge(items, id, change),
  // Lists have no members.
  settle: (items, { members: _, ...team }) => put(items, team),
  fieldsOf: ({ members, ...team }) => ({
    ...team,
    agentIds: members.map((member) => member.agentId).sort(),
  }),
  affects: (workspaceId) => [agentKeys.all(workspaceId)],
});

export function teamQuery(workspaceId: string, teamId: string) {
  return queryOptions({
    // Not under the key of all teams: invalidating those after a deletion would refetch the deleted team.
    queryKey: ["team", workspaceId, teamId],
    queryFn: read(calls.getTeam, { params: { workspaceId, teamId } }),
    staleTime: 0,
  });
}

export const teamUsageQuery = usageQuery(teamKeys, calls.getTeamUsage, "teamId");
