import type { ReactNode } from "react";

/** The head of a page: what it is, and what can be done with it as a whole. */
export function PageHeader({
  title,
  hint,
  actions,
}: {
  title: string;
  /** A line below the title. */
  hint?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-4 sm:px-6">
      <div className="min-w-0">
        <h1 className="truncate font-semibold text-xl tracking-tight">{title}</h1>
        {hint && <p className="text-muted text-sm">{hint}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
