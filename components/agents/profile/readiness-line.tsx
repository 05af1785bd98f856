"use client";

import { CircleCheck, CircleDashed, CircleSlash } from "lucide-react";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { useIsSuspended } from "@/components/availability/suspended-tag";
import { useFormatter, useNow, useViewerZone } from "@/components/shell/time";
import { classes } from "@/components/ui/classes";
import type { Agent } from "@/lib/agents/agents/contract";
import { type Readiness, type Reason, readinessOf } from "@/lib/availability/declared/readiness";
import { differAt } from "./zone-names";

const looks = {
  ready: { icon: CircleCheck, colour: "text-success" },
  partly: { icon: CircleDashed, colour: "text-warning" },
  notReady: { icon: CircleSlash, colour: "text-danger" },
} as const;

/** Shows whether an agent can take work now, and all reasons why not. Updated live. */
export function ReadinessLine({ agent, readAt }: { agent: Agent; readAt: number }) {
  const t = useTranslations("profile.ready");
  const isCounting = agent.availability.activityTtl !== undefined;
  const now = useNow({ updateInterval: isCounting ? 1_000 : 10_000 });
  const suspended = useIsSuspended(agent.id);
  const readiness = readinessOf({ ...agent, suspended }, readAt, now.getTime());
  const words = useReasonWords(agent.timezone, now);
  const { icon: Icon, colour } = looks[readiness.verdict];
  return (
    // Reserves three lines on phones, so that a further reason does not shift the layout.
    <div className="flex min-h-5 items-start gap-2 max-sm:min-h-15">
      <Icon aria-hidden="true" className={classes("mt-0.5 size-4 shrink-0", colour)} />
      <p className="min-w-0">
        <span className={classes("font-medium", colour)}>{t(verdictKey(readiness))}</span>
        {readiness.reasons.map((reason) => (
          <span key={`${reason.kind}${reason.kind === "full" ? reason.channel : ""}`} className="text-muted">
            <span aria-hidden="true" className="mx-1.5 text-line-strong">
              ·
            </span>
            <span className="tabular-nums">
              {reason.kind === "activity" && reason.text ? (
                // The note is already in the header, except on phones.
                <>
                  <span className="sm:hidden">{words(reason)}</span>
                  <span className="max-sm:hidden">{words({ ...reason, text: undefined })}</span>
                </>
              ) : (
                words(reason)
              )}
            </span>
          </span>
        ))}
      </p>
    </div>
  );
}

/** An agent who is partly ready can take work on the other channel. */
function verdictKey({ verdict, reasons }: Readiness) {
  if (verdict !== "partly") return verdict;
  return reasons.some((reason) => reason.kind === "full" && reason.channel === "messaging")
    ? "partlyMessaging"
    : "partlyEmail";
}

function useReasonWords(timezone: string, now: Date): (reason: Reason) => string {
  const t = useTranslations("profile.ready");
  const availability = useTranslations("availability");
  const format = useFormatter();
  const duration = useDurationText();
  const viewerZone = useViewerZone();

  /**
   * Formats a time near now: the time alone today, with the weekday within a week, otherwise with the date.
   */
  function when(instant: number, timeZone: string): string {
    const at = new Date(instant);
    const day = (date: Date) =>
      format.dateTime(date, { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    const time = { timeZone, hour: "numeric", minute: "2-digit" } as const;
    if (day(at) === day(now)) return format.dateTime(at, time);
    if (Math.abs(instant - now.getTime()) < 6 * 86_400_000)
      return format.dateTime(at, { ...time, weekday: "short" });
    return format.dateTime(at, { ...time, day: "numeric", month: "short" });
  }

  return (reason) => {
    switch (reason.kind) {
      case "suspended":
        return availability("suspended");
      case "status":
        return t("since", {
          status: availability(`status.${reason.status}`),
          time: when(reason.since, viewerZone),
        });
      case "activity": {
        const name = availability(`activity.${reason.activity}`);
        const activity = reason.text ? t("withText", { activity: name, text: reason.text }) : name;
        return reason.secondsLeft === undefined
          ? activity
          : t("activityLeft", { activity, duration: duration(reason.secondsLeft) });
      }
      case "hours": {
        if (reason.until === null) return t("hoursNever");
        const time = when(reason.until, timezone);
        const twice = differAt(timezone, viewerZone, new Date(reason.until));
        const until = twice ? t("twice", { time, yours: when(reason.until, viewerZone) }) : time;
        return reason.holiday === undefined
          ? t("hoursUntil", { time: until })
          : t("holidayUntil", { name: reason.holiday, time: until });
      }
      case "full":
        return t(reason.channel === "messaging" ? "fullMessaging" : "fullEmail", {
          open: reason.open,
          capacity: reason.capacity,
        });
    }
  };
}
