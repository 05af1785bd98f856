import { accessKeyRoutes } from "@/lib/access/access-keys/server/routes";
import { authRoutes } from "@/lib/access/auth/server/routes";
import { passwordResetRoutes } from "@/lib/access/password-resets/server/routes";
import { peopleRoutes } from "@/lib/access/people/server/routes";
import { roleRoutes } from "@/lib/access/roles/server/routes";
import { sessionRoutes } from "@/lib/access/sessions/server/routes";
import { agentRoutes } from "@/lib/agents/agents/server/routes";
import { attentionRoutes } from "@/lib/agents/attention/server/routes";
import { coverageRoutes } from "@/lib/agents/coverage/server/routes";
import { inboxRoutes } from "@/lib/agents/inbox/server/routes";
import { viewRoutes } from "@/lib/agents/views/server/routes";
import { availabilityRoutes } from "@/lib/availability/declared/server/routes";
import { effectiveRoutes } from "@/lib/availability/effective/server/routes";
import { presenceRoutes } from "@/lib/availability/presence/server/routes";
import { presetRoutes } from "@/lib/availability/presets/server/routes";
import { spanRoutes } from "@/lib/availability/spans/server/routes";
import { workloadRoutes } from "@/lib/availability/workload/server/routes";
import { holidayCalendarRoutes } from "@/lib/hours/holiday-calendars/server/routes";
import { holidayRoutes } from "@/lib/hours/public-holidays/server/routes";
import { shiftRoutes } from "@/lib/hours/shifts/server/routes";
import { timeOffRoutes } from "@/lib/hours/time-off/server/routes";
import { weekRoutes } from "@/lib/hours/weeks/server/routes";
import { demoRoutes } from "@/lib/outward/demo/server/routes";
import { healthRoutes } from "@/lib/outward/health/server/routes";
import { referenceRoutes } from "@/lib/outward/reference/server/routes";
import { eventRoutes } from "@/lib/platform/events/server/routes";
import type { Operation } from "@/lib/platform/http/operation";
import type { Route } from "@/lib/platform/http/server/route";
import { fileRoutes } from "@/lib/platform/storage/server/routes";
import { auditRoutes } from "@/lib/records/audit/server/routes";
import { ledgerRoutes } from "@/lib/records/ledger/server/routes";
import { conversationRoutes } from "@/lib/routing/conversations/server/routes";
import { matchingRoutes } from "@/lib/routing/matching/server/routes";
import { offerRoutes } from "@/lib/routing/offers/server/routes";
import { queueRoutes } from "@/lib/routing/queues/server/routes";
import type { Services } from "@/lib/services";
import { capacityRoutes } from "@/lib/workforce/capacity/server/routes";
import { mediaRoutes } from "@/lib/workforce/media/server/routes";
import { senderRoutes } from "@/lib/workforce/senders/server/routes";
import { skillRoutes } from "@/lib/workforce/skills/server/routes";
import { teamRoutes } from "@/lib/workforce/teams/server/routes";
import { workspaceRoutes } from "@/lib/workforce/workspaces/server/routes";

/** All routes, for every server, in the order of the reference. */
export const routes: readonly Route<Services>[] = [
  ...agentRoutes,
  ...availabilityRoutes,
  ...presetRoutes,
  ...effectiveRoutes,
  ...inboxRoutes,
  ...attentionRoutes,
  ...spanRoutes,
  ...workloadRoutes,
  ...presenceRoutes,
  ...queueRoutes,
  ...conversationRoutes,
  ...matchingRoutes,
  ...offerRoutes,
  ...shiftRoutes,
  ...weekRoutes,
  ...holidayCalendarRoutes,
  ...timeOffRoutes,
  ...coverageRoutes,
  ...mediaRoutes,
  ...teamRoutes,
  ...skillRoutes,
  ...capacityRoutes,
  ...senderRoutes,
  ...roleRoutes,
  ...viewRoutes,
  ...ledgerRoutes,
  ...eventRoutes,
  ...auditRoutes,
  ...peopleRoutes,
  ...accessKeyRoutes,
  ...workspaceRoutes,
  ...holidayRoutes,
  ...authRoutes,
  ...passwordResetRoutes,
  ...sessionRoutes,
  ...demoRoutes,
  ...healthRoutes,
  ...referenceRoutes(() => operations),
  ...fileRoutes,
];

/** All operations of the API. */
export const operations: readonly Operation[] = routes.flatMap(({ operation }) => operation ?? []);
