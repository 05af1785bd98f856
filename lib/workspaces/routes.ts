import { route } from "@/lib/http/route";
import { listWorkspaces } from "@/lib/workspaces/contract";

export const workspaceRoutes = [
  route(listWorkspaces, async ({ principal }, { workspaces }) => ({
    data: await workspaces.list(principal),
  })),
];
