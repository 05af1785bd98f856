"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ComboBox } from "@/components/ui/combo-box";
import { Option } from "@/components/ui/select";
import { EditableField } from "./editable-field";

/** A searchable choice among codes, listed by their names in the reader's language. The empty value means none. */
export function NamedChoiceField({
  field,
  codes,
  nameOf,
  placeholder,
}: {
  field: "defaultCountryCode" | "transcriptionLocale";
  codes: readonly string[];
  nameOf: (code: string) => string;
  placeholder: string;
}) {
  const t = useTranslations("profile");
  const locale = useLocale();
  const items = useMemo(
    () => codes.map((id) => ({ id, name: nameOf(id) })).sort((a, b) => a.name.localeCompare(b.name, locale)),
    [codes, nameOf, locale],
  );
  return (
    <EditableField field={field}>
      {({ label, value, onChange, onBlur, error }) => (
        <ComboBox
          label={label}
          help={t(`help.${field}`)}
          placeholder={placeholder}
          items={items}
          value={value || null}
          onChange={(id) => onChange(id === null ? "" : String(id))}
          onBlur={onBlur}
          error={error}
        >
          {({ id, name }) => (
            <Option id={id} textValue={name} hint={id}>
              {name}
            </Option>
          )}
        </ComboBox>
      )}
    </EditableField>
  );
}
