"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { pageNow } from "@/lib/platform/client/page-clock";
import { isOldRelease, zoneTable } from "@/lib/platform/time/zone-table";

/** Shows the release of the time zone data and whether it is outdated. */
export function ZoneDataNote() {
  const t = useTranslations("settings.zoneData");
  const { release } = zoneTable();
  if (!isOldRelease(release, pageNow()))
    return (
      <footer className="px-4 py-6 text-muted text-sm sm:px-6">
        <p>{t("release", { release })}</p>
      </footer>
    );
  return (
    <footer className="px-4 py-6 text-sm text-warning sm:px-6">
      <p className="flex items-start gap-2">
        <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span>{t("old", { release })}</span>
      </p>
    </footer>
  );
}
