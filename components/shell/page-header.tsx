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
    // On phones the hint is below the row of title and actions, and has the whole width.
    <header className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-4 py-4 sm:px-6">
      <h1 className="truncate font-semibold text-xl tracking-tight max-sm:leading-11">{title}</h1>
      {actions && <div className="flex items-center gap-2 sm:row-span-2">{actions}</div>}
      {hint && <p className="text-muted text-sm max-sm:col-[1/-1] max-sm:mt-1 sm:col-[1]">{hint}</p>}
    </header>
  );
}
