import { accessKeyRoutes } from "@/lib/access-keys/routes";
import { agentRoutes } from "@/lib/agents/routes";
import { auditRoutes } from "@/lib/audit/routes";
import { authRoutes } from "@/lib/auth/routes";
import { availabilityRoutes } from "@/lib/availability/routes";
import { capacityRoutes } from "@/lib/capacity/routes";
import { healthRoutes } from "@/lib/health/routes";
import { holidayRoutes } from "@/lib/holidays/routes";
import { createRouter } from "@/lib/http/router";
import { ledgerRoutes } from "@/lib/ledger/routes";
import { mediaRoutes } from "@/lib/media/routes";
import { passwordResetRoutes } from "@/lib/password-resets/routes";
import { peopleRoutes } from "@/lib/people/routes";
import { referenceRoutes } from "@/lib/reference/routes";
import { roleRoutes } from "@/lib/roles/routes";
import { senderRoutes } from "@/lib/senders/routes";
import { sessionRoutes } from "@/lib/sessions/routes";
import { skillRoutes } from "@/lib/skills/routes";
import { fileRoutes } from "@/lib/storage/routes";
import { teamRoutes } from "@/lib/teams/routes";
import { viewRoutes } from "@/lib/views/routes";
import { workloadRoutes } from "@/lib/workload/routes";
import { workspaceRoutes } from "@/lib/workspaces/routes";

/** Every operation with what carries it out: the one list, whichever server mounts it. */
export const routes = [
  ...healthRoutes,
  ...authRoutes,
  ...sessionRoutes,
  ...passwordResetRoutes,
  ...workspaceRoutes,
  ...agentRoutes,
  ...availabilityRoutes,
  ...workloadRoutes,
  ...mediaRoutes,
  ...ledgerRoutes,
  ...auditRoutes,
  ...teamRoutes,
  ...skillRoutes,
  ...capacityRoutes,
  ...senderRoutes,
  ...roleRoutes,
  ...peopleRoutes,
  ...accessKeyRoutes,
  ...viewRoutes,
  ...holidayRoutes,
  ...referenceRoutes,
  ...fileRoutes,
];

/**
 * Answers any request to the API. A client written for the original host keeps its paths and changes its base URL alone:
 * its workspaces are found without `/api` before them, too.
 */
export const dispatch = createRouter(routes, { "/workspaces": "/api/workspaces" });
