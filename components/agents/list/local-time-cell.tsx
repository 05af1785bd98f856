"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { useFormatter, useViewerZone } from "@/components/shell/time";
import { classes } from "@/components/ui/classes";
import type { Agent } from "@/lib/agents/agents/contract";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import { isInHours } from "@/lib/hours/calendar/hours";
import { calendarOf } from "@/lib/hours/calendar/simple";
import { offsetMinutes } from "@/lib/platform/time/offset";
import { isTimeZone } from "@/lib/platform/time/zone";
import { CellLink } from "./cells";
import { useClock } from "./clock";

/** Returns whether an agent is in hours now. */
function useInHours({ weeklySchedule, holidays, timezone }: Agent): boolean {
  const now = useClock(60_000);
  const calendar = useMemo(
    () => compileCalendar(calendarOf({ weeklySchedule, holidays, timezone })),
    [weeklySchedule, holidays, timezone],
  );
  return isInHours(calendar, now);
}

/** Returns the difference between a time zone and the reader's, in words. */
function useDifference(timezone: string, now: number): string {
  const t = useTranslations("agents.localTime");
  const duration = useDurationText();
  const viewer = useViewerZone();
  const minutes = offsetMinutes(timezone, now) - offsetMinutes(viewer, now);
  if (minutes === 0) return t("same");
  const length = duration(Math.abs(minutes) * 60);
  return minutes > 0 ? t("ahead", { duration: length }) : t("behind", { duration: length });
}

/**
 * The agent's local time and whether it is in hours; a tooltip shows the difference to the reader's time
 * zone.
 */
export function LocalTimeCell({
  agent,
  href,
  isCompact,
}: {
  agent: Agent;
  href: string;
  isCompact: boolean;
}) {
  const t = useTranslations("agents.localTime");
  const format = useFormatter();
  const now = useClock(60_000);
  const inHours = useInHours(agent);
  const difference = useDifference(agent.timezone, now);
  const { timezone } = agent;
  const clock = format.dateTime(now, { hour: "numeric", minute: "2-digit", timeZone: timezone });
  const hours = isTimeZone(timezone) ? t(inHours ? "in" : "out") : t("unknown");
  return (
    <CellLink
      href={href}
      hint={
        <>
          <span className="block">
            {format.dateTime(now, {
              weekday: "long",
              hour: "numeric",
              minute: "2-digit",
              timeZone: timezone,
            })}
          </span>
          <span className="block opacity-75">
            {timezone.replaceAll("_", " ")} · {difference}
          </span>
        </>
      }
    >
      <span className={classes("min-w-0 text-sm tabular-nums", isCompact && "flex items-baseline gap-1.5")}>
        <span className={classes("block whitespace-nowrap", !inHours && "text-muted")}>{clock}</span>
        <span className="block h-4 truncate text-muted text-xs">{hours}</span>
      </span>
    </CellLink>
  );
}
