"use client";

import { parseTime, type Time } from "@internationalized/date";
import { Clock } from "lucide-react";
import { useRef } from "react";
import { Button } from "react-aria-components/Button";
import { MenuTrigger } from "react-aria-components/Menu";
import {
  TimeField as AriaTimeField,
  type TimeFieldProps as AriaTimeFieldProps,
} from "react-aria-components/TimeField";
import { useLocale, useTranslations } from "use-intl";
import { formatWallTime } from "@/lib/platform/time/format";
import { classes } from "./classes";
import { FieldLabel, FieldNotes, type FieldTexts, inputHeight, shellClasses } from "./field";
import { Menu, MenuItem } from "./menu";
import { Segments } from "./segments";
import { dayTimes, idOfTime, type TimeOfDay, timeOfId } from "./time-of-day";
import { type TextForm, usePartialValue } from "./use-partial-value";

export interface TimeFieldProps
  extends Omit<
      AriaTimeFieldProps<Time>,
      "className" | "children" | "value" | "defaultValue" | "onChange" | "onBlur"
    >,
    FieldTexts {
  /** Null while the time is empty or incomplete. */
  value: TimeOfDay | null;
  onChange: (time: TimeOfDay | null) => void;
  /** Gets whether the time is incomplete, but not empty. */
  onUnfinished?: (isUnfinished: boolean) => void;
  /** Minutes between the times in the list. */
  step?: number;
  className?: string;
}

const timeText: TextForm<Time> = { parse: parseTime, format: idOfTime };

/** A time field with a list of times, in the reader's 12- or 24-hour format. */
export function TimeField({
  label,
  hideLabel = false,
  help,
  error,
  value,
  onChange,
  onUnfinished,
  step = 30,
  className,
  ...props
}: TimeFieldProps) {
  const box = useRef<HTMLDivElement>(null);
  const { field, onPartial } = usePartialValue(
    value && idOfTime(value),
    (id) => onChange(id === null ? null : timeOfId(id)),
    timeText,
  );
  return (
    <AriaTimeField
      {...props}
      {...field}
      isInvalid={error !== undefined}
      shouldForceLeadingZeros
      validationBehavior="aria"
      className={classes("flex min-w-0 flex-col gap-1.5", className)}
    >
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      <div
        ref={box}
        {...(error === undefined ? {} : { "data-invalid": true })}
        {...(props.isDisabled ? { "data-disabled": true } : {})}
        className={classes(
          shellClasses,
          inputHeight,
          "flex items-center gap-1 ps-2 pe-1 max-sm:gap-0 max-sm:pe-0",
        )}
      >
        <Segments
          onPartial={(isPartial) => {
            onPartial(isPartial);
            onUnfinished?.(isPartial);
          }}
        />
        {!props.isReadOnly && (
          <TimeList value={value} step={step} isDisabled={props.isDisabled ?? false} onChoose={onChange} />
        )}
      </div>
      <FieldNotes help={help} error={error} />
    </AriaTimeField>
  );
}

function TimeList({
  value,
  step,
  isDisabled,
  onChoose,
}: {
  value: TimeOfDay | null;
  step: number;
  isDisabled: boolean;
  onChoose: (time: TimeOfDay) => void;
}) {
  const t = useTranslations("ui");
  const locale = useLocale();
  const times = dayTimes(step).map((time) => ({ id: idOfTime(time), time }));
  return (
    <MenuTrigger>
      <Button
        isDisabled={isDisabled}
        aria-label={t("chooseTime")}
        className="flex size-6 shrink-0 items-center max-sm:size-10 justify-center rounded text-muted outline-none data-hovered:bg-hover data-disabled:opacity-50 data-focus-visible:outline-2 data-focus-visible:outline-accent"
      >
        <Clock aria-hidden="true" className="size-3.5" />
      </Button>
      <Menu
        items={times}
        placement="bottom end"
        selectionMode="single"
        selectedKeys={value ? [idOfTime(value)] : []}
        onAction={(id) => onChoose(timeOfId(String(id)))}
        maxHeight={288}
        className="min-w-32 tabular-nums"
      >
        {({ id, time }) => <MenuItem id={id}>{formatWallTime(locale, time)}</MenuItem>}
      </Menu>
    </MenuTrigger>
  );
}
