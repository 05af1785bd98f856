import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { listWorkspaces } from "@/lib/workspaces/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listWorkspaces, async ({ principal }) => ({ data: await getServices().workspaces.list(principal) })),
);
