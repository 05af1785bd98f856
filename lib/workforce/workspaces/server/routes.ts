import { route } from "@/lib/platform/http/server/route";
import { listWorkspaces } from "@/lib/workforce/workspaces/contract";

export const workspaceRoutes = [
  route(listWorkspaces, async ({ principal }, { workspaces }) => ({
    data: await workspaces.list(principal),
  })),
];
