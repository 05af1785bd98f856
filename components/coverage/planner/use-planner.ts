"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useLocale } from "use-intl";
import type { ListState } from "@/components/agents/list/use-list-state";
import type { Period } from "@/components/coverage/period";
import { useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { anchorOf, toListQuery } from "@/lib/agents/agents/client/list-state";
import { plannerPagesQuery, wholePlannerQuery } from "@/lib/agents/coverage/client/planner";
import { coverageQuery } from "@/lib/agents/coverage/client/queries";
import { pageNow } from "@/lib/platform/client/page-clock";
import { isoDate } from "@/lib/platform/time/calendar";
import { groupedByTeam, ungrouped } from "./lines";
import { numbersByGroup, numbersIn } from "./numbers";

/** Maximum number of agents to group. A group is shown as a whole, so all agents are read. */
export const mostGrouped = 1000;

/** Returns the rows of a period and its coverage. Rows that are not grouped load on demand. */
export function usePlanner(period: Period, { filters, order }: ListState, isGrouped: boolean) {
  const { workspace } = useWorkspace();
  const timezone = useViewerZone();
  const locale = useLocale();
  const [anchor] = useState(() => anchorOf(pageNow()));
  // Dates are local to each agent, and zones are up to 26 hours apart.
  const range = { from: isoDate(period.first - 1), to: isoDate(period.last + 1) };
  const query = { ...toListQuery(filters, order, { anchor, timezone }), ...range };
  const whole = useQuery({ ...wholePlannerQuery(workspace.id, query, mostGrouped), enabled: isGrouped });
  const isTooLong = isGrouped && whole.data?.isWhole === false;
  const isPaged = !isGrouped || isTooLong;
  const paged = useInfiniteQuery({ ...plannerPagesQuery(workspace.id, query), enabled: isPaged });
  const answer = isPaged ? paged : whole;
  const scope = {
    ...range,
    step: period.days.length > 1 ? ("60" as const) : ("30" as const),
    ...(filters.teams.length > 0 ? { teamIds: filters.teams } : {}),
    ...(filters.skills.length > 0 ? { skillIds: filters.skills } : {}),
  };
  const coverage = useQuery(coverageQuery(workspace.id, scope));
  const byTeam = useQuery({
    ...coverageQuery(workspace.id, { ...scope, groupBy: "team" }),
    enabled: !isPaged,
  });
  const { data } = answer;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = paged;
  const rows = useMemo(() => data?.pages.flatMap(({ results }) => results), [data]);
  const groups = useMemo(() => {
    if (!rows) return undefined;
    return isPaged ? ungrouped(rows) : groupedByTeam(rows, filters.teams, locale);
  }, [rows, isPaged, filters.teams, locale]);
  const more = useCallback(() => {
    if (isPaged && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isPaged, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const numbers = useMemo(
    () => (coverage.data ? numbersIn(coverage.data, period) : undefined),
    [coverage.data, period],
  );
  const teamNumbers = useMemo(
    () => (byTeam.data ? numbersByGroup(byTeam.data, period) : undefined),
    [byTeam.data, period],
  );
  return {
    rows,
    groups,
    /** Whether too many agents match to group them. */
    isTooLong,
    total: data?.pages[0]?.total ?? 0,
    more,
    numbers,
    teamNumbers,
    error: answer.error,
    coverageError: coverage.error ?? byTeam.error,
    isUpdating: answer.isPlaceholderData,
    retry: () => {
      void answer.refetch();
      void coverage.refetch();
      if (!isPaged) void byTeam.refetch();
    },
  };
}
