"use client";

import { useEffect, useMemo, useState } from "react";
// biome-ignore lint/style/noRestrictedImports: the module that wraps it
import { useFormatter as useIntlFormatter, useLocale, useTimeZone } from "use-intl";
import { pageNow } from "@/lib/platform/client/page-clock";
import { formatInstant, type InstantOptions } from "@/lib/platform/time/format";
import { isTimeZone } from "@/lib/platform/time/zone";

/** Returns the browser's time zone; UTC on the server, which cannot know it. */
function browserZone(): string {
  return typeof window === "undefined" ? "UTC" : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Returns whether the zone data includes the browser's time zone. If not, times are shown in UTC. */
export function isBrowserZoneKnown(): boolean {
  return isTimeZone(browserZone());
}

export function viewerZone(): string {
  return isBrowserZoneKnown() ? browserZone() : "UTC";
}

/** Returns the time zone of the reader. */
export function useViewerZone(): string {
  return useTimeZone() ?? "UTC";
}

interface DateTimeOptions extends InstantOptions {
  /** Time zone of the output; the reader's by default. */
  timeZone?: string;
}

/**
 * Returns formatters for numbers, lists and times. Times use the product's zone data, because the browser's
 * may be outdated.
 */
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

/** Returns the server's current time, updated every `updateInterval` milliseconds. */
export function useNow({ updateInterval }: { updateInterval?: number } = {}): Date {
  const [now, setNow] = useState(() => new Date(pageNow()));
  useEffect(() => {
    if (updateInterval === undefined) return;
    const timer = setInterval(() => setNow(new Date(pageNow())), updateInterval);
    return () => clearInterval(timer);
  }, [updateInterval]);
  return now;
}
