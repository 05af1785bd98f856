import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

/** The layout of the pages that don't require a session. */
export function EntrancePage({
  title,
  hint,
  children,
}: {
  title: string;
  hint: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 px-6 py-12">
      <header className="flex flex-col gap-2">
        <Logo className="mb-2 size-9" />
        <h1 className="break-words font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="text-muted">{hint}</p>
      </header>
      {children}
    </main>
  );
}
