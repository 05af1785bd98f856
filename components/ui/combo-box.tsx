"use client";

import type { ReactNode } from "react";
import {
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaComboBoxProps,
  type Key,
} from "react-aria-components/ComboBox";
import { Group } from "react-aria-components/Group";
import { containsFolded } from "@/lib/platform/text/text-folding";
import { classes } from "./classes";
import { ComboButton, ComboInput } from "./combo-input";
import { FieldLabel, FieldNotes, type FieldTexts, inputHeight, shellClasses } from "./field";
import { OptionList } from "./option-list";

export interface ComboBoxProps<T extends object>
  extends Omit<
      AriaComboBoxProps<T>,
      | "className"
      | "children"
      | "items"
      | "defaultItems"
      | "selectionMode"
      | "onChange"
      | "value"
      | "inputValue"
      | "defaultInputValue"
    >,
    FieldTexts {
  /** All options; typing filters them. */
  items: Iterable<T>;
  /** ID of the selected option. */
  value: Key | null;
  onChange: (id: Key | null) => void;
  placeholder?: string;
  /** Shown if no option matches. */
  empty?: ReactNode;
  /** Whether more options are being fetched. */
  isLoading?: boolean;
  /**
   * The caller searches on `onInputChange`, and `items` are shown unfiltered. They must include the selected
   * option.
   */
  isSearchedElsewhere?: boolean;
  className?: string;
  children: ReactNode | ((item: T) => ReactNode);
}

/** A single-select field with a text filter. Its children are `Option`s. */
export function ComboBox<T extends object>({
  label,
  hideLabel = false,
  help,
  error,
  items,
  placeholder,
  empty,
  isLoading = false,
  isSearchedElsewhere = false,
  className,
  children,
  ...props
}: ComboBoxProps<T>) {
  return (
    <AriaComboBox<T>
      defaultFilter={containsFolded}
      {...props}
      {...(isSearchedElsewhere ? { items } : { defaultItems: items })}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      allowsEmptyCollection
      className={classes("flex min-w-0 flex-col gap-1.5", className)}
    >
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      <Group className={classes(shellClasses, inputHeight, "flex items-center gap-1 ps-2.5 pe-1")}>
        <ComboInput
          placeholder={placeholder}
          isSearchedElsewhere={isSearchedElsewhere}
          className="h-full flex-1"
        />
        <ComboButton isLoading={isLoading} />
      </Group>
      <FieldNotes help={help} error={error} />
      <OptionList<T> empty={empty} isLoading={isLoading}>
        {children}
      </OptionList>
    </AriaComboBox>
  );
}
