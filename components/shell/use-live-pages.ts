"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { followEvents } from "@/lib/platform/events/client/follow";
import { createLiveQueries } from "./live-queries";
import { useWorkspace } from "./workspace-context";

/** Keeps all pages of the workspace up to date with changes by others. */
export function useLivePages(): void {
  const client = useQueryClient();
  const { workspace, user, eventsAfter, can } = useWorkspace();
  const after = useRef(eventsAfter);
  const isAllowed = can("agents.read");
  useEffect(() => {
    if (!isAllowed) return;
    const queries = createLiveQueries(client, workspace.id);
    const stop = followEvents({ workspaceId: workspace.id, userId: user.id, after: after.current }, queries);
    return () => {
      stop();
      queries.stop();
    };
  }, [client, workspace.id, user.id, isAllowed]);
}
