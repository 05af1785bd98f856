"use client";

import { Minus, Plus } from "lucide-react";
import { type ReactNode, useContext, useEffect, useRef } from "react";
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
  Button,
  Group,
  Input,
  NumberFieldStateContext,
} from "react-aria-components/NumberField";
import { classes } from "./classes";
import { FieldLabel, FieldNotes, type FieldTexts, inputHeight, shellClasses } from "./field";

export interface NumberFieldProps
  extends Omit<
      AriaNumberFieldProps,
      "className" | "children" | "value" | "defaultValue" | "onChange" | "placeholder"
    >,
    FieldTexts {
  /** Null while nothing is entered. */
  value: number | null;
  onChange: (value: number | null) => void;
  placeholder?: string;
  /** What is counted, shown behind the number. It belongs into the label or the help, too, where the label doesn't say it. */
  unit?: ReactNode;
  className?: string;
}

/** Without separators: one that comes while somebody types would move the caret. */
const plainFigures = { useGrouping: false } as const;

const stepClasses = classes(
  "flex size-6 shrink-0 items-center justify-center rounded text-muted outline-none",
  "data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-pressed data-disabled:opacity-40",
);

/**
 * Tells of a number as it is typed. React Aria itself waits until the field is left, and what was typed is lost to whoever
 * saves by a key or looks elsewhere before that.
 */
function WhileTyping({ value, onChange }: Pick<NumberFieldProps, "value" | "onChange">) {
  const state = useContext(NumberFieldStateContext);
  const typed = state?.numberValue ?? Number.NaN;
  const isWithin =
    !Number.isNaN(typed) &&
    typed >= (state?.minValue ?? Number.NEGATIVE_INFINITY) &&
    typed <= (state?.maxValue ?? Number.POSITIVE_INFINITY);
  const latest = useRef({ value, onChange });
  latest.current = { value, onChange };
  useEffect(() => {
    if (isWithin && typed !== latest.current.value) latest.current.onChange(typed);
  }, [isWithin, typed]);
  return null;
}

/** A number, typed or changed step by step by buttons and arrow keys. */
export function NumberField({
  label,
  hideLabel = false,
  help,
  error,
  value,
  onChange,
  placeholder,
  unit,
  className,
  ...props
}: NumberFieldProps) {
  return (
    <AriaNumberField
      formatOptions={plainFigures}
      {...props}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={classes("flex min-w-0 flex-col gap-1.5", className)}
    >
      <WhileTyping value={value} onChange={onChange} />
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      <Group className={classes(shellClasses, inputHeight, "flex items-center ps-2.5 pe-1")}>
        <Input
          {...(placeholder === undefined ? {} : { placeholder })}
          className="h-full w-full min-w-0 flex-1 bg-transparent tabular-nums outline-none placeholder:text-muted max-sm:text-lg"
        />
        {unit && <span className="shrink-0 px-1.5 text-muted text-sm">{unit}</span>}
        {!props.isReadOnly && (
          <>
            <Button slot="decrement" className={stepClasses}>
              <Minus aria-hidden="true" className="size-3.5" />
            </Button>
            <Button slot="increment" className={stepClasses}>
              <Plus aria-hidden="true" className="size-3.5" />
            </Button>
          </>
        )}
      </Group>
      <FieldNotes help={help} error={error} />
    </AriaNumberField>
  );
}
