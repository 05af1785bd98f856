"use client";

import type { ReactNode } from "react";
import {
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaComboBoxProps,
  ComboBoxValue,
} from "react-aria-components/ComboBox";
import { Group } from "react-aria-components/Group";
import { useTranslations } from "use-intl";
import { containsFolded } from "@/lib/platform/text/text-folding";
import { classes } from "./classes";
import { ComboButton, ComboInput } from "./combo-input";
import { FieldLabel, FieldNotes, type FieldTexts, shellClasses } from "./field";
import { OptionList } from "./option-list";
import { Option } from "./select";
import { RemovableTags } from "./tag-list";

/** An option with its ID and the name to search by. */
export interface Choice {
  id: string;
  name: string;
  icon?: ReactNode;
  /** Short text at the end of the line. */
  hint?: ReactNode;
  isDisabled?: boolean;
}

export interface TagPickerProps
  extends Omit<
      AriaComboBoxProps<Choice, "multiple">,
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
  items: Iterable<Choice>;
  /** IDs of the selected options, in the order of selection. */
  value: readonly string[];
  onChange: (ids: string[]) => void;
  /** Selected options that may be missing from `items`, as with a remote search. Needed for their names. */
  chosen?: Iterable<Choice>;
  placeholder?: string;
  /** Shown if no option matches. */
  empty?: ReactNode;
  /** Whether more options are being fetched. */
  isLoading?: boolean;
  /** The caller searches on `onInputChange`, and `items` are shown unfiltered. */
  isSearchedElsewhere?: boolean;
  className?: string;
}

/**
 * A multi-select field with a text filter and tags. The list stays open during selection; Backspace in the
 * empty input removes the last tag.
 */
export function TagPicker({
  label,
  hideLabel = false,
  help,
  error,
  items,
  value,
  onChange,
  chosen,
  placeholder,
  empty,
  isLoading = false,
  isSearchedElsewhere = false,
  className,
  ...props
}: TagPickerProps) {
  const t = useTranslations("ui");
  const known = new Map([...items, ...(chosen ?? [])].map((choice) => [choice.id, choice]));
  const tags = value.map((id) => ({ id, name: known.get(id)?.name ?? "…", icon: known.get(id)?.icon }));
  const isFixed = props.isDisabled || props.isReadOnly;
  return (
    <AriaComboBox<Choice, "multiple">
      defaultFilter={containsFolded}
      {...props}
      {...(isSearchedElsewhere ? { items } : { defaultItems: items })}
      selectionMode="multiple"
      value={value}
      onChange={(ids) => onChange(ids.map(String))}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      allowsEmptyCollection
      className={classes("flex min-w-0 flex-col gap-1.5", className)}
    >
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      <Group className={classes(shellClasses, "flex min-h-8 items-start gap-1 ps-1 pe-1 max-sm:min-h-11")}>
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1 py-[3px] max-sm:py-[9px]">
          <ComboBoxValue<Choice> className="contents">
            {tags.length > 0 && (
              <RemovableTags
                label={t("chosenOf", { label })}
                tags={tags}
                {...(isFixed
                  ? {}
                  : { onRemove: (id: string) => onChange(value.filter((each) => each !== id)) })}
              />
            )}
          </ComboBoxValue>
          <ComboInput
            placeholder={tags.length === 0 ? placeholder : undefined}
            isSearchedElsewhere={isSearchedElsewhere}
            onEmptyBackspace={() => onChange(value.slice(0, -1))}
            className="h-6 shrink-0 grow basis-16 ps-1.5"
          />
        </div>
        <span className="flex h-7.5 items-center max-sm:h-10.5">
          <ComboButton isLoading={isLoading} />
        </span>
      </Group>
      <FieldNotes help={help} error={error} />
      <OptionList<Choice> empty={empty} isLoading={isLoading}>
        {({ id, name, icon, hint, isDisabled = false }) => (
          <Option id={id} textValue={name} icon={icon} hint={hint} isDisabled={isDisabled}>
            {name}
          </Option>
        )}
      </OptionList>
    </AriaComboBox>
  );
}
