import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js/min";
import { type CleaningProblem, cleanNumber, plainText } from "./cleaning";

/** Why a text is not a valid phone number. */
export type PhoneProblem = CleaningProblem | "noCountry" | "unknownCode" | "tooShort" | "tooLong";

/** The result of parsing. */
export type PhoneReading =
  | { kind: "empty" }
  /** `number` is in E.164; `country` is ISO 3166-1 alpha-2, undefined for international codes. */
  | { kind: "number"; number: string; country: string | undefined }
  | { kind: "problem"; problem: PhoneProblem };

/** Returns the country if numbers without a country code can be parsed for it. */
export function phoneCountry(code: string | undefined): CountryCode | undefined {
  return code && isSupportedCountry(code) ? code : undefined;
}

/**
 * Parses a phone number as typed or pasted. Without a country code, it belongs to `countryCode` (ISO 3166-1
 * alpha-2). Checks the length for the country, not whether the number is in use.
 */
export function readPhoneNumber(text: string, countryCode?: string): PhoneReading {
  if (plainText(text) === "") return { kind: "empty" };
  const clean = cleanNumber(text);
  if (typeof clean === "string") return { kind: "problem", problem: clean };
  const country = phoneCountry(countryCode);
  if (!clean.digits.startsWith("+") && !country) return { kind: "problem", problem: "noCountry" };

  // Try without the trunk zero first; in Italy, the zero is part of the number, and only the second spelling
  // is valid.
  const spellings = [clean.withoutTrunk, clean.digits].filter((each) => each !== undefined);
  // Also try 00 as the international prefix in countries that dial another one.
  const abroad = spellings
    .filter((each) => each.startsWith("00"))
    .map((each) => `+${each.replace(/^0+/, "")}`);
  const found = [...spellings, ...abroad]
    .map((digits) => parsePhoneNumberFromString(digits, country))
    .filter((each): each is PhoneNumber => each !== undefined && isE164(each.number))
    // Drop results that parse to another number when read again.
    .filter((each) => parsePhoneNumberFromString(each.number)?.number === each.number);
  const best = found.find((each) => each.isValid()) ?? found.find((each) => each.isPossible());
  if (best) return { kind: "number", number: best.number, country: best.country };
  return { kind: "problem", problem: lengthProblem(abroad[0] ?? spellings[0] ?? "", country) };
}

/** Returns whether a text is in E.164 form. */
export const isE164 = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text);

function lengthProblem(digits: string, country: CountryCode | undefined): PhoneProblem {
  switch (validatePhoneNumberLength(digits, country)) {
    case "TOO_SHORT":
      return "tooShort";
    case "TOO_LONG":
      return "tooLong";
    case "INVALID_COUNTRY":
      return "unknownCode";
    default:
      return "notPhone";
  }
}
