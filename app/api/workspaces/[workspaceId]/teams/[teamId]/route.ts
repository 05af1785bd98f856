import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { deleteTeam, getTeam, patchTeam } from "@/lib/teams/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getTeam, async ({ actor, params }) => ({
    data: await getServices().teams.get(actor, params.teamId),
  })),
  route(patchTeam, async ({ actor, params, body, now }) => ({
    data: await getServices().teams.change(actor, params.teamId, body, now),
  })),
  route(deleteTeam, ({ actor, params }) => getServices().teams.delete(actor, params.teamId)),
);
