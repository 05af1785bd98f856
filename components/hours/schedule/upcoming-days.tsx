"use client";

import { Pencil } from "lucide-react";
import { Suspense, useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useCityOf } from "@/components/agents/profile/use-city-of";
import { useExactDuration } from "@/components/availability/duration-text";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { lazyPart } from "@/components/ui/lazy-part";
import { Tag } from "@/components/ui/tag";
import { effectsOn } from "@/lib/hours/calendar/clock-change-effects";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import type { AgentCalendar, Span } from "@/lib/hours/calendar/data";
import { shiftsOn } from "@/lib/hours/calendar/hours";
import type { IntervalOfDay } from "@/lib/hours/schedule/contract";
import { wallTimeOf } from "@/lib/platform/time/calendar";
import { formatDay, formatDays } from "@/lib/platform/time/format";
import type { DayChange } from "./day-dialog";
import { useHoursText } from "./hours-text";

const DayDialog = lazyPart(async () => (await import("./day-dialog")).DayDialog);

const days = 14;

const intervalOf = ({ from, to }: Span): IntervalOfDay => ({ from: wallTimeOf(from), to: wallTimeOf(to) });

/** The next days with their hours, and why they differ from the weekly hours. */
export function UpcomingDays({
  workspaceId,
  agentId,
  data,
  today,
  canEdit,
}: {
  workspaceId: string;
  agentId: string;
  /** Can include unsaved hours. */
  data: AgentCalendar;
  /** Local epoch day. */
  today: number;
  canEdit: boolean;
}) {
  const t = useTranslations("schedule.upcoming");
  const locale = useLocale();
  const text = useHoursText();
  const duration = useExactDuration();
  const cityOf = useCityOf();
  const calendar = useMemo(() => compileCalendar(data), [data]);
  const [changing, setChanging] = useState<number>();

  const override = (day: number): DayChange | undefined => {
    const found = data.overrides.find((each) => each.day === day);
    return found && { intervals: found.spans.map(intervalOf), note: found.note };
  };

  function reasonsOf(day: number): string[] {
    const { because, zone, shifts } = calendar.dayOn(day);
    const named = (key: "override" | "holiday" | "rotation", name: string | undefined) =>
      name ? t(key, { name }) : t("overridePlain");
    const off = calendar
      .timeOff()
      .filter(
        ({ timeOff, start, end }) =>
          (timeOff.startDay <= day && day <= timeOff.endDay) ||
          shifts.some((shift) => start < shift.end && shift.start < end),
      );
    const { source, name } = because;
    return [
      ...(source === "override" || source === "holiday" || source === "rotation"
        ? [named(source, name)]
        : []),
      ...off.map(({ timeOff }) =>
        timeOff.reason ? t("timeOff", { name: timeOff.reason }) : t("timeOffPlain"),
      ),
      ...(zone === data.timezone ? [] : [t("zone", { city: cityOf(zone) })]),
      ...effectsOn(calendar, day).map(({ kind, minutes, usualMinutes }) =>
        kind === "shorter" || kind === "longer"
          ? t(`clock.${kind}`, { amount: duration(Math.abs(minutes - usualMinutes)) })
          : t(`clock.${kind}`),
      ),
    ];
  }

  function hoursOf(day: number): string[] {
    const { zone, because } = calendar.dayOn(day);
    return shiftsOn(calendar, day, day).map((shift) => {
      if (because.source === "always" && !shift.cutBy) return text.day(intervalOf(shift.span));
      return text.elsewhere(shift, zone, day);
    });
  }

  return (
    <section aria-label={t("title")} className="flex flex-col gap-2">
      <div>
        <h2 className="font-semibold text-lg">{t("title")}</h2>
        <p className="text-muted text-sm">
          {formatDays(locale, today, today + days - 1, { day: "numeric", month: "long" })}
        </p>
      </div>
      <ul className="divide-y divide-line border-line border-y">
        {Array.from({ length: days }, (_, index) => today + index).map((day) => {
          const hours = hoursOf(day);
          const reasons = reasonsOf(day);
          const name = formatDay(locale, day, { weekday: "long", day: "numeric", month: "long" });
          return (
            <li
              key={day}
              className="grid min-h-11 grid-cols-[1fr_auto] items-center gap-x-4 gap-y-0.5 py-1.5 @xl:grid-cols-[9.5rem_1fr_auto]"
            >
              <span className={classes("font-medium", day === today && "text-accent")}>
                {formatDay(locale, day, { weekday: "short", day: "numeric", month: "short" })}
              </span>
              <div className="col-span-2 row-start-2 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 @xl:col-span-1 @xl:col-start-2 @xl:row-start-1">
                <span className={classes("tabular-nums", hours.length === 0 && "text-muted")}>
                  {hours.length === 0 ? text.day(undefined) : hours.join(" · ")}
                </span>
                {reasons.map((reason) => (
                  <Tag key={reason}>{reason}</Tag>
                ))}
              </div>
              {canEdit && (
                <Button
                  look="quiet"
                  size="small"
                  aria-label={t("changeOf", { date: name })}
                  onPress={() => setChanging(day)}
                  className="max-sm:h-9"
                >
                  <Pencil aria-hidden="true" className="size-3.5" />
                  {t("change")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {changing !== undefined && (
        <Suspense>
          <DayDialog
            workspaceId={workspaceId}
            agentId={agentId}
            day={changing}
            planned={calendar.dayOn(changing).plan.map(intervalOf)}
            change={override(changing)}
            onClose={() => setChanging(undefined)}
          />
        </Suspense>
      )}
    </section>
  );
}
