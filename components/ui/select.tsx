"use client";

import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  Select as AriaSelect,
  type SelectProps as AriaSelectProps,
  Button,
  ListBox,
  ListBoxItem,
  type ListBoxItemProps,
  Popover,
  SelectValue,
} from "react-aria-components/Select";
import { classes } from "./classes";
import { FieldLabel, FieldNotes, type FieldTexts, inputClasses, inputHeight } from "./field";
import { itemClasses } from "./menu";
import { popoverClasses } from "./popover";

export interface SelectProps<T extends object>
  extends Omit<AriaSelectProps<T>, "className" | "children">,
    FieldTexts {
  items?: Iterable<T>;
  className?: string;
  children: ReactNode | ((item: T) => ReactNode);
}

/** A single-select field for a few options. For many options, use `ComboBox`. */
export function Select<T extends object>({
  label,
  hideLabel = false,
  help,
  error,
  items,
  className,
  children,
  ...props
}: SelectProps<T>) {
  return (
    <AriaSelect
      {...props}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={classes("group/select flex min-w-0 flex-col gap-1.5", className)}
    >
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      <Button
        className={classes(
          inputClasses,
          inputHeight,
          "flex items-center gap-2 pe-2 text-start group-data-invalid/select:border-danger data-focus-visible:border-accent data-focus-visible:outline-2 data-focus-visible:outline-accent/30",
        )}
      >
        <SelectValue className="flex min-w-0 flex-1 items-center gap-2 truncate data-placeholder:text-muted [&_[data-hint]]:hidden" />
        <ChevronDown
          aria-hidden="true"
          className="size-4 shrink-0 text-muted group-data-disabled/select:opacity-50"
        />
      </Button>
      <FieldNotes help={help} error={error} />
      <Popover offset={4} className={classes(popoverClasses, "min-w-(--trigger-width)")}>
        <ListBox {...(items ? { items } : {})} className="max-h-[inherit] overflow-auto p-1 outline-none">
          {children}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** An option of a `Select` or `ComboBox`. */
export function Option({
  icon,
  hint,
  children,
  ...props
}: Omit<ListBoxItemProps, "className" | "children"> & {
  icon?: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <ListBoxItem
      {...props}
      {...(typeof children === "string" && !props.textValue ? { textValue: children } : {})}
      className={itemClasses}
    >
      {({ isSelected }) => (
        <>
          {icon && (
            <span aria-hidden="true" className="flex shrink-0 items-center justify-center text-muted">
              {icon}
            </span>
          )}
          <span className="min-w-0 flex-1 truncate">{children}</span>
          {hint && (
            <span data-hint="" className="text-muted text-sm">
              {hint}
            </span>
          )}
          <Check
            data-hint=""
            aria-hidden="true"
            className={classes("size-4 shrink-0", !isSelected && "invisible")}
          />
        </>
      )}
    </ListBoxItem>
  );
}
