import type { ReactNode } from "react";

/** The title of a page and the actions that apply to the whole page. */
export function PageHeader({
  title,
  hint,
  actions,
}: {
  title: string;
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
