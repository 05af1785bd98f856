"use client";

import { type UndefinedInitialDataOptions, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { PartFailed } from "@/components/shell/part-failed";
import { Skeleton } from "@/components/ui/skeleton";
import { SimpleDelete } from "./simple-delete";

/** Loads what uses an item, then asks whether to delete it. */
export function DeleteDialog<Usage, Key extends readonly unknown[]>({
  item,
  action,
  usage: options,
  remove,
  children: describe,
}: {
  item: { id: string; name: string };
  action: string;
  usage: UndefinedInitialDataOptions<Usage, Error, Usage, Key>;
  /** Describes what happens to the users of the item. */
  children: (usage: Usage) => ReactNode;
  remove: { mutateAsync: (id: string) => Promise<unknown> };
}) {
  // Not cached, because usage may have changed since the last time.
  const usage = useQuery({ ...options, gcTime: 0, refetchOnWindowFocus: false });
  return (
    <SimpleDelete item={item} action={action} remove={remove} isReady={usage.isSuccess}>
      {usage.isPending && <Skeleton className="h-10" />}
      {usage.isError && <PartFailed error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.isSuccess && <div className="min-h-10">{describe(usage.data)}</div>}
    </SimpleDelete>
  );
}
