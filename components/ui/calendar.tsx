"use client";

import type { CalendarDate } from "@internationalized/date";
import { ChevronLeft, ChevronRight } from "lucide-react";
import {
  Calendar as AriaCalendar,
  type CalendarProps as AriaCalendarProps,
  Button,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
} from "react-aria-components/Calendar";
import { useLocale } from "react-aria-components/I18nProvider";
import { classes } from "./classes";
import { dateOf, isoOf } from "./iso-date";

export const dayClasses = classes(
  "flex size-8 cursor-default items-center justify-center rounded-md tabular-nums outline-none max-sm:size-10",
  "data-outside-month:invisible data-hovered:bg-hover data-pressed:bg-pressed data-today:font-semibold data-today:text-accent",
  "data-disabled:opacity-40 data-unavailable:text-muted data-unavailable:line-through",
  "data-selected:bg-accent data-selected:text-on-accent data-selected:data-invalid:bg-danger data-selected:data-invalid:text-on-danger",
  "data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:outline-offset-1",
);

const arrowClasses = classes(
  "flex size-8 items-center justify-center rounded-md text-muted outline-none max-sm:size-10",
  "data-hovered:bg-hover data-hovered:text-ink data-disabled:opacity-50 data-focus-visible:outline-2 data-focus-visible:outline-accent",
);

/** Arabic has no short weekday names that fit, so its weekdays are single letters. */
function weekdayStyle(locale: string): "short" | "narrow" {
  return locale.startsWith("ar") ? "narrow" : "short";
}

/** The day grid with previous and next buttons, shared by `Calendar` and `DatePicker`. */
export function Month() {
  const { locale } = useLocale();
  return (
    <>
      <header className="flex items-center gap-1 pb-1">
        <Button slot="previous" className={arrowClasses}>
          <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </Button>
        <CalendarHeading className="min-w-0 flex-1 truncate text-center font-medium" />
        <Button slot="next" className={arrowClasses}>
          <ChevronRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </Button>
      </header>
      <CalendarGrid weekdayStyle={weekdayStyle(locale)} className="border-collapse">
        <CalendarGridHeader>
          {(day) => (
            <CalendarHeaderCell className="h-8 p-0 text-center font-normal text-muted text-xs">
              {day}
            </CalendarHeaderCell>
          )}
        </CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell date={date} className={dayClasses} />}</CalendarGridBody>
      </CalendarGrid>
    </>
  );
}

/** A calendar for choosing a day. Values are ISO dates such as `2026-05-31`. */
export function Calendar({
  label,
  value,
  onChange,
  min,
  max,
  className,
  ...props
}: Omit<
  AriaCalendarProps<CalendarDate>,
  "className" | "children" | "value" | "defaultValue" | "onChange" | "minValue" | "maxValue" | "aria-label"
> & {
  /** Accessible name. */
  label: string;
  value: string | null;
  onChange: (date: string) => void;
  min?: string;
  max?: string;
  className?: string;
}) {
  return (
    <AriaCalendar
      {...props}
      aria-label={label}
      value={dateOf(value)}
      onChange={(date) => onChange(isoOf(date))}
      {...(min ? { minValue: dateOf(min) } : {})}
      {...(max ? { maxValue: dateOf(max) } : {})}
      className={classes("w-fit", className)}
    >
      <Month />
    </AriaCalendar>
  );
}
