"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { exactParts } from "./duration-parts";

/**
 * Returns a function that rounds a duration in seconds to a short text: "45 s", "12 min", "3 h 20 min", "2
 * d".
 */
export function useDurationText(): (seconds: number) => string {
  const t = useTranslations("availability.duration");
  return useCallback(
    (seconds) => {
      if (seconds < 60) return t("seconds", { count: Math.max(0, Math.round(seconds)) });
      const minutes = Math.floor(seconds / 60);
      if (minutes < 60) return t("minutes", { count: minutes });
      const hours = Math.floor(minutes / 60);
      if (hours >= 48) return t("days", { count: Math.floor(hours / 24) });
      const rest = minutes % 60;
      return rest === 0 || hours >= 10
        ? t("hours", { count: hours })
        : t("hoursAndMinutes", { hours, minutes: rest });
    },
    [t],
  );
}

/** Returns a function that formats whole minutes exactly: "45 min", "7 h 30 min", "31 h". */
export function useExactDuration(): (minutes: number) => string {
  const t = useTranslations("availability.duration");
  return useCallback(
    (minutes) => {
      const { key, ...values } = exactParts(minutes);
      return t(key, values);
    },
    [t],
  );
}
