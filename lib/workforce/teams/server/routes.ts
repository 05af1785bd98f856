import { routeWith } from "@/lib/platform/http/server/route";
import {
  addTeamMember,
  createTeam,
  deleteTeam,
  getTeam,
  getTeamUsage,
  listTeams,
  patchTeam,
  removeTeamMember,
} from "@/lib/workforce/teams/contract";
import type { TeamService } from "@/lib/workforce/teams/server/service";

const route = routeWith<{ teams: TeamService }>();

export const teamRoutes = [
  route(listTeams, async ({ actor, query }, { teams }) => ({ data: await teams.list(actor, query) })),
  route(createTeam, ({ actor, body, now }, { teams }) => teams.create(actor, body, now)),
  route(getTeam, ({ actor, params }, { teams }) => teams.get(actor, params.teamId)),
  route(patchTeam, ({ actor, params, body, ifMatch, now }, { teams }) =>
    teams.change(actor, params.teamId, body, { ifMatch, now }),
  ),
  route(deleteTeam, ({ actor, params, ifMatch }, { teams }) => teams.delete(actor, params.teamId, ifMatch)),
  route(addTeamMember, ({ actor, params, now }, { teams }) =>
    teams.setMember(actor, params.teamId, params.agentId, true, now),
  ),
  route(removeTeamMember, ({ actor, params, now }, { teams }) =>
    teams.setMember(actor, params.teamId, params.agentId, false, now),
  ),
  route(getTeamUsage, async ({ actor, params }, { teams }) => ({
    data: await teams.usage(actor, params.teamId),
  })),
];
