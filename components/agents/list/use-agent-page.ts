"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { keepToken, keptToken } from "@/components/shell/page-tokens";
import { useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { anchorOf, toListQuery } from "@/lib/agents/agents/client/list-state";
import { agentListQuery } from "@/lib/agents/agents/client/queries";
import { RequestError } from "@/lib/platform/client/client";
import { pageNow } from "@/lib/platform/client/page-clock";
import type { ListState } from "./use-list-state";

/**
 * Returns the current minute, from which relative filters are counted. Does not update while `isNeeded` is
 * false.
 */
function useAnchor(isNeeded: boolean): number {
  const [anchor, setAnchor] = useState(() => anchorOf(pageNow()));
  useEffect(() => {
    if (!isNeeded) return;
    const look = () => setAnchor(anchorOf(pageNow()));
    look();
    const timer = setInterval(look, 30_000);
    return () => clearInterval(timer);
  }, [isNeeded]);
  return anchor;
}

/** Returns the page of agents for the URL, and functions to open other pages. */
export function useAgentPage(list: ListState) {
  const { workspace } = useWorkspace();
  const viewerZone = useViewerZone();
  const client = useQueryClient();
  const { place, filters, order, goTo, goToStart } = list;
  const isRelative = filters.changed !== null;
  const now = useAnchor(isRelative);
  const anchor = place.at ?? now;

  const query = useMemo(
    () => toListQuery(filters, order, { anchor, timezone: viewerZone }, place.after),
    [filters, order, anchor, viewerZone, place.after],
  );
  // Identifies the list among the page tokens: its query without the page.
  const listKey = useMemo(
    () =>
      JSON.stringify([
        workspace.id,
        toListQuery(filters, order, { anchor: place.at ?? 0, timezone: viewerZone }),
      ]),
    [workspace.id, filters, order, place.at, viewerZone],
  );
  const answer = useQuery(agentListQuery(workspace.id, query));
  const { data, error } = answer;
  const nextToken = answer.isPlaceholderData ? undefined : data?.nextPageToken;
  const page = place.after ? Math.max(place.page, 2) : 1;

  // The page token has expired or no longer fits the list: start again at the first page, without an error.
  const isLost = error instanceof RequestError && error.code === "InvalidPageToken" && place.after !== null;
  useEffect(() => {
    if (isLost) goToStart("replace");
  }, [isLost, goToStart]);

  const prefetchNext = useCallback(() => {
    if (nextToken)
      void client.prefetchQuery(agentListQuery(workspace.id, { ...query, pageToken: nextToken }));
  }, [client, workspace.id, query, nextToken]);

  useEffect(() => {
    if (!nextToken) return;
    if (typeof requestIdleCallback === "undefined") return;
    const handle = requestIdleCallback(prefetchNext, { timeout: 4_000 });
    return () => cancelIdleCallback(handle);
  }, [nextToken, prefetchNext]);

  const goNext = useCallback(() => {
    if (!nextToken) return;
    const at = isRelative ? anchor : null;
    const key = JSON.stringify([
      workspace.id,
      toListQuery(filters, order, { anchor: at ?? 0, timezone: viewerZone }),
    ]);
    if (place.after) keepToken("agents", key, page, place.after);
    keepToken("agents", key, page + 1, nextToken);
    goTo(page + 1, nextToken, at);
  }, [nextToken, isRelative, anchor, workspace.id, filters, order, viewerZone, place.after, page, goTo]);

  const goBack = useCallback(() => {
    const token = page > 2 ? keptToken("agents", listKey, page - 1) : undefined;
    if (token) goTo(page - 1, token, place.at);
    else if (page > 1) goToStart();
  }, [page, listKey, place.at, goTo, goToStart]);

  return {
    /** The rows; those of the previous query while the new one loads. */
    data,
    error: isLost ? null : error,
    query,
    page,
    /** Whether the rows are still those of the previous query. */
    isUpdating: answer.isPlaceholderData,
    isFirstLoad: answer.isPending,
    isOffline: answer.fetchStatus === "paused",
    retry: () => void answer.refetch(),
    next: nextToken ? goNext : null,
    back: page > 1 ? goBack : null,
    prefetchNext,
  };
}

export type AgentPageState = ReturnType<typeof useAgentPage>;
