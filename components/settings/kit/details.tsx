import type { ReactNode } from "react";

/** The read-only view of an item. */
export function Details({ children }: { children: ReactNode }) {
  return <dl className="space-y-4">{children}</dl>;
}

export function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-medium text-muted text-sm">{label}</dt>
      <dd className="mt-1 whitespace-pre-wrap break-words">{children}</dd>
    </div>
  );
}
