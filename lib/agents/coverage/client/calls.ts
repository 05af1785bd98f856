import type * as contract from "@/lib/agents/coverage/contract";
import { call } from "@/lib/platform/client/call";

export const listCoverageNeeds = call<typeof contract.listCoverageNeeds>(
  "GET",
  "/api/workspaces/{workspaceId}/coverage-needs",
);
export const createCoverageNeed = call<typeof contract.createCoverageNeed>(
  "POST",
  "/api/workspaces/{workspaceId}/coverage-needs",
);
export const getCoverageNeed = call<typeof contract.getCoverageNeed>(
  "GET",
  "/api/workspaces/{workspaceId}/coverage-needs/{coverageNeedId}",
);
export const patchCoverageNeed = call<typeof contract.patchCoverageNeed>(
  "PATCH",
  "/api/workspaces/{workspaceId}/coverage-needs/{coverageNeedId}",
);
export const deleteCoverageNeed = call<typeof contract.deleteCoverageNeed>(
  "DELETE",
  "/api/workspaces/{workspaceId}/coverage-needs/{coverageNeedId}",
);
export const getCoverage = call<typeof contract.getCoverage>("GET", "/api/workspaces/{workspaceId}/coverage");
export const listCoverageRisks = call<typeof contract.listCoverageRisks>(
  "GET",
  "/api/workspaces/{workspaceId}/coverage/risks",
);
export const previewTimeOff = call<typeof contract.previewTimeOff>(
  "POST",
  "/api/workspaces/{workspaceId}/time-off/preview",
);
export const previewCoverage = call<typeof contract.previewCoverage>(
  "POST",
  "/api/workspaces/{workspaceId}/coverage/preview",
);
export const createChangeSet = call<typeof contract.createChangeSet>(
  "POST",
  "/api/workspaces/{workspaceId}/change-sets",
);
export const undoChangeSet = call<typeof contract.undoChangeSet>(
  "POST",
  "/api/workspaces/{workspaceId}/change-sets/{changeSetId}/undo",
);
export const listScheduleFindings = call<typeof contract.listScheduleFindings>(
  "GET",
  "/api/workspaces/{workspaceId}/schedules/findings",
);
export const listPlanner = call<typeof contract.listPlanner>("GET", "/api/workspaces/{workspaceId}/planner");
