import { expect, test } from "vitest";
import { readRange } from "@/lib/platform/http/server/range";

const part = (start: number, end: number) => ({ kind: "part", start, end });

test.each([
  [null, { kind: "all" }],
  ["bytes=0-9", part(0, 9)],
  ["bytes=90-200", part(90, 99)],
  ["bytes=40-", part(40, 99)],
  ["bytes=-10", part(90, 99)],
  ["bytes=-500", part(0, 99)],
  ["bytes=100-", { kind: "unsatisfiable" }],
  ["bytes=-0", { kind: "unsatisfiable" }],
  ["bytes=9-2", { kind: "all" }],
  ["bytes=-", { kind: "all" }],
  ["bytes=0-1,5-6", { kind: "all" }],
  ["lines=0-9", { kind: "all" }],
])("reads the range %s of 100 bytes", (header, span) => {
  expect(readRange(header, 100)).toEqual(span);
});
