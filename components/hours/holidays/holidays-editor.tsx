"use client";

import { CalendarPlus, ChevronLeft, ChevronRight, Plus } from "lucide-react";
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useLocale, useTranslations } from "use-intl";
import { dayAt } from "@/components/availability/timeline/day";
import { useNow } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { IconButton } from "@/components/ui/icon-button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Popover } from "@/components/ui/popover";
import { notify } from "@/components/ui/toast";
import { byDate, dateKey, groupByDate, isListed, maxHolidays } from "@/lib/hours/public-holidays/editing";
import type { Holiday } from "@/lib/hours/schedule/contract";
import { yearName } from "@/lib/platform/time/format";
import { addMonths, dateOf, dayNumber } from "@/lib/platform/time/year-calendar";
import { isTimeZone } from "@/lib/platform/time/zone";
import { DayPopover } from "./day-popover";
import { HolidayForm } from "./holiday-form";
import { HolidayList } from "./holiday-list";
import { YearCalendar } from "./year-calendar";

const PublicHolidaysDialog = lazyPart(
  async () => (await import("./public-holidays-dialog")).PublicHolidaysDialog,
);

const noErrors: Record<string, string> = {};

/**
 * Edits the yearly days off: a calendar, a list, and a choice of public holidays. `errors` are keyed by path
 * within the list, such as `0.name`; the key of the whole list is empty.
 */
export function HolidaysEditor({
  value,
  onChange,
  timezone,
  countryCode,
  isReadOnly = false,
  errors = noErrors,
}: {
  value: Holiday[];
  onChange: (value: Holiday[]) => void;
  timezone: string;
  /** Country whose public holidays are offered first. */
  countryCode?: string | undefined;
  isReadOnly?: boolean;
  errors?: Record<string, string>;
}) {
  const t = useTranslations("holidays");
  const shared = useTranslations("ui");
  const locale = useLocale();
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const today = dayAt(isTimeZone(timezone) ? timezone : "UTC", now);
  const [cursor, setCursor] = useState(today);
  const [opened, setOpened] = useState<number | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const cell = useRef<HTMLElement>(null);
  const entries = useMemo(() => groupByDate(value), [value]);
  const { year } = dateOf(cursor);
  const isFull = value.length >= maxHolidays;

  // An undo may run after further changes. Callbacks that read this ref stay stable.
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  });

  function save(holiday: Holiday, index?: number) {
    onChange(
      index === undefined ? [...value, holiday] : value.map((each, at) => (at === index ? holiday : each)),
    );
  }

  const list = useRef<HTMLElement>(null);
  /** Index of the removed entry. Its button is gone, so the next one receives the focus. */
  const refocus = useRef<number | null>(null);
  // No dependencies: runs after the render that removes the entry.
  useEffect(() => {
    if (refocus.current === null) return;
    const rows = [...(list.current?.querySelectorAll("li") ?? [])];
    const row = rows[Math.min(refocus.current, rows.length - 1)];
    const buttons = row?.querySelectorAll("button");
    (buttons?.[buttons.length - 1] ?? list.current)?.focus();
    refocus.current = null;
  });

  const remove = useCallback(
    (index: number) => {
      const removed = latest.current.value[index];
      if (!removed) return;
      latest.current.onChange(latest.current.value.filter((_, at) => at !== index));
      notify({
        kind: "info",
        title: t("removed", { name: removed.name }),
        action: {
          label: shared("undo"),
          run: () => {
            const { value: list, onChange: change } = latest.current;
            if (!isListed(list, removed)) change(list.toSpliced(index, 0, removed));
          },
        },
      });
    },
    [t, shared],
  );

  const removeInList = useCallback(
    (holiday: Holiday) => {
      const entries = byDate(latest.current.value);
      refocus.current = entries.findIndex((entry) => entry.holiday === holiday);
      const index = entries[refocus.current]?.index;
      if (index !== undefined) remove(index);
    },
    [remove],
  );

  return (
    <div className="@container flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted">
          {t("count", { count: value.length })} {t("everyYear")}
        </p>
        {!isReadOnly && (
          <div className="flex flex-wrap gap-2 max-sm:gap-1">
            <DialogTrigger>
              <Button isDisabled={isFull}>
                <Plus aria-hidden="true" className="size-4" />
                {t("addHoliday")}
              </Button>
              <Popover label={t("addHoliday")} placement="bottom end">
                {(close) => (
                  <div className="w-72 p-4">
                    <HolidayForm
                      initial={{ name: "", day: dateOf(cursor).day, month: dateOf(cursor).month }}
                      holidays={value}
                      action={t("add")}
                      onSubmit={(holiday) => {
                        save(holiday);
                        setCursor(dayNumber({ ...holiday, year }));
                        close();
                      }}
                    />
                  </div>
                )}
              </Popover>
            </DialogTrigger>
            <Button isDisabled={isFull} onPress={() => setIsAdding(true)}>
              <CalendarPlus aria-hidden="true" className="size-4" />
              {t("addPublic")}
            </Button>
          </div>
        )}
      </div>
      {errors[""] && <Callout look="danger">{errors[""]}</Callout>}
      {isFull && !isReadOnly && <Callout look="warning">{t("full")}</Callout>}
      <div className="grid items-start gap-8 @3xl:grid-cols-[17rem_minmax(0,1fr)]">
        <section
          ref={list}
          tabIndex={-1}
          aria-label={t("list")}
          className="outline-none @3xl:max-h-[52rem] @3xl:overflow-y-auto"
        >
          {value.length === 0 ? (
            <p className="rounded-lg bg-sunken px-4 py-6 text-center text-muted">
              {isReadOnly ? t("none") : t("noneYet")}
            </p>
          ) : (
            <HolidayList
              holidays={value}
              errors={errors}
              isReadOnly={isReadOnly}
              onSave={save}
              onRemove={removeInList}
            />
          )}
        </section>
        <section aria-label={t("calendar")} className="@container min-w-0">
          <div className="flex items-center justify-between pb-3">
            <h2 aria-live="polite" className="font-semibold text-lg tabular-nums">
              {yearName(locale, year)}
            </h2>
            <div className="flex items-center gap-1">
              {year !== dateOf(today).year && (
                <Button look="quiet" size="small" onPress={() => setCursor(today)}>
                  {t("thisYear")}
                </Button>
              )}
              <IconButton label={t("previousYear")} onPress={() => setCursor(addMonths(cursor, -12))}>
                <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
              </IconButton>
              <IconButton label={t("nextYear")} onPress={() => setCursor(addMonths(cursor, 12))}>
                <ChevronRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
              </IconButton>
            </div>
          </div>
          <YearCalendar
            cursor={cursor}
            today={today}
            opened={opened}
            entries={entries}
            onMove={setCursor}
            onOpen={
              isReadOnly
                ? undefined
                : (day, element) => {
                    cell.current = element;
                    setOpened(day);
                  }
            }
          />
        </section>
      </div>
      {opened !== null && (
        <DayPopover
          key={opened}
          day={opened}
          cell={cell}
          entries={entries.get(dateKey(dateOf(opened))) ?? []}
          holidays={value}
          isFull={isFull}
          onSave={save}
          onRemove={remove}
          onClose={() => setOpened(null)}
        />
      )}
      {isAdding && (
        // Its own boundary: otherwise the page's would hide the page for a moment, and the button would lose
        // focus.
        <Suspense>
          <PublicHolidaysDialog
            holidays={value}
            timezone={timezone}
            countryCode={countryCode}
            onAdd={(added) => onChange([...value, ...added])}
            onClose={() => setIsAdding(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
