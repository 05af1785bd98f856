"use client";

import { Clock, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { isBrowserZoneKnown, useFormatter, useNow, useViewerZone } from "@/components/shell/time";
import { isTimeZone } from "@/lib/platform/time/zone";
import { useCityOf } from "./use-city-of";
import { differAt } from "./zone-names";

/** The agent's local time and, if it differs, the reader's. Updated live. */
export function LocalTime({ timezone }: { timezone: string }) {
  const t = useTranslations("profile.header");
  const format = useFormatter();
  const viewerZone = useViewerZone();
  const now = useNow({ updateInterval: 5_000 });
  const time = (timeZone: string) =>
    format.dateTime(now, { timeZone, weekday: "short", hour: "numeric", minute: "2-digit" });
  const city = useCityOf()(isTimeZone(timezone) ? timezone : "UTC");
  return (
    <>
      <p className="flex min-w-0 items-start gap-2 text-muted tabular-nums">
        <Clock aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0">
          {t("localTime", { time: time(timezone), city })}
          {differAt(timezone, viewerZone, now) && ` · ${t("yours", { time: time(viewerZone) })}`}
        </span>
      </p>
      {!isTimeZone(timezone) && <ZoneNote>{t("unknownZone", { zone: timezone })}</ZoneNote>}
      {!isBrowserZoneKnown() && <ZoneNote>{t("unknownYours")}</ZoneNote>}
    </>
  );
}

function ZoneNote({ children }: { children: string }) {
  return (
    <p className="flex min-w-0 items-start gap-2 text-warning">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
