"use client";

import {
  type Control,
  type FieldError,
  type FieldPath,
  type FieldValues,
  useController,
} from "react-hook-form";
import { useErrorText } from "@/components/shell/form-errors";
import { TextField, type TextFieldProps } from "@/components/ui/text-field";
import { wordedError } from "./panel-form";

/** Returns a function that translates a field error. Messages that are already translated stay unchanged. */
export function useFieldErrorText(): (error: FieldError | undefined) => string | undefined {
  const errorText = useErrorText();
  return (error) => (error?.type === wordedError ? error.message : errorText(error));
}

/** The schemas' message for an empty required text. */
const emptyMessage = "must not be empty.";

/** A text field bound to a form. */
export function FormTextField<Values extends FieldValues, Parsed>({
  control,
  name,
  complaint,
  ...props
}: Omit<TextFieldProps, "name" | "value" | "onChange" | "onBlur" | "inputRef" | "error"> & {
  control: Control<Values, unknown, Parsed>;
  name: FieldPath<Values>;
  /** Overrides the error message of this field. */
  complaint?: string;
}) {
  const { field, fieldState } = useController({ control, name });
  const errorText = useFieldErrorText();
  const { error } = fieldState;
  const text = error && !field.value ? errorText({ ...error, message: emptyMessage }) : errorText(error);
  return (
    <TextField
      {...props}
      name={field.name}
      value={field.value ?? ""}
      onChange={field.onChange}
      onBlur={field.onBlur}
      inputRef={field.ref}
      error={error && complaint && field.value && error.type !== wordedError ? complaint : text}
    />
  );
}
