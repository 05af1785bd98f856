"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { pageNow } from "@/lib/platform/client/page-clock";
import { isOldRelease, zoneTable } from "@/lib/platform/time/zone-table";

/** Shows the release of the time zone data and whether it is outdated. */
export function ZoneDataNote() {
  const t = useTranslations("profile.zoneData");
  const { release } = zoneTable();
  if (!isOldRelease(release, pageNow()))
    return <p className="mt-0.5 text-muted text-xs">{t("release", { release })}</p>;
  return (
    <p className="mt-1 flex items-start gap-2 text-sm text-warning">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>{t("old", { release })}</span>
    </p>
  );
}
