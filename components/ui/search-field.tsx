"use client";

import { Search, X } from "lucide-react";
import type { Ref } from "react";
import { Button } from "react-aria-components/Button";
import {
  SearchField as AriaSearchField,
  Input,
  type SearchFieldProps,
} from "react-aria-components/SearchField";
import { useTranslations } from "use-intl";
import { classes } from "./classes";
import { inputClasses, inputHeight } from "./field";
import { Keys } from "./keys";

/** A search field without a visible label. Escape clears it. */
export function SearchField({
  label,
  placeholder,
  keys,
  inputRef,
  className,
  ...props
}: Omit<SearchFieldProps, "className" | "children"> & {
  label: string;
  placeholder?: string;
  /** Keyboard shortcut to the field, shown while it is empty. */
  keys?: string;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
}) {
  const t = useTranslations("ui");
  return (
    <AriaSearchField
      {...props}
      aria-label={label}
      className={classes("group relative flex min-w-0 items-center", className)}
    >
      <Search aria-hidden="true" className="pointer-events-none absolute start-2.5 size-4 text-muted" />
      <Input
        {...(inputRef ? { ref: inputRef } : {})}
        {...(placeholder ? { placeholder } : {})}
        className={classes(
          inputClasses,
          inputHeight,
          "text-ellipsis px-8 [&::-webkit-search-cancel-button]:hidden",
        )}
      />
      {keys && (
        <span className="pointer-events-none absolute end-2 hidden sm:group-data-empty:inline-flex">
          <Keys keys={keys} />
        </span>
      )}
      <Button
        aria-label={t("clear")}
        className="absolute end-1 flex size-6 max-sm:end-0 max-sm:size-11 items-center justify-center rounded text-muted group-data-empty:hidden data-hovered:bg-hover"
      >
        <X aria-hidden="true" className="size-3.5" />
      </Button>
    </AriaSearchField>
  );
}
