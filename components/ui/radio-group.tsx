"use client";

import type { ReactNode } from "react";
import {
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaRadioGroupProps,
  RadioButton,
  RadioField,
  type RadioFieldProps,
  Text,
} from "react-aria-components/RadioGroup";
import { classes } from "./classes";
import { FieldLabel, FieldNotes, type FieldTexts } from "./field";

export function RadioGroup({
  label,
  hideLabel = false,
  help,
  error,
  className,
  children,
  ...props
}: Omit<AriaRadioGroupProps, "className" | "children"> &
  FieldTexts & { className?: string; children: ReactNode }) {
  return (
    <AriaRadioGroup
      {...props}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={classes("group/radios flex min-w-0 flex-col gap-1.5", className)}
    >
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      <div className="flex flex-col gap-1 group-data-[orientation=horizontal]/radios:flex-row group-data-[orientation=horizontal]/radios:flex-wrap group-data-[orientation=horizontal]/radios:gap-x-5">
        {children}
      </div>
      <FieldNotes help={help} error={error} />
    </AriaRadioGroup>
  );
}

export function Radio({
  help,
  className,
  children,
  ...props
}: Omit<RadioFieldProps, "className" | "children"> & {
  /** Explains the option. */
  help?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <RadioField {...props} className={classes("flex min-w-0 flex-col", className)}>
      <RadioButton className="group flex min-h-6 items-center gap-2.5 max-sm:min-h-11">
        <span
          aria-hidden="true"
          className={classes(
            "flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface transition-colors",
            "group-data-selected:border-accent group-data-selected:bg-accent group-data-invalid:border-danger group-data-disabled:opacity-50",
            "group-data-focus-visible:outline-2 group-data-focus-visible:outline-accent group-data-focus-visible:outline-offset-2",
          )}
        >
          <span className="invisible size-1.5 rounded-full bg-on-accent group-data-selected:visible" />
        </span>
        <span className="min-w-0 group-data-disabled:text-muted max-sm:py-2">{children}</span>
      </RadioButton>
      {help && (
        <Text slot="description" className="block ps-6.5 text-muted text-sm max-sm:-mt-2 max-sm:pb-1.5">
          {help}
        </Text>
      )}
    </RadioField>
  );
}
