import type { ReactNode } from "react";
import { classes } from "@/components/ui/classes";
import { Skeleton } from "@/components/ui/skeleton";

/** A part of the board below the numbers: a heading, an action at its end, and the content. */
export function BoardSection({
  id,
  title,
  hint,
  action,
  hidesHeadingOnWall = false,
  children,
}: {
  id: string;
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  /** Whether the first line of the content repeats the heading. */
  hidesHeadingOnWall?: boolean;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="min-w-0 overflow-hidden rounded-xl border border-line bg-raised">
      <div
        className={classes(
          "flex min-h-11 flex-wrap items-center gap-x-3 border-line border-b px-4 py-1.5 wall:min-h-9 wall:py-0.5",
          hidesHeadingOnWall && "wall:sr-only",
        )}
      >
        <h2 id={id} className="whitespace-nowrap font-medium">
          {title}
        </h2>
        {hint && <span className="min-w-0 truncate text-muted text-sm">{hint}</span>}
        {action && <div className="ms-auto shrink-0">{action}</div>}
      </div>
      {children}
    </section>
  );
}

export function RowsSkeleton({ rows }: { rows: number }) {
  return (
    <div className="animate-pulse divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-10 items-center gap-3 px-4 max-sm:h-11 wall:h-7.5">
          <Skeleton className="h-3.5 w-1/3" />
          <Skeleton className="ms-auto h-3.5 w-1/4" />
        </div>
      ))}
    </div>
  );
}
