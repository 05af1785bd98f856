import { describe, expect, it } from "vitest";
import { agentChangeSchema } from "@/lib/agents/agents/contract";
import { problemOf } from "./form-errors";

const wrong = (change: unknown) =>
  agentChangeSchema.safeParse(change).error?.issues.map(({ message }) => problemOf(message));

describe("problemOf", () => {
  it.each([
    [{ name: " " }, { key: "required" }],
    [{ name: "x".repeat(256) }, { key: "tooLong", max: 255 }],
    [{ bio: "x".repeat(2001) }, { key: "tooLong", max: 2000 }],
    [{ wrapUpTime: 3601 }, { key: "outOfRange", min: 0, max: 3600 }],
    [{ wrapUpTime: -1 }, { key: "outOfRange", min: 0, max: 3600 }],
    [{ wrapUpTime: Number.NaN }, { key: "outOfRange", min: 0, max: 3600 }],
    [{ timezone: "+02:00" }, { key: "notTimezone" }],
    [{ defaultCallerId: "0301234" }, { key: "notPhone" }],
    [{ holidays: [{ name: "A", day: 31, month: 4 }] }, { key: "notDate" }],
    [{ holidays: [{ name: "A", day: 32, month: 4 }] }, { key: "outOfRange", min: 1, max: 31 }],
    [{ defaultCountryCode: "XX" }, { key: "invalid" }],
  ])("classifies %j", (change, problem) => {
    expect(wrong(change)).toEqual([problem]);
  });

  it("recognizes duplicates, and returns the limit of a list that is too long", () => {
    const holiday = { name: "A", day: 1, month: 1 };
    expect(wrong({ holidays: [holiday, holiday] })).toEqual([{ key: "twice" }]);
    const many = Array.from({ length: 367 }, (_, index) => ({ ...holiday, name: `H${index}` }));
    expect(wrong({ holidays: many })).toEqual([{ key: "tooMany", max: 366 }]);
  });

  it("recognizes the messages of the services and no others", () => {
    expect(problemOf("must have at most one value, because this skill has the type single.")).toEqual({
      key: "tooMany",
      max: 1,
    });
    expect(problemOf("is not a sender profile in this workspace.")).toEqual({ key: "invalid" });
  });
});
