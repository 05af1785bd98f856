"use client";

import type { CalendarDate } from "@internationalized/date";
import { CalendarDays } from "lucide-react";
import {
  DatePicker as AriaDatePicker,
  type DatePickerProps as AriaDatePickerProps,
  Button,
  Calendar,
  Group,
  Popover,
} from "react-aria-components/DatePicker";
import { Dialog } from "react-aria-components/Dialog";
import { Month } from "./calendar";
import { classes } from "./classes";
import { FieldLabel, FieldNotes, type FieldTexts, inputHeight, shellClasses } from "./field";
import { dateOf, isoOf } from "./iso-date";
import { popoverClasses } from "./popover";
import { Segments } from "./segments";
import { type TextForm, usePartialValue } from "./use-partial-value";

export interface DatePickerProps
  extends Omit<
      AriaDatePickerProps<CalendarDate>,
      "className" | "children" | "value" | "defaultValue" | "onChange" | "onBlur" | "minValue" | "maxValue"
    >,
    FieldTexts {
  /** ISO date such as `2026-05-31`; null while the date is empty or incomplete. */
  value: string | null;
  onChange: (date: string | null) => void;
  min?: string;
  max?: string;
  className?: string;
}

const dateText: TextForm<CalendarDate> = { parse: dateOf, format: isoOf };

/** A date field in the reader's format, with a calendar. */
export function DatePicker({
  label,
  hideLabel = false,
  help,
  error,
  value,
  onChange,
  min,
  max,
  className,
  ...props
}: DatePickerProps) {
  const { field, onPartial } = usePartialValue(value, onChange, dateText);
  return (
    <AriaDatePicker<CalendarDate>
      {...props}
      {...field}
      {...(min ? { minValue: dateOf(min) } : {})}
      {...(max ? { maxValue: dateOf(max) } : {})}
      isInvalid={error !== undefined}
      shouldForceLeadingZeros
      validationBehavior="aria"
      className={classes("flex min-w-0 flex-col gap-1.5", className)}
    >
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      <Group
        className={classes(
          shellClasses,
          inputHeight,
          "flex items-center gap-1 ps-2 pe-1 max-sm:gap-0 max-sm:pe-0",
        )}
      >
        <Segments onPartial={onPartial} />
        <Button className="flex size-6 shrink-0 items-center max-sm:size-10 justify-center rounded text-muted outline-none data-hovered:bg-hover data-disabled:opacity-50 data-focus-visible:outline-2 data-focus-visible:outline-accent">
          <CalendarDays aria-hidden="true" className="size-3.5" />
        </Button>
      </Group>
      <FieldNotes help={help} error={error} />
      <Popover offset={4} placement="bottom end" className={classes(popoverClasses, "p-3")}>
        <Dialog className="outline-none">
          <Calendar>
            <Month />
          </Calendar>
        </Dialog>
      </Popover>
    </AriaDatePicker>
  );
}
