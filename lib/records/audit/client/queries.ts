import { infiniteQueryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { auditKeys } from "@/lib/platform/client/cache-keys";
import { RequestError, requestUrl } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";
import { listAuditEvents } from "@/lib/records/audit/client/calls";
import type { auditQuerySchema } from "@/lib/records/audit/contract";

/** The filters that the page offers. */
export type AuditFilter = Pick<z.input<typeof auditQuerySchema>, "actions" | "actorId">;

/** Query of the workspace's audit events, newest first, in pages. Always refetched. */
export function auditEventsQuery(workspaceId: string, filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: [...auditKeys.all(workspaceId), filter],
    queryFn: async ({ signal, pageParam }) =>
      (
        await request(listAuditEvents, {
          params: { workspaceId },
          query: { ...filter, limit: "50", ...(pageParam ? { pageToken: pageParam } : {}) },
          signal,
        })
      ).data,
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken,
    staleTime: 0,
  });
}

/** Returns all matching events as a CSV file. Rejects with `RequestError`. */
export async function readAuditCsv(workspaceId: string, filter: AuditFilter): Promise<Blob> {
  const response = await fetch(requestUrl(listAuditEvents, { workspaceId }, filter), {
    headers: { Accept: "text/csv" },
  });
  if (response.ok) return await response.blob();
  const { code, message } = await response.json();
  const requestId = response.headers.get("x-request-id") ?? undefined;
  throw new RequestError(response.status, code, message, {}, requestId);
}
