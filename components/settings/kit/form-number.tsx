"use client";

import type { ReactNode } from "react";
import { type Control, type FieldPath, type FieldValues, useController } from "react-hook-form";
import { useFieldErrorText } from "./form-text-field";

interface NumberProps {
  /** Null while the field is empty. */
  value: number | null;
  onChange: (value: number | null) => void;
  onBlur: () => void;
  error: string | undefined;
}

/** Binds a field for a number to a form, in which NaN stands for an empty field. */
export function FormNumber<Values extends FieldValues, Parsed>({
  control,
  name,
  children,
}: {
  control: Control<Values, unknown, Parsed>;
  name: FieldPath<Values>;
  children: (field: NumberProps) => ReactNode;
}) {
  const { field, fieldState } = useController({ control, name });
  const errorText = useFieldErrorText();
  const value: number | undefined = field.value;
  return children({
    value: value === undefined || Number.isNaN(value) ? null : value,
    onChange: (next) => field.onChange(next ?? Number.NaN),
    onBlur: field.onBlur,
    error: errorText(fieldState.error),
  });
}
