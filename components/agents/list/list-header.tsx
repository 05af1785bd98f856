"use client";

import { useFormatter, useTranslations } from "use-intl";

/** What the page is, whose views there are, and what can be done with it as a whole. */
export function ListHeader({ total }: { total: number | undefined }) {
  const t = useTranslations("agents");
  const format = useFormatter();
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 px-4 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
      {total !== undefined && <span className="text-muted tabular-nums">{format.number(total)}</span>}
    </header>
  );
}
