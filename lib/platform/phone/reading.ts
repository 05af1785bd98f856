import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js/min";
import { type CleaningProblem, cleanNumber, plainText } from "./cleaning";

/** Why a text can't be read as a telephone number. */
export type PhoneProblem = CleaningProblem | "noCountry" | "unknownCode" | "tooShort" | "tooLong";

/** What a text was read as. */
export type PhoneReading =
  | { kind: "empty" }
  /** `number` in E.164 form; `country` is ISO 3166-1 alpha-2, where the number belongs to one. */
  | { kind: "number"; number: string; country: string | undefined }
  | { kind: "problem"; problem: PhoneProblem };

/** The country as numbers without a country code can be read by it; undefined for none, and for one without numbers. */
export function phoneCountry(code: string | undefined): CountryCode | undefined {
  return code && isSupportedCountry(code) ? code : undefined;
}

/**
 * Reads a telephone number as people type and paste it. One without a country code is of `countryCode` (ISO 3166-1
 * alpha-2). Whether somebody has the number is not known; its length must be one that its country has.
 */
export function readPhoneNumber(text: string, countryCode?: string): PhoneReading {
  if (plainText(text) === "") return { kind: "empty" };
  const clean = cleanNumber(text);
  if (typeof clean === "string") return { kind: "problem", problem: clean };
  const country = phoneCountry(countryCode);
  if (!clean.digits.startsWith("+") && !country) return { kind: "problem", problem: "noCountry" };

  // In Italy the nought belongs to the number: it goes only where what is left makes one.
  const spellings = [clean.withoutTrunk, clean.digits].filter((each) => each !== undefined);
  // 00 leads abroad from most countries, and is written for it in the others.
  const abroad = spellings
    .filter((each) => each.startsWith("00"))
    .map((each) => `+${each.replace(/^0+/, "")}`);
  const found = [...spellings, ...abroad]
    .map((digits) => parsePhoneNumberFromString(digits, country))
    .filter((each): each is PhoneNumber => each !== undefined && isE164(each.number))
    // What would be another number when it is read again is none.
    .filter((each) => parsePhoneNumberFromString(each.number)?.number === each.number);
  const best = found.find((each) => each.isValid()) ?? found.find((each) => each.isPossible());
  if (best) return { kind: "number", number: best.number, country: best.country };
  return { kind: "problem", problem: lengthProblem(abroad[0] ?? spellings[0] ?? "", country) };
}

/** Whether it is a number as the API takes it. */
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
