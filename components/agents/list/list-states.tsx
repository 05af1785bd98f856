"use client";

import { useTranslations } from "use-intl";
import { LoadFailed, RefetchFailed } from "@/components/shell/load-failed";
import { useFormatter } from "@/components/shell/time";
import { Skeleton } from "@/components/ui/skeleton";
import { type Density, rowHeights } from "@/components/ui/table";

/** A placeholder for the first rows: a table, or cards on a narrow screen. */
export function ListSkeleton({ density }: { density: Density }) {
  const t = useTranslations("ui");
  const rows = Array.from({ length: 24 }, (_, index) => index);
  return (
    <div role="status" aria-label={t("loading")} className="h-full animate-pulse overflow-hidden">
      <div className="hidden md:block">
        <div className="h-8 border-line border-b" />
        {rows.map((row) => (
          <div
            key={row}
            className="flex items-center gap-2.5 border-line border-b px-3"
            style={{ height: rowHeights[density] }}
          >
            <Skeleton className={density === "compact" ? "size-6 rounded-full!" : "size-8 rounded-full!"} />
            <Skeleton className="h-3 w-40" />
            <Skeleton className="ms-16 h-3 w-16" />
            <Skeleton className="ms-10 h-3 w-24" />
            <Skeleton className="ms-auto h-3 w-1/4" />
          </div>
        ))}
      </div>
      <div className="divide-y divide-line md:hidden">
        {rows.slice(0, 8).map((row) => (
          <div key={row} className="flex h-30 flex-col gap-3 px-4 py-3">
            <div className="flex items-center gap-2.5">
              <Skeleton className="size-8 rounded-full!" />
              <Skeleton className="h-3 w-40" />
            </div>
            <Skeleton className="h-3 w-full" />
            <Skeleton className="h-3 w-2/3" />
          </div>
        ))}
      </div>
    </div>
  );
}

/** The error state of the first load. */
export function ListFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations("agents");
  return <LoadFailed title={t("failed")} error={error} onRetry={onRetry} />;
}

/**
 * A warning that the rows are stale because a refetch failed. If the browser is offline, the shell shows a notice instead.
 */
export function StaleBanner({
  error,
  isOffline,
  readAt,
  onRetry,
}: {
  error: unknown;
  isOffline: boolean;
  readAt: number;
  onRetry: () => void;
}) {
  const t = useTranslations("agents");
  const format = useFormatter();
  if (isOffline || !error) return null;
  const time = format.dateTime(readAt, { timeStyle: "short" });
  return <RefetchFailed text={t("stale", { time })} error={error} onRetry={onRetry} />;
}
