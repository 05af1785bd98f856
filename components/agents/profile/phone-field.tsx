"use client";

import { useEffect, useRef, useState } from "react";
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { TextField } from "@/components/ui/text-field";
import { isE164, phoneCountry, readPhoneNumber } from "@/lib/platform/phone/reading";
import { useProfile } from "./profile-context";
import { phoneNumberText, useCountryName } from "./use-field-words";

/**
 * A phone number field for any common format. `value` is the number in E.164 format, or the text itself if it
 * cannot be parsed. The field keeps the text as typed and shows the parsed number below.
 */
export function PhoneField({
  label,
  help,
  value,
  saved,
  onChange,
  onBlur,
  error,
}: {
  label: string;
  /** Text before the help on country codes. */
  help?: string;
  value: string;
  /** The saved number. Once it equals the typed one, the field shows it formatted. */
  saved: string | undefined;
  onChange: (value: string) => void;
  onBlur: () => void;
  error: string | undefined;
}) {
  const t = useTranslations("profile.phone");
  const countryName = useCountryName();
  const country = phoneCountry(useWatch({ control: useProfile().control, name: "defaultCountryCode" }));
  const [typed, setTyped] = useState({ text: value, value });
  // The value was changed elsewhere, so the typed text is outdated.
  const text = typed.value === value ? typed.text : value;
  const reading = readPhoneNumber(text, country);
  const read = reading.kind === "number" ? reading.number : reading.kind === "empty" ? "" : text;

  // A text without country code may become valid when the country changes. A saved number is not parsed
  // again.
  useEffect(() => {
    if (value === "" || isE164(value) || read === value) return;
    setTyped({ text, value: read });
    onChange(read);
  }, [value, read, text, onChange]);

  // Reformat only right after a save: later on, a typed space must stay.
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    if (saved !== undefined && saved === latest.current) setTyped({ text: saved, value: saved });
  }, [saved]);

  function type(next: string) {
    const found = readPhoneNumber(next, country);
    const taken = found.kind === "number" ? found.number : found.kind === "empty" ? "" : next;
    setTyped({ text: next, value: taken });
    onChange(taken);
  }

  const about = country ? t("country", { country: countryName(country) }) : t("noCountry");
  const isReadAnew = reading.kind === "number" && reading.number === value && text !== value;
  const willBe = isReadAnew
    ? reading.country
      ? t("savedOf", { number: phoneNumberText(value), country: countryName(reading.country) })
      : t("saved", { number: phoneNumberText(value) })
    : undefined;
  const problem = reading.kind === "problem" && reading.problem !== "notPhone" ? reading.problem : undefined;
  return (
    <TextField
      label={label}
      type="tel"
      inputMode="tel"
      placeholder="+14155550123"
      value={text}
      onChange={type}
      onBlur={onBlur}
      help={willBe ?? (help ? `${help} ${about}` : about)}
      error={error && problem ? t(`problem.${problem}`) : error}
    />
  );
}
