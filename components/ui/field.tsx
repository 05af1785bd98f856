"use client";

import type { ReactNode } from "react";
import { FieldError as AriaFieldError } from "react-aria-components/FieldError";
import { Label as AriaLabel } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { classes } from "./classes";

/** Label, help and error of a field. */
export interface FieldTexts {
  label: string;
  /** Hides the label visually, for fields that are labeled elsewhere, such as by a table header. */
  hideLabel?: boolean;
  help?: ReactNode;
  /** Error message; its presence marks the field as invalid. */
  error?: string | undefined;
}

/** Classes for the box of a field with several parts, such as an input and a button. */
export const shellClasses = classes(
  "w-full min-w-0 rounded-md border border-line-strong/50 bg-surface text-ink outline-none transition-colors",
  "data-hovered:border-line-strong has-[input:focus]:border-accent has-[input:focus]:outline-2 has-[input:focus]:outline-accent/30 has-[input:focus]:-outline-offset-1",
  "has-[[data-type]:focus]:border-accent has-[[data-type]:focus]:outline-2 has-[[data-type]:focus]:outline-accent/30 has-[[data-type]:focus]:-outline-offset-1",
  "data-invalid:border-danger data-disabled:bg-sunken data-disabled:text-muted",
);

/** Classes for the box of a field with one element. */
export const inputClasses = classes(
  "w-full min-w-0 rounded-md border border-line-strong/50 bg-surface px-2.5 text-ink outline-none transition-colors",
  "placeholder:text-muted max-sm:text-lg",
  "data-hovered:border-line-strong data-focused:border-accent data-focused:outline-2 data-focused:outline-accent/30 data-focused:-outline-offset-1",
  "data-invalid:border-danger data-disabled:bg-sunken data-disabled:text-muted [&[readonly]]:bg-sunken",
);

export const inputHeight = "h-8 max-sm:h-11";

export function FieldLabel({ children, hidden = false }: { children: ReactNode; hidden?: boolean }) {
  return (
    <AriaLabel className={hidden ? "sr-only" : "block font-medium text-ink text-sm"}>{children}</AriaLabel>
  );
}

/** Help and error message of a React Aria field. */
export function FieldNotes({ help, error }: { help?: ReactNode; error?: string | undefined }) {
  return (
    <>
      {help && !error && (
        <Text slot="description" className="block text-muted text-sm">
          {help}
        </Text>
      )}
      <AriaFieldError className="block text-danger text-sm">{error}</AriaFieldError>
    </>
  );
}
