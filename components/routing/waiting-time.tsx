"use client";

import { Clock, Hourglass, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { useFormatter, useNow } from "@/components/shell/time";
import { classes } from "@/components/ui/classes";
import { secondsSince, type WaitState, waitStateOf } from "./queue/waiting-rules";

const marks = { onTime: Clock, dueSoon: Hourglass, late: TriangleAlert } as const;

const looks: Record<WaitState, string> = {
  onTime: "text-muted",
  dueSoon: "text-warning",
  late: "text-danger",
};

/**
 * How long a conversation has waited, updated every second, with a mark and a word that compare it with the
 * target.
 */
export function WaitingTime({
  since,
  targetSeconds,
  isLine = false,
  className,
}: {
  since: string;
  /** Undefined outside a queue. */
  targetSeconds: number | undefined;
  /** Whether to show time and word on one line. */
  isLine?: boolean;
  className?: string;
}) {
  const t = useTranslations("routing");
  const duration = useDurationText();
  const clock = useClock();
  const now = useNow({ updateInterval: 1000 });
  const seconds = secondsSince(since, now);
  const state = targetSeconds === undefined ? "onTime" : waitStateOf(seconds, targetSeconds);
  const Mark = marks[state];
  return (
    <span
      className={classes("inline-flex min-w-0 items-center gap-2 whitespace-nowrap tabular-nums", className)}
    >
      <Mark aria-hidden="true" className={classes("size-4 shrink-0", looks[state])} />
      <span className={classes("min-w-0", isLine && "flex items-baseline gap-2")}>
        <span className={classes("block font-medium", state !== "onTime" && looks[state])}>
          {seconds < 3600 ? clock(seconds) : duration(seconds)}
        </span>
        {targetSeconds !== undefined && (
          <span
            className={classes("block truncate text-sm", state === "late" ? "text-danger" : "text-muted")}
          >
            {t(`waits.${state}`)}
            <span className="text-muted"> · {t("target", { duration: duration(targetSeconds) })}</span>
          </span>
        )}
      </span>
    </span>
  );
}

/** Returns a function that formats less than an hour as minutes and seconds: "4:05". */
function useClock(): (seconds: number) => string {
  const format = useFormatter();
  return (seconds) => {
    const whole = Math.floor(seconds);
    const rest = format.number(whole % 60, { minimumIntegerDigits: 2 });
    return `${format.number(Math.floor(whole / 60))}:${rest}`;
  };
}

/** Returns the seconds left until an instant, updated every second; 0 once it has passed. */
export function useTimeLeft(until: string | undefined): number {
  const now = useNow({ updateInterval: 1000 });
  return until === undefined ? 0 : Math.max(0, (Date.parse(until) - now.getTime()) / 1000);
}
