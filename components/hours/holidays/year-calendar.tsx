"use client";

import { type KeyboardEvent, type MouseEvent, memo, useCallback, useEffect, useRef } from "react";
import { useLocale, useTranslations } from "use-intl";
import { classes } from "@/components/ui/classes";
import { isMirrored } from "@/components/ui/mirrored";
import { useJoined } from "@/components/ui/use-joined";
import { dateKey, type Entry } from "@/lib/hours/public-holidays/editing";
import { weekdayIndex } from "@/lib/platform/time/calendar";
import { formatDay, formatMonthDay, monthName, weekdayName, yearName } from "@/lib/platform/time/format";
import { firstWeekday, isWeekendDay, weekOrder } from "@/lib/platform/time/week";
import {
  addMonths,
  dateOf,
  dayNumber,
  monthLength,
  monthWeeks,
  nextLeapYear,
} from "@/lib/platform/time/year-calendar";

const leapDay = { month: 2, day: 29 };

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/**
 * The twelve months of a year with their holidays. A single tab stop: arrow keys move by day, Page Up and
 * Page Down by month, with Shift by year.
 */
export function YearCalendar({
  cursor,
  today,
  opened,
  entries,
  onMove,
  onOpen,
}: {
  /** The focusable day as an epoch day. Determines the year shown. */
  cursor: number;
  today: number;
  /** The day whose popover is open. */
  opened: number | null;
  /** Holidays by `dateKey`. */
  entries: ReadonlyMap<number, readonly Entry[]>;
  onMove: (day: number) => void;
  /** Omit for a read-only calendar. */
  onOpen?: ((day: number, cell: HTMLElement) => void) | undefined;
}) {
  const t = useTranslations("holidays");
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  /** Set only by keyboard navigation: a year button must keep its focus. */
  const followCursor = useRef(false);
  const { year } = dateOf(cursor);
  const cursorMonth = dateOf(cursor).month;

  useEffect(() => {
    if (!followCursor.current) return;
    followCursor.current = false;
    box.current?.querySelector<HTMLElement>(`[data-day="${cursor}"]`)?.focus();
  }, [cursor]);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isRightToLeft = isMirrored(event.currentTarget);
    const column = (weekdayIndex(cursor) - firstWeekday(locale) + 7) % 7;
    const page = event.shiftKey ? 12 : 1;
    const target = {
      ArrowLeft: () => cursor + (isRightToLeft ? 1 : -1),
      ArrowRight: () => cursor + (isRightToLeft ? -1 : 1),
      ArrowUp: () => cursor - 7,
      ArrowDown: () => cursor + 7,
      Home: () => cursor - column,
      End: () => cursor + 6 - column,
      PageUp: () => addMonths(cursor, -page),
      PageDown: () => addMonths(cursor, page),
    }[event.key];
    if (!target || !(event.target instanceof HTMLElement) || event.target.dataset.day === undefined) return;
    event.preventDefault();
    followCursor.current = true;
    onMove(target());
  }

  /** The pressed button does not exist in the target year, so the focus moves to the target day. */
  const goToLeapDay = useCallback(
    (leapYear: number) => {
      followCursor.current = true;
      onMove(dayNumber({ ...leapDay, year: leapYear }));
    },
    [onMove],
  );

  function onClick(event: MouseEvent<HTMLDivElement>) {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-day]") : null;
    if (!cell) return;
    const day = Number(cell.dataset.day);
    onMove(day);
    onOpen?.(day, cell);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: twelve grids in a group, with their keys handled in one place
    <div
      ref={box}
      role="group"
      aria-label={t("calendarOf", { year: yearName(locale, year) })}
      onKeyDown={onKeyDown}
      onClick={onClick}
      className="grid gap-x-6 gap-y-6 @md:grid-cols-2 @2xl:grid-cols-3 @4xl:grid-cols-4"
    >
      {months.map((month) => (
        <Month
          key={month}
          year={year}
          month={month}
          cursor={month === cursorMonth ? cursor : null}
          today={today}
          opened={month === cursorMonth ? opened : null}
          entries={entries}
          isReadOnly={!onOpen}
          onLeapYear={goToLeapDay}
        />
      ))}
    </div>
  );
}

