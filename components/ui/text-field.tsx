"use client";

import type { ReactNode, Ref } from "react";
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
  TextArea,
} from "react-aria-components/TextField";
import { useTranslations } from "use-intl";
import { isTooLong } from "@/lib/platform/text/length";
import { classes } from "./classes";
import { FieldLabel, FieldNotes, type FieldTexts, inputClasses, inputHeight, shellClasses } from "./field";

export interface TextFieldProps
  extends Omit<AriaTextFieldProps, "className" | "children" | "maxLength">,
    FieldTexts {
  placeholder?: string;
  /**
   * Maximum number of characters. A longer text stays and shows an error, instead of being cut like with `maxLength`;
   * the form must not send it.
   */
  limit?: number | undefined;
  /** Minimum number of lines of a multi-line field, which grows with its text. */
  lines?: number;
  /** Content at the end of the input, such as a unit. */
  suffix?: ReactNode;
  inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
  className?: string;
}

export function TextField({
  label,
  hideLabel = false,
  help,
  error,
  placeholder,
  limit,
  lines,
  suffix,
  inputRef,
  className,
  ...props
}: TextFieldProps) {
  const problem = useTranslations("errors");
  const shownError =
    error ??
    (limit !== undefined && isTooLong(props.value ?? "", limit)
      ? problem("tooLong", { max: limit })
      : undefined);
  const shared = {
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(inputRef === undefined ? {} : { ref: inputRef }),
  };
  return (
    <AriaTextField
      {...props}
      isInvalid={shownError !== undefined}
      validationBehavior="aria"
      className={classes("flex min-w-0 flex-col gap-1.5", className)}
    >
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      {lines ? (
        <TextArea
          {...shared}
          rows={lines}
          // A field that grows with its text ignores `rows`.
          style={{ minBlockSize: `calc(${lines}lh + 0.875rem)` }}
          className={classes(
            inputClasses,
            "field-sizing-content max-h-80 resize-y py-1.5 [unicode-bidi:plaintext]",
          )}
        />
      ) : (
        // The same element with and without a suffix, so that the input keeps its focus if one appears.
        <span
          className={
            suffix === undefined
              ? // With the colors of the box, which would otherwise fade in from white.
                "contents border-line-strong/50 bg-surface"
              : classes(
                  shellClasses,
                  inputHeight,
                  "flex items-center gap-2 px-2.5 hover:border-line-strong has-data-invalid:border-danger has-disabled:bg-sunken has-[[readonly]]:bg-sunken",
                )
          }
        >
          <Input
            {...shared}
            className={
              suffix === undefined
                ? classes(inputClasses, inputHeight)
                : "h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted max-sm:text-lg"
            }
          />
          {suffix !== undefined && <span className="shrink-0 text-muted text-sm">{suffix}</span>}
        </span>
      )}
      <FieldNotes help={help} error={shownError} />
    </AriaTextField>
  );
}
