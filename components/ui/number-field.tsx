"use client";

import { Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
  Button,
  Group,
  Input,
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

const stepClasses = classes(
  "flex size-6 shrink-0 items-center justify-center rounded text-muted outline-none",
  "data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-pressed data-disabled:opacity-40",
);

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
      {...props}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={classes("flex min-w-0 flex-col gap-1.5", className)}
    >
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
