import { z } from "zod";

/** A surrogate that is not half of a pair: with the u flag a whole pair is read as one character and doesn't match. */
const loneSurrogate = /\p{Surrogate}/u;

/** What leaves nothing to be seen where it stands alone: white space, controls, marks of direction, fillers, blank Braille. */
const unseen = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * A string of `min` (default 0) to `max` code points, the unit that PostgreSQL and JSON Schema count in; with `trim`,
 * white space around it is taken off first and does not count, and something of it must be seen unless it may be empty. NUL and lone surrogates are refused, since
 * PostgreSQL stores neither. The limits appear in JSON Schema as `minLength` and `maxLength`.
 */
export function text({
  min = 0,
  max,
  trim = false,
}: {
  min?: number;
  max: number;
  trim?: boolean;
}): z.ZodString {
  const string = z.string({ error: "must be a string." });
  return (trim ? string.trim() : string)
    .superRefine((value, context) => {
      // A code point is one or two UTF-16 units: what is over twice the limit needs no counting.
      const length = value.length > 2 * max ? value.length : [...value].length;
      if (length > max) context.addIssue(`must have at most ${characters(max)}.`);
      if (length < min)
        context.addIssue(min === 1 ? "must not be empty." : `must have at least ${characters(min)}.`);
      if (trim && min > 0 && length > 0 && value.replace(unseen, "") === "")
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
