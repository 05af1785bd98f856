import { routeWith } from "@/lib/platform/http/server/route";
import { listWorkspaces } from "@/lib/workforce/workspaces/contract";
import type { WorkspaceService } from "@/lib/workforce/workspaces/server/service";

const route = routeWith<{ workspaces: WorkspaceService }>();

export const workspaceRoutes = [
  route(listWorkspaces, async ({ principal }, { workspaces }) => ({
    data: await workspaces.list(principal),
  })),
];
