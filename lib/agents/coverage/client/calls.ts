import type * as contract from "@/lib/agents/coverage/contract";
import { call } from "@/lib/platform/client/call";

const workspace = "/api/workspaces/{workspaceId}";
const need = `${workspace}/coverage-needs/{coverageNeedId}` as const;

export const listCoverageNeeds = call<typeof contract.listCoverageNeeds>(
  "GET",
  `${workspace}/coverage-needs`,
);
export const createCoverageNeed = call<typeof contract.createCoverageNeed>(
  "POST",
  `${workspace}/coverage-needs`,
);
export const getCoverageNeed = call<typeof contract.getCoverageNeed>("GET", need);
export const patchCoverageNeed = call<typeof contract.patchCoverageNeed>("PATCH", need);
export const deleteCoverageNeed = call<typeof contract.deleteCoverageNeed>("DELETE", need);
export const getCoverage = call<typeof contract.getCoverage>("GET", `${workspace}/coverage`);
export const listCoverageRisks = call<typeof contract.listCoverageRisks>(
  "GET",
  `${workspace}/coverage/risks`,
);
export const previewTimeOff = call<typeof contract.previewTimeOff>("POST", `${workspace}/time-off/preview`);
export const previewCoverage = call<typeof contract.previewCoverage>("POST", `${workspace}/coverage/preview`);
export const createChangeSet = call<typeof contract.createChangeSet>("POST", `${workspace}/change-sets`);
export const undoChangeSet = call<typeof contract.undoChangeSet>(
  "POST",
  `${workspace}/change-sets/{changeSetId}/undo`,
);
export const listScheduleFindings = call<typeof contract.listScheduleFindings>(
  "GET",
  `${workspace}/schedules/findings`,
);
export const listPlanner = call<typeof contract.listPlanner>("GET", `${workspace}/planner`);
