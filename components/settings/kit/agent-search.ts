"use client";

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import { listAgents } from "@/lib/agents/agents/client/calls";
import { searchFor } from "@/lib/agents/agents/client/list-state";
import type { Agent } from "@/lib/agents/agents/contract";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";

/** Maximum number of agents per request. */
export const chunkSize = 100;

/** The parts of an agent that a picker shows. */
export interface Face {
  id: string;
  name: string;
  avatarUrl: string | undefined;
  email: string | undefined;
}

const faceOf = ({ id, name, avatarUrl, userEmails }: Agent): Face => ({
  id,
  name,
  avatarUrl,
  email: userEmails[0],
});

const faceTime = 5 * 60_000;

/**
 * Searches agents by name or email. Returns up to 100 in order of name, and the total. An empty text finds
 * none.
 */
export function useFoundAgents(text: string) {
  const { workspace } = useWorkspace();
  return useQuery({
    queryKey: [...agentKeys.all(workspace.id), "found", text],
    queryFn: async ({ signal }) => {
      const query = { search: searchFor(text), sortBy: "name" as const, limit: String(chunkSize) };
      const { data } = await request(listAgents, { params: { workspaceId: workspace.id }, query, signal });
      return { agents: data.results.map(faceOf), total: data.total };
    },
    enabled: text !== "",
    placeholderData: (before) => (text === "" ? undefined : keepPreviousData(before)),
    staleTime: faceTime,
  });
}

/**
 * Fetches the first `count` agents in chunks of 100, each sorted by name. IDs of deleted agents are left out.
 */
export function useFaces(ids: readonly string[], count: number) {
  const { workspace, can } = useWorkspace();
  const chunks: (readonly string[])[] = [];
  for (let at = 0; at < Math.min(count, ids.length); at += chunkSize)
    chunks.push(ids.slice(at, at + chunkSize));
  return useQueries({
    queries: chunks.map((agentIds) => ({
      queryKey: [...agentKeys.all(workspace.id), "faces", agentIds],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const query = { agentIds: [...agentIds], limit: String(chunkSize) };
        const { data } = await request(listAgents, { params: { workspaceId: workspace.id }, query, signal });
        return data.results.map(faceOf).sort((a, b) => a.name.localeCompare(b.name));
      },
      enabled: can("agents.read"),
      staleTime: faceTime,
    })),
    combine: (results) => ({
      faces: results.flatMap(({ data }) => data ?? []),
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error)?.error ?? undefined,
    }),
  });
}

/** Returns a function that finds the face of an agent by id; undefined while it loads, and without an id. */
export function usePeople(
  ids: readonly (string | undefined)[],
): (id: string | undefined) => Face | undefined {
  // Sorted, so that the same agents in another order use the same cache entry.
  const wanted = [...new Set(ids.filter((id) => id !== undefined))].sort();
  const { faces } = useFaces(wanted, wanted.length);
  return useMemo(() => {
    const byId = new Map(faces.map((face) => [face.id, face]));
    return (id) => (id === undefined ? undefined : byId.get(id));
  }, [faces]);
}
