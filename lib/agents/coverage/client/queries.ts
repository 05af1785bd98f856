import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  coveragePreviewDraftSchema,
  timeOffPreviewDraftSchema,
} from "@/lib/agents/coverage/changes-contract";
import {
  getCoverage,
  listCoverageRisks,
  listScheduleFindings,
  previewCoverage,
  previewTimeOff,
} from "@/lib/agents/coverage/client/calls";
import type { coverageQuerySchema, coverageRisksQuerySchema } from "@/lib/agents/coverage/contract";
import { coverageKeys } from "@/lib/platform/client/cache-keys";
import { read } from "@/lib/platform/client/request";

/** Query of how many agents are scheduled and needed. */
export function coverageQuery(workspaceId: string, query: z.input<typeof coverageQuerySchema>) {
  return queryOptions({
    queryKey: coverageKeys.numbers(workspaceId, query),
    queryFn: read(getCoverage, { params: { workspaceId }, query }),
    staleTime: 30_000,
  });
}

/** Query of stretches with too few agents. */
export function coverageRisksQuery(workspaceId: string, query: z.input<typeof coverageRisksQuerySchema>) {
  return queryOptions({
    queryKey: coverageKeys.risks(workspaceId, query),
    queryFn: read(listCoverageRisks, { params: { workspaceId }, query }),
    staleTime: 30_000,
  });
}

/** Query of probable mistakes in schedules. */
export function scheduleFindingsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: coverageKeys.findings(workspaceId),
    queryFn: read(listScheduleFindings, { params: { workspaceId }, query: {} }),
    staleTime: 60_000,
  });
}

/** Query of the effect of time off on coverage. */
export function timeOffPreviewQuery(workspaceId: string, body: z.input<typeof timeOffPreviewDraftSchema>) {
  return queryOptions({
    queryKey: coverageKeys.preview(workspaceId, { timeOff: body }),
    queryFn: read(previewTimeOff, { params: { workspaceId }, body }),
    staleTime: 10_000,
  });
}

/** Changes to preview, and the dates for which to do so. */
export type CoverageDraft = z.input<typeof coveragePreviewDraftSchema>;

/** Query of the effect of changes on coverage. */
export function coveragePreviewQuery(workspaceId: string, body: CoverageDraft) {
  return queryOptions({
    queryKey: coverageKeys.preview(workspaceId, { changes: body }),
    queryFn: read(previewCoverage, { params: { workspaceId }, body }),
    staleTime: 10_000,
  });
}
