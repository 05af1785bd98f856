import { createRouter } from "@/lib/platform/http/server/router";
import { routes } from "@/lib/routes";
import { getServices } from "@/lib/services";

/**
 * Handles all API requests. Also serves workspaces without `/api`, so that clients of the original host only
 * need to change the base URL.
 */
export const dispatch = createRouter(routes, getServices, { "/workspaces": "/api/workspaces" });
