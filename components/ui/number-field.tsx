"use client";

import { Minus, Plus } from "lucide-react";
import { type ReactNode, useContext, useEffectEvent, useLayoutEffect } from "react";
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
  Button,
  Group,
  Input,
  NumberFieldStateContext,
} from "react-aria-components/NumberField";
import { useTranslations } from "use-intl";
import { classes } from "./classes";
import { FieldLabel, FieldNotes, type FieldTexts, inputHeight, shellClasses } from "./field";

export interface NumberFieldProps
  extends Omit<
      AriaNumberFieldProps,
      "className" | "children" | "value" | "defaultValue" | "onChange" | "placeholder"
    >,
    FieldTexts {
  /** Null while the field is empty. */
  value: number | null;
  onChange: (value: number | null) => void;
  placeholder?: string;
  /** Unit after the number. Repeat it in the label or help if the label doesn't imply it. */
  unit?: ReactNode;
  className?: string;
}

/** Group separators that appear while typing would move the caret. */
const plainFigures = { useGrouping: false } as const;

const stepClasses = classes(
  "flex size-6 shrink-0 items-center max-sm:h-full max-sm:w-10 justify-center rounded text-muted outline-none",
  "data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-pressed data-disabled:opacity-40",
);

/**
 * Reports the number on each keystroke. React Aria reports it on blur, so saving by shortcut would lose what
 * was typed.
 */
function WhileTyping({ value, onChange }: Pick<NumberFieldProps, "value" | "onChange">) {
  const state = useContext(NumberFieldStateContext);
  const typed = state?.numberValue ?? Number.NaN;
  const isEmpty = state?.inputValue === "";
  const report = useEffectEvent((next: number | null) => {
    if (next !== value) onChange(next);
  });
  // Before the next event, which may be the shortcut for saving.
  useLayoutEffect(() => {
    if (!Number.isNaN(typed)) report(typed);
  }, [typed]);
  useLayoutEffect(() => {
    if (isEmpty) report(null);
  }, [isEmpty]);
  return null;
}

/**
 * A number field with stepper buttons and arrow keys. A number outside of `minValue` and `maxValue` is reported,
 * too, and shows an error; the form must refuse it. The field has `data-outside` then.
 */
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
  const t = useTranslations("errors");
  const { minValue: min, maxValue: max } = props;
  const isBounded = min !== undefined && max !== undefined;
  const isOutside = isBounded && value !== null && (value < min || value > max);
  const shownError = error ?? (isOutside ? t("outOfRange", { min, max }) : undefined);
  return (
    <AriaNumberField
      formatOptions={plainFigures}
      // Not "snap", which would replace a number outside of the range by another one.
      commitBehavior="validate"
      {...props}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      {...(isOutside ? { "data-outside": true } : {})}
      isInvalid={shownError !== undefined}
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
      <FieldNotes help={help} error={shownError} />
    </AriaNumberField>
  );
}
