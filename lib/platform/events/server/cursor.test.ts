import fc from "fast-check";
import { expect, it } from "vitest";
import { readCursor, writeCursor } from "./cursor";

it("reads each cursor that it writes", () => {
  const number = fc.maxSafeNat();
  fc.assert(
    fc.property(number, number, (position, id) => {
      expect(readCursor(writeCursor({ position, id }))).toEqual({ position, id });
    }),
  );
});

it("refuses every other text", () => {
  const written = writeCursor({ position: 7, id: 9 });
  expect(written).toHaveLength(22);
  for (const text of [
    "",
    "start",
    written.slice(1),
    `${written}A`,
    `${written.slice(0, -1)}B`,
    "_".repeat(22),
  ])
    expect(readCursor(text), text).toBeUndefined();
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (text) => {
      const cursor = readCursor(text);
      if (cursor) expect(writeCursor(cursor)).toBe(text);
    }),
  );
});
