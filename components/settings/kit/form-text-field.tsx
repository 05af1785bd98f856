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

/** Words an error of a form: what is worded already stays, the rest is said by its kind of mistake. */
export function useFieldErrorText(): (error: FieldError | undefined) => string | undefined {
  const errorText = useErrorText();
  return (error) => (error?.type === wordedError ? error.message : errorText(error));
}

/** What a schema says of nothing where there must be something. */
const emptyMessage = "must not be empty.";

/** A text field of a form. */
export function FormTextField<Values extends FieldValues, Parsed>({
  control,
  name,
  complaint,
  ...props
}: Omit<TextFieldProps, "name" | "value" | "onChange" | "onBlur" | "inputRef" | "error"> & {
  control: Control<Values, unknown, Parsed>;
  name: FieldPath<Values>;
  /** What to say of a mistake that is this field's alone. */
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
