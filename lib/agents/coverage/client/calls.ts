import type * as changes from "@/lib/agents/coverage/changes-contract";
import type * as contract from "@/lib/agents/coverage/contract";
import type * as needs from "@/lib/agents/coverage/needs-contract";
import type * as planner from "@/lib/agents/coverage/planner-contract";
import { call } from "@/lib/platform/client/call";

const workspace = "/api/workspaces/{workspaceId}";
const need = `${workspace}/coverage-needs/{coverageNeedId}` as const;

export const listCoverageNeeds = call<typeof needs.listCoverageNeeds>("GET", `${workspace}/coverage-needs`);
export const createCoverageNeed = call<typeof needs.createCoverageNeed>(
  "POST",
  `${workspace}/coverage-needs`,
);
export const getCoverageNeed = call<typeof needs.getCoverageNeed>("GET", need);
export const patchCoverageNeed = call<typeof needs.patchCoverageNeed>("PATCH", need);
export const deleteCoverageNeed = call<typeof needs.deleteCoverageNeed>("DELETE", need);
export const getCoverage = call<typeof contract.getCoverage>("GET", `${workspace}/coverage`);
export const listCoverageRisks = call<typeof contract.listCoverageRisks>(
  "GET",
  `${workspace}/coverage/risks`,
);
export const previewTimeOff = call<typeof changes.previewTimeOff>("POST", `${workspace}/time-off/preview`);
export const previewCoverage = call<typeof changes.previewCoverage>("POST", `${workspace}/coverage/preview`);
export const createChangeSet = call<typeof changes.createChangeSet>("POST", `${workspace}/change-sets`);
export const undoChangeSet = call<typeof changes.undoChangeSet>(
  "POST",
  `${workspace}/change-sets/{changeSetId}/undo`,
);
export const listScheduleFindings = call<typeof planner.listScheduleFindings>(
  "GET",
  `${workspace}/schedules/findings`,
);
export const listPlanner = call<typeof planner.listPlanner>("GET", `${workspace}/planner`);
