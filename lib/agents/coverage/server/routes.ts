import {
  createChangeSet,
  getChangeSet,
  listChangeSets,
  previewCoverage,
  previewTimeOff,
  undoChangeSet,
} from "@/lib/agents/coverage/changes-contract";
import { getCoverage, listCoverageRisks } from "@/lib/agents/coverage/contract";
import {
  createCoverageNeed,
  deleteCoverageNeed,
  getCoverageNeed,
  listCoverageNeeds,
  patchCoverageNeed,
} from "@/lib/agents/coverage/needs-contract";
import { listPlanner, listScheduleFindings } from "@/lib/agents/coverage/planner-contract";
import type { ChangeSetService } from "@/lib/agents/coverage/server/change-set-service";
import type { CoverageNeedService } from "@/lib/agents/coverage/server/needs-service";
import type { PlannerService } from "@/lib/agents/coverage/server/planner-service";
import type { PreviewService } from "@/lib/agents/coverage/server/preview-service";
import type { CoverageService } from "@/lib/agents/coverage/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{
  coverage: CoverageService;
  coverageNeeds: CoverageNeedService;
  planner: PlannerService;
  changeSets: ChangeSetService;
  coveragePreviews: PreviewService;
}>();

export const coverageRoutes = [
  route(listCoverageNeeds, async ({ actor, query }, { coverageNeeds }) => ({
    data: await coverageNeeds.list(actor, query),
  })),
  route(createCoverageNeed, ({ actor, body, now }, { coverageNeeds }) =>
    coverageNeeds.create(actor, body, now),
  ),
  route(getCoverageNeed, ({ actor, params }, { coverageNeeds }) =>
    coverageNeeds.get(actor, params.coverageNeedId),
  ),
  route(patchCoverageNeed, ({ actor, params, body, ifMatch, now }, { coverageNeeds }) =>
    coverageNeeds.change(actor, params.coverageNeedId, body, { ifMatch, now }),
  ),
  route(deleteCoverageNeed, ({ actor, params, ifMatch, now }, { coverageNeeds }) =>
    coverageNeeds.delete(actor, params.coverageNeedId, { ifMatch, now }),
  ),
  route(getCoverage, async ({ actor, query }, { coverage }) => ({
    data: await coverage.coverage(actor, query),
  })),
  route(listCoverageRisks, async ({ actor, query }, { coverage }) => ({
    data: await coverage.risks(actor, query),
  })),
  route(previewCoverage, async ({ actor, body, now }, { coveragePreviews }) => ({
    data: await coveragePreviews.preview(actor, body, now),
  })),
  route(previewTimeOff, async ({ actor, body, now }, { coveragePreviews }) => ({
    data: await coveragePreviews.previewTimeOff(actor, body, now),
  })),
  route(listChangeSets, async ({ actor, query }, { changeSets }) => ({
    data: await changeSets.list(actor, query),
  })),
  route(createChangeSet, async ({ actor, body, now }, { changeSets }) => ({
    data: await changeSets.create(actor, body, now),
  })),
  route(getChangeSet, async ({ actor, params }, { changeSets }) => ({
    data: await changeSets.get(actor, params.changeSetId),
  })),
  route(undoChangeSet, async ({ actor, params, now }, { changeSets }) => ({
    data: await changeSets.undo(actor, params.changeSetId, now),
  })),
  route(listScheduleFindings, async ({ actor, query, now }, { coverage }) => ({
    data: await coverage.findings(actor, query, now),
  })),
  route(listPlanner, async ({ actor, query, now }, { planner }) => ({
    data: await planner.list(actor, query, now),
  })),
];
