import { expect, it } from "vitest";
import { text as textSchema } from "@/lib/platform/http/text";
import { isTooLong } from "@/lib/platform/text/length";

it.each([
  ["", false],
  ["abc", false],
  ["abcd", true],
  ["  abc\n", false],
  ["🍜🍜🍜", false],
  ["🍜🍜🍜🍜", true],
])("counts %j like the API", (text, expected) => {
  expect(isTooLong(text, 3)).toBe(expected);
  expect(textSchema({ min: 0, max: 3 }).safeParse(text.trim()).success).toBe(!expected);
});
