"use client";

import { useCallback } from "react";
import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { useTranslations } from "use-intl";
import { RequestError } from "@/lib/platform/client/client";

/** A mistake as the `errors` catalogue words it, with what is filled in. */
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
 * The sentences of the schemas and of the services' own checks, and the kind of mistake that each tells. The API speaks
 * English to programs; people read the catalogue.
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

/** The kind of mistake that a message of a schema or of the API's `details` tells. */
export function problemOf(message: string): Problem {
  for (const [sentence, make] of sentences) {
    const found = sentence.exec(message);
    if (found) return make(found);
  }
  return { key: "invalid" };
}

/** Says in the reader's language what is wrong with a field; takes a schema's message or an error of react-hook-form. */
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
 * Puts what the server found wrong (422) to the fields of a form. `names` are the form's fields; a mistake inside of one,
 * such as `holidays.0.day`, keeps its whole path. True when every mistake found its field: then there is nothing else to say.
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
