"use client";

import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useCityOf } from "@/components/agents/profile/use-city-of";
import { useExactDuration } from "@/components/availability/duration-text";
import { useNow, useViewerZone } from "@/components/shell/time";
import { Callout } from "@/components/ui/callout";
import { Segment, Segmented } from "@/components/ui/segmented";
import { clockChangeEffects } from "@/lib/hours/schedule/clock-change-effects";
import type { Holiday, WeeklySchedule } from "@/lib/hours/schedule/contract";
import {
  copyDay,
  type DayHours,
  overlaps,
  presets,
  usualHours,
  weeklyMinutes,
  withDay,
} from "@/lib/hours/schedule/editing";
import { shiftsOn } from "@/lib/hours/schedule/rules";
import { toStoredSchedule } from "@/lib/hours/schedule/stored";
import { wallMoment, weekOf } from "@/lib/hours/schedule/week-strip";
import { DAY_MS, type Weekday, weekdays } from "@/lib/platform/time/calendar";
import {
  firstWeekday,
  formatWallTime,
  isWeekendDay,
  weekdayName,
  weekOrder,
} from "@/lib/platform/time/format";
import { wallClockAt } from "@/lib/platform/time/wall-clock";
import { isTimeZone } from "@/lib/platform/time/zone";
import { ClockChangeNotes } from "./clock-change-notes";
import { DayRow } from "./day-row";
import { useHoursText } from "./hours-text";
import { PresetMenu } from "./preset-menu";
import { ScheduleTable } from "./schedule-table";
import { WeekStrip } from "./week-strip";

/** Days ahead for which clock changes are listed. */
const daysAhead = 60;

const noErrors: Record<string, string> = {};

/**
 * Edits weekly hours. `undefined` means no schedule (always in hours), `{}` means seven days off. `errors`
 * are keyed by path within the schedule, such as `monday.from.hour`; the key of the whole schedule is empty.
 */
