"use client";

import type { ReactNode } from "react";
import { useController } from "react-hook-form";
import { useTranslations } from "use-intl";
import { useErrorText } from "@/components/shell/form-errors";
import { useProfile } from "./profile-context";
import type { ProfileField, ProfileValues } from "./profile-fields";
import { wireForm } from "./profile-values";
import { useFieldWords } from "./use-field-words";

/** Props of a field's input. */
export interface FieldInput<F extends ProfileField> {
  label: string;
  value: ProfileValues[F];
  onChange: (value: ProfileValues[F]) => void;
  onBlur: () => void;
  error: string | undefined;
  /** Messages by path within the value, such as `number` or `0.name`; the key of the whole value is empty. */
  errors: Record<string, string>;
}

/** A form field: an input for people who may edit it, text for others. */
export function EditableField<F extends ProfileField>({
  field,
  readOnly,
  children,
}: {
  field: F;
  /** Read-only content. Defaults to the text of the value. */
  readOnly?: ReactNode;
  children: (input: FieldInput<F>) => ReactNode;
}) {
  const { control, rights } = useProfile();
  const t = useTranslations("profile.fields");
  const errorText = useErrorText();
  const {
    field: { value, onChange, onBlur },
    fieldState: { error },
  } = useController({ control, name: field as ProfileField });
  const label = t(field as ProfileField);
  if (!rights.canEdit(field)) return readOnly ?? <SavedField field={field} label={label} />;
  return (
    <div data-field={field} className="min-w-0">
      {children({
        label,
        value: value as ProfileValues[F],
        onChange,
        onBlur,
        error: error?.message === undefined ? undefined : errorText(error),
        errors: errorsByPath(error, errorText),
      })}
    </div>
  );
}

/** Flattens react-hook-form's nested errors into translated messages by path. */
function errorsByPath(
  error: unknown,
  errorText: (message: string) => string | undefined,
  path = "",
): Record<string, string> {
  if (typeof error !== "object" || error === null) return {};
  const own = "message" in error && typeof error.message === "string" ? errorText(error.message) : undefined;
  const found: Record<string, string> = own === undefined ? {} : { [path]: own };
  for (const [key, inner] of Object.entries(error))
    if (key !== "ref") Object.assign(found, errorsByPath(inner, errorText, path ? `${path}.${key}` : key));
  return found;
}

function SavedField({ field, label }: { field: ProfileField; label: string }) {
  const { control } = useProfile();
  const { field: saved } = useController({ control, name: field });
  const words = useFieldWords();
  const values = { [field]: saved.value } as unknown as ProfileValues;
  return (
    <Fact label={label}>
      {words(field, field === "assignedSkills" ? saved.value : wireForm(field, values))}
    </Fact>
  );
}

/** A read-only label and value. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <span className="text-muted text-sm">{label}</span>
      <div className="whitespace-pre-line break-words [unicode-bidi:plaintext]">{children}</div>
    </div>
  );
}

/** A group of fields with an optional heading. */
export function FieldGroup({
  title,
  hint,
  children,
}: {
  title?: string;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex min-w-0 flex-col gap-5">
      {title && (
        <div>
          <h2 className="font-semibold text-lg">{title}</h2>
          {hint && <p className="text-muted text-sm">{hint}</p>}
        </div>
      )}
      {children}
    </section>
  );
}
