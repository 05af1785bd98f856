import { route } from "@/lib/http/route";
import { createTeam, deleteTeam, getTeam, getTeamUsage, listTeams, patchTeam } from "@/lib/teams/contract";

export const teamRoutes = [
  route(listTeams, async ({ actor, query }, { teams }) => ({ data: await teams.list(actor, query) })),
  route(createTeam, ({ actor, body, now }, { teams }) => teams.create(actor, body, now)),
  route(getTeam, async ({ actor, params }, { teams }) => ({ data: await teams.get(actor, params.teamId) })),
  route(patchTeam, async ({ actor, params, body, now }, { teams }) => ({
    data: await teams.change(actor, params.teamId, body, now),
  })),
  route(deleteTeam, ({ actor, params }, { teams }) => teams.delete(actor, params.teamId)),
  route(getTeamUsage, async ({ actor, params }, { teams }) => ({
    data: await teams.usage(actor, params.teamId),
  })),
];
