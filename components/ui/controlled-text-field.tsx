"use client";

import { type Control, type FieldPath, type FieldValues, useController } from "react-hook-form";
import { TextField, type TextFieldProps } from "./text-field";

/** A text field bound to a form's value. */
export function ControlledTextField<Values extends FieldValues>({
  control,
  name,
  ...props
}: Omit<TextFieldProps, "name" | "value" | "onChange" | "onBlur" | "inputRef"> & {
  control: Control<Values>;
  name: FieldPath<Values>;
}) {
  const { ref, disabled: _, ...field } = useController({ control, name }).field;
  return <TextField {...props} {...field} inputRef={ref} />;
}
