"use client";

import { useTranslations } from "use-intl";
import { countryCodes } from "@/lib/platform/locale/countries";
import { NamedChoiceField } from "./named-choice-field";
import { useCountryName } from "./use-field-words";

/** The default country for phone numbers without a country code. */
export function CountryField() {
  const t = useTranslations("profile");
  return (
    <NamedChoiceField
      field="defaultCountryCode"
      codes={countryCodes}
      nameOf={useCountryName()}
      placeholder={t("noCountry")}
    />
  );
}
