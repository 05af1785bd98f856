"use client";

import { useCallback } from "react";
import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { useTranslations } from "use-intl";
import { RequestError } from "@/lib/platform/client/client";

/** A key of the `errors` catalog with its arguments. */
export type Problem =
  | {
      key:
        | "required"
        | "notNumber"
        | "notEmail"
        | "notPhone"
        | "notTimezone"
        | "notDate"
        | "twice"
        | "invalid";
    }
  | { key: "tooLong" | "tooMany"; max: number }
  | { key: "tooFew"; min: number }
  | { key: "outOfRange"; min: number; max: number };

const figure = (text: string | undefined) => Number((text ?? "0").replaceAll(",", ""));

/**
 * Maps the English messages of the schemas and services to catalog keys, because people read the catalog
 * in their language.
 */
const sentences: readonly [RegExp, (found: RegExpExecArray) => Problem][] = [
  [/^(?:must not be empty|is required|is empty|must be a string)/, () => ({ key: "required" })],
  [/^must have at most ([\d,]+) character/, ([, max]) => ({ key: "tooLong", max: figure(max) })],
  [/^must have at least one/, () => ({ key: "tooFew", min: 1 })],
  [/^must have at most ([\d,]+)/, ([, max]) => ({ key: "tooMany", max: figure(max) })],
  [/^must have at most one value/, () => ({ key: "tooMany", max: 1 })],
  [
    /^must be a whole number(?: of seconds)? from ([\d,]+) to ([\d,]+)/,
    ([, min, max]) => ({ key: "outOfRange", min: figure(min), max: figure(max) }),
  ],
  [/^must be a whole number/, () => ({ key: "notNumber" })],
  [/^must be at (?:least 0|most 3600) seconds/, () => ({ key: "outOfRange", min: 0, max: 3600 })],
  [/^must be at (?:least 1|most 86400) second/, () => ({ key: "outOfRange", min: 1, max: 86_400 })],
  [/^must be at most \d+ in month \d+/, () => ({ key: "notDate" })],
  [/^must be an email address/, () => ({ key: "notEmail" })],
  [/^must be in E\.164 form/, () => ({ key: "notPhone" })],
  [/^must be an IANA time zone/, () => ({ key: "notTimezone" })],
  [/^(?:has the same|is the same holiday)/, () => ({ key: "twice" })],
];

/** Returns the catalog key of a message from a schema or from the API's `details`. */
export function problemOf(message: string): Problem {
  for (const [sentence, make] of sentences) {
    const found = sentence.exec(message);
    if (found) return make(found);
  }
  return { key: "invalid" };
}

/** Returns a function that translates a schema message or react-hook-form error. */
export function useErrorText(): (error: string | { message?: string } | undefined) => string | undefined {
  const t = useTranslations("errors");
  return useCallback(
    (error) => {
      if (error === undefined) return undefined;
      const { key, ...values } = problemOf(typeof error === "string" ? error : (error.message ?? ""));
      return t(key, values);
    },
    [t],
  );
}

/**
 * Shows the server's validation errors (422) at the fields of a form. `names` are the form's fields; an error
 * inside one, such as `holidays.0.day`, keeps its path. Returns true if every error belongs to a field, so
 * that no other message is needed.
 */
export function showDetails<Values extends FieldValues>(
  error: unknown,
  names: readonly FieldPath<Values>[],
  setError: UseFormSetError<Values>,
): boolean {
  if (!(error instanceof RequestError) || error.status !== 422) return false;
  const entries = Object.entries(error.details);
  const placed = entries.filter(([path]) =>
    names.some((name) => path === name || path.startsWith(`${name}.`)),
  );
  for (const [path, [message]] of placed)
    setError(path as FieldPath<Values>, { type: "server", ...(message ? { message } : {}) });
  return entries.length > 0 && placed.length === entries.length;
}
