import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { getTeam } from "@/lib/teams/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getTeam, async ({ actor, params }) => ({
    data: await getServices().teams.get(actor, params.teamId),
  })),
);
