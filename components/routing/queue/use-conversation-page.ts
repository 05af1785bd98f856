"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { keepToken, keptToken } from "@/components/shell/page-tokens";
import { useWorkspace } from "@/components/shell/workspace-context";
import { RequestError } from "@/lib/platform/client/client";
import { type ConversationListQuery, conversationsQuery } from "@/lib/routing/conversations/client/queries";
import type { QueueAddress } from "./use-queue-address";

/** Rows per page. Reasons can be requested for at most 50 conversations at a time. */
export const pageSize = 50;

/** Returns the page of conversations for the URL, and functions to open other pages. */
export function useConversationPage({ queue, channel, view, page, after, goTo, goToStart }: QueueAddress) {
  const { workspace } = useWorkspace();
  const filter = useMemo<ConversationListQuery>(
    () => ({
      states: view === "waiting" ? ["queued", "offered"] : ["assigned"],
      ...(queue ? { queueIds: [queue] } : {}),
      ...(channel ? { channels: [channel] } : {}),
      ...(view === "assigned" ? { sortBy: "createdAt" as const } : {}),
      limit: String(pageSize),
    }),
    [queue, channel, view],
  );
  const listKey = JSON.stringify([workspace.id, "queue", filter]);
  const answer = useQuery(conversationsQuery(workspace.id, after ? { ...filter, pageToken: after } : filter));
  const { data, error } = answer;
  const nextToken = answer.isPlaceholderData ? undefined : data?.nextPageToken;
  const current = after ? Math.max(page, 2) : 1;

  // The page token has expired, or the previous conversations are gone. Start at the first page, without an
  // error.
  const isLost = error instanceof RequestError && error.code === "InvalidPageToken" && after !== null;
  useEffect(() => {
    if (isLost) goToStart("replace");
  }, [isLost, goToStart]);

  function goNext() {
    if (!nextToken) return;
    if (after) keepToken("conversations", listKey, current, after);
    keepToken("conversations", listKey, current + 1, nextToken);
    goTo(current + 1, nextToken);
  }

  function goBack() {
    const token = current > 2 ? keptToken("conversations", listKey, current - 1) : undefined;
    if (token) goTo(current - 1, token);
    else goToStart();
  }

  return {
    rows: data?.results,
    total: data?.total ?? 0,
    from: (current - 1) * pageSize + 1,
    error: isLost ? null : error,
    isUpdating: answer.isPlaceholderData,
    retry: () => void answer.refetch(),
    next: nextToken ? goNext : null,
    back: current > 1 ? goBack : null,
  };
}

export type ConversationPageState = ReturnType<typeof useConversationPage>;
