"use client";

import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ComboBox } from "@/components/ui/combo-box";
import { Option } from "@/components/ui/select";
import { countryCodes } from "@/lib/platform/locale/countries";
import { EditableField } from "./editable-field";
import { useCountryName } from "./use-field-words";

/** The default country for phone numbers without a country code. */
export function CountryField() {
  const t = useTranslations("profile");
  const locale = useLocale();
  const nameOf = useCountryName();
  const countries = useMemo(
    () =>
      countryCodes
        .map((id) => ({ id, name: nameOf(id) }))
        .sort((a, b) => a.name.localeCompare(b.name, locale)),
    [nameOf, locale],
  );
  return (
    <EditableField field="defaultCountryCode">
      {({ label, value, onChange, onBlur, error }) => (
        <ComboBox
          label={label}
          help={t("help.defaultCountryCode")}
          placeholder={t("noCountry")}
          items={countries}
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
