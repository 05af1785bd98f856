import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { createTeam, listTeams } from "@/lib/teams/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listTeams, async ({ actor, query }) => ({ data: await getServices().teams.list(actor, query) })),
  route(createTeam, ({ actor, body, now }) => getServices().teams.create(actor, body, now)),
);