const Month = memo(function Month({
  year,
  month,
  cursor,
  today,
  opened,
  entries,
  isReadOnly,
  onLeapYear,
}: {
  year: number;
  month: number;
  /** Null if the cursor is in another month. */
  cursor: number | null;
  today: number;
  opened: number | null;
  entries: ReadonlyMap<number, readonly Entry[]>;
  isReadOnly: boolean;
  onLeapYear: (year: number) => void;
}) {
  const t = useTranslations("holidays");
  const joined = useJoined();
  const locale = useLocale();
  const name = monthName(locale, month);
  const figures = new Intl.NumberFormat(locale);
  const leapDays = entries.get(dateKey(leapDay)) ?? [];
  const lacksLeapDay = month === 2 && monthLength(year, 2) < 29 && (!isReadOnly || leapDays.length > 0);
  const leapYear = nextLeapYear(year);

  return (
    <div className="min-w-0">
      <h3 className="pb-1 ps-1 font-medium text-sm">{name}</h3>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a calendar is a grid
        role="grid"
        aria-label={formatDay(locale, dayNumber({ year, month, day: 1 }), { month: "long", year: "numeric" })}
        className="w-full table-fixed text-center tabular-nums"
      >
        <thead>
          <tr>
            {weekOrder(locale).map((index) => (
              <th
                key={index}
                scope="col"
                abbr={weekdayName(locale, index)}
                className="h-6 font-normal text-muted text-xs"
              >
                {weekdayName(locale, index, "narrow")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthWeeks(year, month, firstWeekday(locale)).map((days) => (
            <tr key={days.find((each) => each !== null)}>
              {days.map((day, column) => {
                // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name
                if (day === null) return <td key={column} />;
                const date = dateOf(day);
                const holidays = entries.get(dateKey(date)) ?? [];
                const names = joined(holidays.map(({ holiday }) => holiday.name));
                const full = formatDay(locale, day, { dateStyle: "full" });
                const isHoliday = holidays.length > 0;
                return (
                  <td key={day} className="p-px">
                    <button
                      type="button"
                      data-day={day}
                      tabIndex={day === cursor ? 0 : -1}
                      aria-label={isHoliday ? t("dayWithHolidays", { date: full, names }) : full}
                      aria-current={day === today ? "date" : undefined}
                      title={names || undefined}
                      className={classes(
                        "relative flex h-7 w-full items-center justify-center rounded-md text-sm transition-colors max-sm:h-9",
                        isHoliday
                          ? "bg-accent font-medium text-on-accent"
                          : isWeekendDay(locale, weekdayIndex(day))
                            ? "text-muted"
                            : "text-ink",
                        !isHoliday && !isReadOnly && "hover:bg-pressed",
                        isHoliday && !isReadOnly && "hover:bg-accent-strong",
                        day === today &&
                          !isHoliday &&
                          "font-semibold text-accent ring-1 ring-accent ring-inset",
                        day === opened && "outline-2 outline-accent outline-offset-1",
                        day === today && isHoliday && "underline underline-offset-2",
                      )}
                    >
                      {figures.format(date.day)}
                      {holidays.length > 1 && (
                        <span
                          aria-hidden="true"
                          className="absolute end-1 top-0.5 text-[0.625rem] leading-none opacity-90"
                        >
                          {figures.format(holidays.length)}
                        </span>
                      )}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {lacksLeapDay && (
        <button
          type="button"
          onClick={() => onLeapYear(leapYear)}
          className="mt-1 min-h-6 rounded px-1 text-start text-accent text-sm hover:underline"
        >
          {leapDays.length > 0
            ? t("leapDayNamed", {
                date: formatMonthDay(locale, leapDay),
                names: joined(leapDays.map(({ holiday }) => holiday.name)),
                year: yearName(locale, leapYear),
              })
            : t("leapDayNext", { date: formatMonthDay(locale, leapDay), year: yearName(locale, leapYear) })}
        </button>
      )}
    </div>
  );
});
