"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { PartFailed } from "@/components/shell/part-failed";
import { useFormatter } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";

/** A titled list, with its loading, failed and empty states. */
export function CoveragePart<Item>({
  id,
  title,
  action,
  query: { error, refetch },
  items,
  empty,
  mostShown = Number.POSITIVE_INFINITY,
  children,
}: {
  id: string;
  title: string;
  action?: ReactNode;
  query: Pick<UseQueryResult, "error" | "refetch">;
  /** Undefined while they load. */
  items: readonly Item[] | undefined;
  empty: ReactNode;
  /** How many items are shown at first. */
  mostShown?: number;
  /** Renders items of the list. */
  children: (shown: readonly Item[]) => ReactNode;
}) {
  const format = useFormatter();
  const common = useTranslations("settings.common");
  const [isWhole, setWhole] = useState(false);
  const hidden = isWhole || !items ? 0 : Math.max(items.length - mostShown, 0);
  return (
    <section
      aria-labelledby={id}
      className="min-w-0 overflow-hidden border-line border-y bg-surface sm:rounded-xl sm:border-x"
    >
      <header className="flex min-h-12 items-center gap-2 border-line border-b px-4 py-2">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <span className="min-w-6 text-muted tabular-nums">{items && format.number(items.length)}</span>
        {action && <div className="ms-auto">{action}</div>}
      </header>
      {!items ? (
        <div className="p-4">
          {error ? (
            <PartFailed error={error} onRetry={() => void refetch()} />
          ) : (
            <Skeleton className="h-32" />
          )}
        </div>
      ) : items.length === 0 ? (
        <p className="flex items-center gap-2 p-4 text-muted">{empty}</p>
      ) : (
        <ul className="divide-y divide-line">{children(items.slice(0, items.length - hidden))}</ul>
      )}
      {hidden > 0 && (
        <div className="border-line border-t p-2">
          <Button look="quiet" size="small" onPress={() => setWhole(true)}>
            {common("showMore", { count: hidden })}
          </Button>
        </div>
      )}
    </section>
  );
}

/** The empty state of a list of problems. */
export function NothingFound({ children }: { children: ReactNode }) {
  return (
    <>
      <CircleCheck aria-hidden="true" className="size-4 text-success" />
      {children}
    </>
  );
}
