"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useFormatter } from "@/components/shell/time";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { type Density, rowHeights } from "@/components/ui/table";

/** A placeholder for the first rows: a table, or cards on a narrow screen. */
export function ListSkeleton({ density }: { density: Density }) {
  const t = useTranslations("ui");
  const rows = Array.from({ length: 24 }, (_, index) => index);
  return (
    <div role="status" aria-label={t("loading")} className="h-full overflow-hidden">
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
  const words = useTranslations("ui");
  const problem = useProblemText();
  return (
    <div role="alert">
      <EmptyState
        icon={<TriangleAlert className="size-5" />}
        title={t("failed")}
        action={<Button onPress={onRetry}>{words("retry")}</Button>}
      >
        {problem(error)}
      </EmptyState>
    </div>
  );
}

/**
 * A warning that the rows are stale because a refetch failed. Offline, the shell's notice says so instead.
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
}): ReactNode {
  const t = useTranslations("agents");
  const words = useTranslations("ui");
  const format = useFormatter();
  const problem = useProblemText();
  if (isOffline || !error) return null;
  const time = format.dateTime(readAt, { timeStyle: "short" });
  return (
    <Banner
      look="warning"
      icon={<TriangleAlert className="size-4" />}
      action={
        <Button size="small" onPress={onRetry}>
          {words("retry")}
        </Button>
      }
    >
      {`${problem(error)} ${t("stale", { time })}`}
    </Banner>
  );
}
