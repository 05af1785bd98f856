"use client";

import { PartyPopper } from "lucide-react";
import { useTranslations } from "use-intl";
import { classes } from "@/components/ui/classes";
import { shiftSources } from "@/lib/hours/shifts/values";
import { hatched, sourceIcons, sourceLooks } from "./looks";

const swatch = "flex h-4 w-6 items-center justify-center rounded-xs border forced-color-adjust-none";

/** Explains the colors and icons of the bars. */
export function Legend({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations("calendar.planner");
  return (
    <footer className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-line border-t px-4 py-2 text-muted text-xs max-md:hidden sm:px-6">
      <ul aria-label={t("legend")} className="contents">
        {shiftSources.map((source) => {
          const Icon = sourceIcons[source];
          return (
            <li key={source} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={classes(swatch, sourceLooks[source])}>
                {Icon && <Icon className="size-3" />}
              </span>
              {t(`source.${source}`)}
            </li>
          );
        })}
        <li className="flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className={classes(swatch, "border-line-strong")}
            style={{ background: hatched }}
          />
          {t("timeOff")}
        </li>
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className={classes(swatch, "border-line bg-pressed/50")}>
            <PartyPopper className="size-3" />
          </span>
          {t("holidays")}
        </li>
      </ul>
      {canWrite && <p className="ms-auto max-lg:hidden">{t("help")}</p>}
    </footer>
  );
}
