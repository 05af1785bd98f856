import type { ReactNode } from "react";

/** A page that only says something and leads on: not found, forbidden, broken. */
export function MessagePage({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action: ReactNode;
}) {
  return (
    <div className="mx-auto flex min-h-[70dvh] max-w-md flex-col justify-center gap-3 px-6 py-12">
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="text-muted">{children}</p>
      <div className="mt-2 flex flex-wrap gap-2">{action}</div>
    </div>
  );
}