export function ScheduleEditor({
  value,
  onChange,
  timezone,
  holidays,
  isReadOnly = false,
  errors = noErrors,
}: {
  value: WeeklySchedule | undefined;
  onChange: (value: WeeklySchedule | undefined) => void;
  timezone: string;
  holidays: Holiday[];
  isReadOnly?: boolean;
  errors?: Record<string, string>;
}) {
  const t = useTranslations("schedule");
  const cityOf = useCityOf();
  const keyName = useTranslations("ui.keys");
  const locale = useLocale();
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const viewer = useViewerZone();
  const text = useHoursText();
  const duration = useExactDuration();
  const kept = useRef<WeeklySchedule | undefined>(value);
  const remembered = useRef<WeeklySchedule>({});
  const [clipboard, setClipboard] = useState<{ name: string; hours: DayHours | undefined } | null>(null);
  const [news, setNews] = useState("");

  const offered = useMemo(
    () => presets(weekdays.filter((_, index) => isWeekendDay(locale, index))),
    [locale],
  );
  const isKnown = isTimeZone(timezone);
  const zone = isKnown ? timezone : "UTC";
  const firstDay = weekOf(zone, now, firstWeekday(locale));
  const viewerZone = isKnown && !showTheSame(zone, viewer, firstDay * DAY_MS) ? viewer : undefined;
  const stored = useMemo(() => (value ? toStoredSchedule(value) : null), [value]);
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const changes = useMemo(
    () => (isKnown ? clockChangeEffects(stored, holidays, zone, today, daysAhead) : []),
    [isKnown, stored, holidays, zone, today],
  );
  const viewerHours = useMemo(() => {
    if (!viewerZone) return undefined;
    const hours: Partial<Record<Weekday, string>> = {};
    // Ignores holidays, because the row describes every week, not the current one.
    for (const shift of shiftsOn(stored, [], zone, firstDay, firstDay + 6)) {
      const weekday = weekdays[(firstWeekday(locale) + shift.day - firstDay) % 7];
      if (weekday) hours[weekday] = text.elsewhere(shift, viewerZone, shift.day);
    }
    return hours;
  }, [stored, zone, viewerZone, firstDay, locale, text]);

  function change(next: WeeklySchedule) {
    for (const weekday of weekdays) {
      const hours = value?.[weekday];
      if (hours) remembered.current[weekday] = hours;
    }
    onChange(next);
  }

  function switchMode(mode: string) {
    if (mode === "always") {
      kept.current = value;
      onChange(undefined);
    } else onChange(kept.current ?? offered[0]?.schedule ?? {});
  }

  function switchDay(schedule: WeeklySchedule, weekday: Weekday, isOn: boolean) {
    const others = weekdays.flatMap((each) => schedule[each] ?? []);
    change(
      withDay(schedule, weekday, isOn ? (remembered.current[weekday] ?? others[0] ?? usualHours) : undefined),
    );
  }

  function onKeys(event: KeyboardEvent, schedule: WeeklySchedule, weekday: Weekday, name: string) {
    if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
    if (event.key.toLowerCase() === "c" && window.getSelection()?.isCollapsed !== false) {
      setClipboard({ name, hours: schedule[weekday] });
      setNews(t("copied", { day: name, hours: text.day(schedule[weekday]) }));
    } else if (event.key.toLowerCase() === "v" && clipboard) {
      change(withDay(schedule, weekday, clipboard.hours));
      setNews(t("pasted", { source: clipboard.name, day: name }));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const shared = overlaps(value ?? {});
  const name = (weekday: Weekday) => weekdayName(locale, weekdays.indexOf(weekday));
  const mod = isApple() ? "⌘" : keyName("Ctrl");

  return (
    <div className="@container flex flex-col gap-6">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        {isReadOnly ? (
          <p className="font-medium">{value ? t("weekly") : t("always")}</p>
        ) : (
          <Segmented label={t("mode")} value={value ? "weekly" : "always"} onChange={switchMode}>
            <Segment value="always">{t("always")}</Segment>
            <Segment value="weekly">{t("weekly")}</Segment>
          </Segmented>
        )}
        {value && (
          <div className="flex items-center gap-4">
            <p className="text-muted">
              {t.rich("total", {
                duration: duration(weeklyMinutes(value)),
                strong: (words) => <strong className="font-semibold text-ink tabular-nums">{words}</strong>,
              })}
            </p>
            {!isReadOnly && (
              <PresetMenu
                presets={offered}
                schedule={value}
                onChoose={(preset) => {
                  change(preset.schedule);
                  setNews(t("presetChosen", { preset: t(`preset.${preset.id}`) }));
                }}
              />
            )}
          </div>
        )}
      </div>
      <p className="-mt-3 text-muted">
        {!value
          ? t("alwaysHelp")
          : isKnown &&
            t("zoneHelp", { zone: cityOf(zone), time: formatWallTime(locale, wallMoment(zone, now)) })}
      </p>
      {errors[""] && <Callout look="danger">{errors[""]}</Callout>}
      {value && weekdays.every((weekday) => !value[weekday]) && (
        <Callout look="warning">{t("neverInHours")}</Callout>
      )}
      {value &&
        (isReadOnly ? (
          <ScheduleTable schedule={value} viewerHours={viewerHours} />
        ) : (
          <section aria-label={t("weekly")}>
            <div className="divide-y divide-line border-line border-y">
              {weekOrder(locale).map((index) => {
                const weekday = weekdays[index];
                if (!weekday) return null;
                return (
                  <DayRow
                    key={weekday}
                    weekday={weekday}
                    name={weekdayName(locale, index)}
                    hours={value[weekday]}
                    viewerHours={viewerHours?.[weekday]}
                    errors={{
                      from: errorAt(errors, `${weekday}.from`),
                      to: errorAt(errors, `${weekday}.to`),
                      day: errors[weekday],
                    }}
                    copyKeys={`${mod} C`}
                    onSwitch={(isOn) => switchDay(value, weekday, isOn)}
                    onChange={(hours) => change(withDay(value, weekday, hours))}
                    onCopy={(targets) => {
                      change(copyDay(value, weekday, targets));
                      setNews(t("copiedTo", { day: weekdayName(locale, index), count: targets.length }));
                    }}
                    onKeys={(event) => onKeys(event, value, weekday, weekdayName(locale, index))}
                  />
                );
              })}
            </div>
            <p role="status" className="pt-2 text-muted text-sm empty:hidden">
              {news}
            </p>
            {!news && (
              <p className="pt-2 text-muted text-sm @max-xl:hidden">
                {t("keysHint", { copy: `${mod}+C`, paste: `${mod}+V` })}
              </p>
            )}
          </section>
        ))}
      {shared.length > 0 && (
        <ul className="text-muted text-sm">
          {shared.map(({ weekday, next, minutes }) => (
            <li key={weekday}>
              {t("overlap", {
                day: name(weekday),
                next: name(next),
                duration: duration(minutes),
              })}
            </li>
          ))}
        </ul>
      )}
      <ClockChangeNotes changes={changes} />
      {isKnown && (
        <WeekStrip
          schedule={stored}
          holidays={holidays}
          timezone={zone}
          viewerZone={viewerZone}
          firstDay={firstDay}
          now={now}
        />
      )}
    </div>
  );
}

/** Returns the first message at or below a path. */
function errorAt(errors: Record<string, string>, path: string): string | undefined {
  const key = Object.keys(errors).find((each) => each === path || each.startsWith(`${path}.`));
  return key === undefined ? undefined : errors[key];
}

/** Returns whether two time zones have the same offset throughout the week. */
function showTheSame(a: string, b: string, weekStartMs: number): boolean {
  return [0, 2, 4, 6, 8].every((days) => {
    const instant = weekStartMs + days * DAY_MS;
    return wallClockAt(a, instant) === wallClockAt(b, instant);
  });
}

function isApple(): boolean {
  return typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);
}
