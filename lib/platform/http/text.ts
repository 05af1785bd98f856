import { z } from "zod";

/** Matches only lone surrogates: with the `u` flag, a pair is one character. */
const loneSurrogate = /\p{Surrogate}/u;

/**
 * Characters that show nothing on their own: white space, controls, direction marks, fillers, blank Braille.
 */
const unseen = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Returns a schema for a string of `min` (default 0) to `max` code points, the unit of PostgreSQL and JSON
 * Schema. With `trim`, trims first. With `visible` (default with `trim`, unless `min` is 0), requires a visible
 * character. Rejects NUL and lone surrogates, which PostgreSQL can't store.
 */
export function text({
  min = 0,
  max,
  trim = false,
  visible = trim && min > 0,
}: {
  min?: number;
  max: number;
  trim?: boolean;
  visible?: boolean;
}): z.ZodString {
  const string = z.string({ error: "must be a string." });
  return (trim ? string.trim() : string)
    .superRefine((value, context) => {
      // A code point has at most two UTF-16 units, so a string over twice the limit needs no counting.
      const length = value.length > 2 * max ? value.length : [...value].length;
      if (length > max) context.addIssue(`must have at most ${characters(max)}.`);
      if (length < min)
        context.addIssue(min === 1 ? "must not be empty." : `must have at least ${characters(min)}.`);
      if (visible && length > 0 && value.replace(unseen, "") === "")
        context.addIssue("must not be empty. Enter at least one visible character.");
      if (value.includes("\0")) context.addIssue("must not contain the character NUL (U+0000). Remove it.");
      if (loneSurrogate.test(value))
        context.addIssue("must be well-formed Unicode. Remove the lone surrogate.");
    })
    .meta({ ...(min > 0 && { minLength: min }), maxLength: max });
}

function characters(count: number): string {
  return `${count.toLocaleString("en")} character${count === 1 ? "" : "s"}`;
}
