import type { ReactNode } from "react";

/** A section with its own anchor. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6 border-line border-t py-6">
      <h2 id={`${id}-title`} className="pb-4 font-semibold text-lg">
        {title}
      </h2>
      <div className="space-y-5">{children}</div>
    </section>
  );
}

/** One state of a part, or several next to each other. */
export function Specimen({
  name,
  isWide = false,
  children,
}: {
  name: string;
  /** Stacks parts that fill the width, such as a table. */
  isWide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="grid gap-x-6 gap-y-2 lg:grid-cols-[10rem_minmax(0,1fr)]">
      <h3 className="pt-1 text-muted text-sm">{name}</h3>
      <div className={isWide ? "min-w-0 space-y-3" : "flex min-w-0 flex-wrap items-start gap-3"}>
        {children}
      </div>
    </div>
  );
}

/** Fields next to each other, as many as fit. */
export function Fields({ children }: { children: ReactNode }) {
  return (
    <div className="grid w-full grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] items-start gap-4">
      {children}
    </div>
  );
}
