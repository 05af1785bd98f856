"use client";

import type { ReactNode } from "react";
import {
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaRadioGroupProps,
  RadioButton,
  RadioField,
  type RadioFieldProps,
} from "react-aria-components/RadioGroup";
import { classes } from "./classes";
import { FieldLabel } from "./field";

/**
 * A segmented control for two to five short options; changes apply immediately. Its children are `Segment`s.
 */
export function Segmented({
  label,
  hideLabel = false,
  className,
  children,
  ...props
}: Omit<AriaRadioGroupProps, "className" | "children" | "orientation"> & {
  label: string;
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <AriaRadioGroup
      {...props}
      orientation="horizontal"
      className={classes("flex min-w-0 flex-col gap-1.5", className)}
    >
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      <div className="inline-flex h-8 w-fit max-w-full items-stretch gap-0.5 rounded-md bg-sunken p-0.5 max-sm:h-12">
        {children}
      </div>
    </AriaRadioGroup>
  );
}

export function Segment({
  children,
  className,
  ...props
}: Omit<RadioFieldProps, "className" | "children"> & { children: ReactNode; className?: string }) {
  return (
    <RadioField {...props} className={classes("flex min-w-0", className)}>
      <RadioButton
        className={classes(
          "inline-flex min-w-0 cursor-default items-center justify-center gap-1.5 truncate rounded px-2.5 font-medium text-muted text-sm transition-colors",
          "data-hovered:text-ink data-selected:bg-raised data-selected:text-ink data-selected:shadow-sm data-selected:ring-1 data-selected:ring-line-strong/40",
          "data-disabled:opacity-50 data-focus-visible:outline-2 data-focus-visible:outline-accent",
        )}
      >
        {children}
      </RadioButton>
    </RadioField>
  );
}
