import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { getTeamUsage } from "@/lib/teams/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getTeamUsage, async ({ actor, params }) => ({
    data: await getServices().teams.usage(actor, params.teamId),
  })),
);
