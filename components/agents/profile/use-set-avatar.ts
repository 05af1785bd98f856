"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { getAgent, patchAgent } from "@/lib/agents/agents/client/calls";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { RequestError } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";

/**
 * Saves an agent's picture immediately, apart from the form. If someone else has changed the agent, it
 * fetches the new ETag and retries.
 */
export function useSetAvatar(
  workspaceId: string,
  agentId: string,
): (avatarUrl: string | null) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (avatarUrl) => {
      const key = agentKeys.one(workspaceId, agentId);
      const params = { workspaceId, agentId };
      const send = (etag: string | undefined) =>
        request(patchAgent, { params, body: { avatarUrl }, ...(etag ? { ifMatch: etag } : {}) });
      let answer: ReadAgent;
      try {
        answer = await send(client.getQueryData<ReadAgent>(key)?.etag);
      } catch (error) {
        if (!(error instanceof RequestError) || error.status !== 412) throw error;
        answer = await send((await request(getAgent, { params })).etag);
      }
      client.setQueryData<ReadAgent>(key, answer);
      void client.invalidateQueries({ queryKey: agentKeys.lists(workspaceId) });
    },
    [client, workspaceId, agentId],
  );
}
