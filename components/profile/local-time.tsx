"use client";

import { Clock } from "lucide-react";
import { useFormatter, useNow, useTimeZone, useTranslations } from "use-intl";
import { cityOf, differAt } from "./zone-names";

/** What time it is where the agent is, and for whoever looks where that differs. Live. */
export function LocalTime({ timezone }: { timezone: string }) {
  const t = useTranslations("profile.header");
  const format = useFormatter();
  const viewerZone = useTimeZone() ?? "UTC";
  const now = useNow({ updateInterval: 5_000 });
  const time = (timeZone: string) =>
    format.dateTime(now, { timeZone, weekday: "short", hour: "numeric", minute: "2-digit" });
  return (
    <p className="flex min-w-0 items-start gap-2 text-muted tabular-nums">
      <Clock aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0">
        {t("localTime", { time: time(timezone), city: cityOf(timezone) })}
        {differAt(timezone, viewerZone, now) && ` · ${t("yours", { time: time(viewerZone) })}`}
      </span>
    </p>
  );
}
