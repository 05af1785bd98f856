"use client";

import { Download, Plus } from "lucide-react";
import { useTranslations } from "use-intl";
import { useFormatter } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { Views } from "./use-views";
import { ViewBar } from "./view-bar";

/** The title, the saved views, and the actions for the whole list. */
export function ListHeader({
  total,
  views,
  onExport,
  onCreate,
}: {
  /** Total number of agents; undefined while it loads. */
  total: number | undefined;
  views: Views;
  onExport: () => void;
  onCreate: (() => void) | null;
}) {
  const t = useTranslations("agents");
  const format = useFormatter();
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 px-4 pt-3 pb-2 sm:px-6 md:h-14 md:flex-nowrap md:py-0">
      <h1 className="flex items-baseline gap-2 font-semibold text-xl tracking-tight">
        {t("title")}
        <span className="min-w-8 font-normal text-base text-muted tabular-nums tracking-normal">
          {total === undefined ? "" : format.number(total)}
        </span>
      </h1>
      <div className="flex min-w-0 max-md:order-last max-md:basis-full md:flex-1">
        <ViewBar views={views} />
      </div>
      <div className="ms-auto flex items-center gap-1">
        <IconButton label={t("export.open")} onPress={onExport}>
          <Download aria-hidden="true" className="size-4" />
        </IconButton>
        {onCreate && (
          <Button look="primary" onPress={onCreate}>
            <Plus aria-hidden="true" className="size-4" />
            {t("create.open")}
          </Button>
        )}
      </div>
    </header>
  );
}
