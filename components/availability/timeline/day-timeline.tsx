"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useLocale, useTranslations } from "use-intl";
import { useExactDuration } from "@/components/availability/duration-text";
import { StatusLabel } from "@/components/availability/status-menu";
import { PartFailed } from "@/components/shell/part-failed";
import { useFormatter, useNow, useViewerZone } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { dateOf } from "@/components/ui/iso-date";
import { Skeleton } from "@/components/ui/skeleton";
import { spansQuery } from "@/lib/availability/spans/client/queries";
import type { Spans } from "@/lib/availability/spans/contract";
import { DAY_MS, epochDay, isoDate } from "@/lib/platform/time/calendar";
import { formatDay } from "@/lib/platform/time/format";
import { offsetMinutes } from "@/lib/platform/time/offset";
import { dayAt, localDay, minutesBetween, neighborDay } from "./day";
import { DayChart } from "./day-chart";

/**
 * Shows what an agent declared during a day in their time zone, as bars and as a list. The day is in the URL.
 */
export function DayTimeline({
  workspaceId,
  agentId,
  timezone,
}: {
  workspaceId: string;
  agentId: string;
  timezone: string;
}) {
  const t = useTranslations("availability.day");
  const locale = useLocale();
  const now = useNow({ updateInterval: 30_000 }).getTime();
  const [iso, setIso] = useQueryState("day", parseAsString);
  const today = dayAt(timezone, now);
  const asked = iso && dateOf(iso) ? epochDay(iso) : today;
  const shown = localDay(timezone, asked);
  const isFuture = shown.start > now;
  const { data, error, isPlaceholderData, refetch } = useQuery({
    ...spansQuery(workspaceId, agentId, { from: shown.start, to: shown.end }),
    enabled: !isFuture,
  });
  const go = (day: number) => void setIso(day === today ? null : isoDate(day));
  const date = formatDay(locale, asked, { dateStyle: "full" });
  const spans = data?.spans ?? [];

  return (
    <section className="flex min-w-0 max-w-3xl flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="font-semibold text-lg">{t("title")}</h2>
        <div className="flex items-center gap-1">
          <IconButton label={t("previous")} onPress={() => go(neighborDay(timezone, asked, -1))}>
            <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          </IconButton>
          <IconButton
            label={t("next")}
            isDisabled={asked >= today}
            onPress={() => go(neighborDay(timezone, asked, 1))}
          >
            <ChevronRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          </IconButton>
          {asked !== today && (
            <Button size="small" onPress={() => go(today)}>
              {t("today")}
            </Button>
          )}
        </div>
        <p aria-live="polite" className="text-muted tabular-nums">
          {date}
          <DayLength start={shown.start} end={shown.end} />
        </p>
      </div>
      {isFuture ? (
        <p className="text-muted">{t("future")}</p>
      ) : data ? (
        <div
          aria-busy={isPlaceholderData}
          className={isPlaceholderData ? "opacity-60 transition-opacity" : "transition-opacity"}
        >
          {spans.length === 0 ? (
            <p className="text-muted">{t("none")}</p>
          ) : (
            <div className="flex flex-col gap-5">
              <DayChart
                spans={spans}
                day={shown}
                timezone={timezone}
                readAt={Math.min(data.readAt, shown.end)}
                now={now}
              />
              <SpanList
                label={t("spans", { date })}
                spans={spans}
                timezone={timezone}
                readAt={Math.min(data.readAt, shown.end)}
              />
            </div>
          )}
        </div>
      ) : error ? (
        <PartFailed error={error} onRetry={() => void refetch()}>
          {t("failed")}
        </PartFailed>
      ) : (
        <Skeleton className="h-52" />
      )}
    </section>
  );
}

/** Explains the length of a day that has a clock change. */
function DayLength({ start, end }: { start: number; end: number }) {
  const t = useTranslations("availability.day");
  const format = useTranslations("availability.duration");
  if (end - start === DAY_MS) return null;
  return ` · ${t("length", { hours: format("hours", { count: (end - start) / 3_600_000 }) })}`;
}

function SpanList({
  label,
  spans,
  timezone,
  readAt,
}: {
  label: string;
  spans: Spans["results"];
  timezone: string;
  readAt: number;
}) {
  const t = useTranslations("availability");
  const format = useFormatter();
  const duration = useExactDuration();
  const viewerZone = useViewerZone();
  const range = ({ from, to }: Spans["results"][number], timeZone: string) => {
    const time = (instant: string) =>
      format.dateTime(Date.parse(instant), { timeZone, hour: "numeric", minute: "2-digit" });
    return to === undefined
      ? t("day.ongoing", { from: time(from) })
      : t("day.range", { from: time(from), to: time(to) });
  };
  return (
    <ol aria-label={label} className="divide-y divide-line border-line border-y">
      {spans.map((span) => {
        const start = Date.parse(span.from);
        const differs = offsetMinutes(timezone, start) !== offsetMinutes(viewerZone, start);
        const activity = t(`activity.${span.activity}`);
        return (
          <li
            key={span.from}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-2 sm:grid-cols-[11rem_minmax(0,1fr)_auto]"
          >
            <span className="text-muted tabular-nums max-sm:col-span-2">
              {range(span, timezone)}
              {differs && (
                <span className="block text-sm">{t("answer.yours", { time: range(span, viewerZone) })}</span>
              )}
            </span>
            <span className="flex min-w-0 flex-wrap items-center gap-x-3">
              <StatusLabel status={span.status} />
              {span.activity !== "available" && (
                <span className="min-w-0 break-words">
                  {span.activityText
                    ? t("day.withText", { what: activity, text: span.activityText })
                    : activity}
                </span>
              )}
            </span>
            <span className="text-muted tabular-nums">
              {duration(minutesBetween(start, span.to === undefined ? readAt : Date.parse(span.to)))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
