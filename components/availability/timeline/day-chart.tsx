"use client";

import { useLocale, useTranslations } from "use-intl";
import { useExactDuration } from "@/components/availability/duration-text";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import type { Spans } from "@/lib/availability/spans/contract";
import { wallTimeOf } from "@/lib/platform/time/calendar";
import { formatWallTime } from "@/lib/platform/time/format";
import { type Block, blocksOf, type LocalDay, ticksOf, totalsOf } from "./day";
import { activityPatterns, statusPatterns } from "./patterns";

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/**
 * Status and activity of a day as bars over one time axis, with totals as their legend. A list next to it holds
 * the same for screen readers.
 */
export function DayChart({
  spans,
  day,
  timezone,
  readAt,
  now,
}: {
  spans: Spans["results"];
  day: LocalDay;
  timezone: string;
  /** When the spans were read; an open span ends there. Epoch milliseconds. */
  readAt: number;
  now: number;
}) {
  const t = useTranslations("availability");
  const locale = useLocale();
  const place = (instant: number) => (instant - day.start) / (day.end - day.start);
  const status = blocksOf(spans, "status", readAt);
  const activity = blocksOf(spans, "activity", readAt);
  const ticks = ticksOf(timezone, day, 3);
  return (
    <div className="flex flex-col gap-3">
      <Lane
        name={t("day.status")}
        blocks={status}
        patterns={statusPatterns}
        word={(value) => t(`status.${value}`)}
        totals={totalsOf(status, agentStatuses)}
        place={place}
        now={now >= day.start && now < day.end ? now : null}
      />
      <div aria-hidden="true" className="relative -my-1 h-4 text-muted text-xs tabular-nums">
        {ticks.map(({ minute, place: at }, index) => (
          <span
            key={minute}
            className={index % 2 === 0 ? "absolute max-sm:hidden" : "absolute"}
            style={{ insetInlineStart: percent(at) }}
          >
            {/* Centered on its place in both writing directions. */}
            <span className="inline-block ltr:-translate-x-1/2 rtl:translate-x-1/2 whitespace-nowrap">
              {formatWallTime(locale, wallTimeOf(minute))}
            </span>
          </span>
        ))}
      </div>
      <Lane
        name={t("day.activity")}
        blocks={activity}
        patterns={activityPatterns}
        word={(value) => (value === "available" ? t("noActivity") : t(`activity.${value}`))}
        totals={totalsOf(activity, activities)}
        place={place}
        now={now >= day.start && now < day.end ? now : null}
      />
    </div>
  );
}

function Lane<Value extends string>({
  name,
  blocks,
  patterns,
  word,
  totals,
  place,
  now,
}: {
  name: string;
  blocks: readonly Block<Value>[];
  patterns: Record<Value, string>;
  word: (value: Value) => string;
  totals: readonly { value: Value; minutes: number }[];
  place: (instant: number) => number;
  now: number | null;
}) {
  const duration = useExactDuration();
  return (
    <figure className="flex flex-col gap-1.5">
      <figcaption className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
        <span className="font-medium">{name}</span>
        <ul aria-label={name} className="contents">
          {totals.map(({ value, minutes }) => (
            <li key={value} className="flex items-center gap-1.5 text-muted tabular-nums">
              <Swatch background={patterns[value]} />
              {word(value)} {duration(minutes)}
            </li>
          ))}
        </ul>
      </figcaption>
      <div
        aria-hidden="true"
        className="relative h-7 overflow-hidden rounded-md border border-line border-dashed"
      >
        {blocks.map(({ value, from, to }) => (
          <span
            key={from}
            title={word(value)}
            className="absolute inset-y-0 border-surface border-s forced-color-adjust-none"
            style={{
              insetInlineStart: percent(place(from)),
              width: percent(place(to) - place(from)),
              background: patterns[value],
            }}
          />
        ))}
        {now !== null && (
          <span
            className="absolute inset-y-0 w-0.5 bg-ink"
            style={{ insetInlineStart: percent(place(now)) }}
          />
        )}
      </div>
    </figure>
  );
}

function Swatch({ background }: { background: string }) {
  return (
    <span
      aria-hidden="true"
      className="h-3 w-5 shrink-0 rounded-xs border border-line-strong forced-color-adjust-none"
      style={{ background }}
    />
  );
}
