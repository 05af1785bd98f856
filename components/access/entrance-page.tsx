import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

/**
 * The layout of the pages that don't require a session. The form is about in the middle, at a fixed place: centered
 * content would move while the browser receives the rest of the page.
 */
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
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col gap-6 px-6 pt-[max(3rem,calc(50dvh-15rem))] pb-12">
      <header className="flex flex-col gap-2">
        <Logo className="mb-2 size-9" />
        <h1 className="break-words font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="text-muted">{hint}</p>
      </header>
      {children}
    </main>
  );
}
