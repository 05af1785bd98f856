"use client";

import { useEffect, useMemo, useState } from "react";
// biome-ignore lint/style/noRestrictedImports: this is what stands in for it elsewhere
import { useFormatter as useIntlFormatter, useLocale, useTimeZone } from "use-intl";
import { pageNow } from "@/lib/platform/client/page-clock";
import { formatInstant, type InstantOptions } from "@/lib/platform/time/format";
import { isTimeZone } from "@/lib/platform/time/zone";

/** What the browser takes for its own zone; on the server, which can't know it, UTC. */
function browserZone(): string {
  return typeof window === "undefined" ? "UTC" : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether the zone data has the browser's own zone; if not, its times are shown in UTC. */
export function isBrowserZoneKnown(): boolean {
  return isTimeZone(browserZone());
}

/** The time zone of whoever looks. */
export function viewerZone(): string {
  return isBrowserZoneKnown() ? browserZone() : "UTC";
}

/** The time zone of whoever looks. */
export function useViewerZone(): string {
  return useTimeZone() ?? "UTC";
}

interface DateTimeOptions extends InstantOptions {
  /** The zone whose clocks are meant; that of whoever looks unless given. */
  timeZone?: string;
}

/** Formats numbers, lists and times for the reader. Times go by the product's zone data, not by the browser's. */
export function useFormatter() {
  const format = useIntlFormatter();
  const locale = useLocale();
  const viewer = useViewerZone();
  return useMemo(
    () => ({
      number: format.number,
      list: format.list,
      relativeTime: format.relativeTime,
      dateTime(at: Date | number, { timeZone = viewer, ...options }: DateTimeOptions = {}): string {
        return formatInstant(locale, Number(at), timeZone, options);
      },
    }),
    [format, locale, viewer],
  );
}

/** The present by the server's clock, looked at again after each interval (milliseconds). */
export function useNow({ updateInterval }: { updateInterval?: number } = {}): Date {
  const [now, setNow] = useState(() => new Date(pageNow()));
  useEffect(() => {
    if (updateInterval === undefined) return;
    const timer = setInterval(() => setNow(new Date(pageNow())), updateInterval);
    return () => clearInterval(timer);
  }, [updateInterval]);
  return now;
}
