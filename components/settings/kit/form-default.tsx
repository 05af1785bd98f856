"use client";

import type { ReactNode } from "react";
import { type Control, type FieldPath, type FieldValues, useController } from "react-hook-form";
import { Switch } from "@/components/ui/switch";
import { useFieldErrorText } from "./form-text-field";

/** A switch that makes a resource the default, of which a workspace has one. */
export function FormDefault<Values extends FieldValues, Parsed>({
  control,
  name,
  label,
  help,
  isTaken,
  children,
}: {
  control: Control<Values, unknown, Parsed>;
  name: FieldPath<Values>;
  label: string;
  help: string;
  /** Whether another resource is the default. */
  isTaken: boolean;
  /** Content below the help text. */
  children?: ReactNode;
}) {
  const { field, fieldState } = useController({ control, name });
  const errorText = useFieldErrorText();
  const { error } = fieldState;
  return (
    <div className="space-y-1">
      <Switch
        isSelected={field.value ?? false}
        onChange={field.onChange}
        isDisabled={isTaken && !field.value}
      >
        {label}
      </Switch>
      <p className="text-muted text-sm">{help}</p>
      {children}
      {error && (
        <p role="alert" className="text-danger text-sm">
          {errorText(error)}
        </p>
      )}
    </div>
  );
}
