import type { ReactNode } from "react";

/** A section of the panel with a heading. */
export function ConversationPart({
  title,
  note,
  children,
}: {
  title: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="min-w-0 space-y-2">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-medium">{title}</h3>
        {note && <span className="text-muted text-sm tabular-nums">{note}</span>}
      </div>
      {children}
    </section>
  );
}
