import { describe, expect, it } from "vitest";
import { ranked, rankOf, rankOfEither, ranks } from "@/lib/platform/text/text-ranking";

describe("rankOf", () => {
  it.each([
    ["Maren Ohlsen", "mar", ranks.start],
    ["Maren Ohlsen", "maren oh", ranks.start],
    ["Ana Marín", "mar", ranks.wordStarts],
    ["Anne-Marie Blanc", "mar", ranks.wordStarts],
    ["Anna Schmidt", "schmidt anna", ranks.wordStarts],
    ["Inês Guimarães", "mar", ranks.inside],
    ["Break: 15 minutes", "break 15 minutes", ranks.wordStarts],
    ["Anyone", "", ranks.start],
    ["Inês Guimarães", "ines mara x", undefined],
    ["Bo", "mar", undefined],
  ])("ranks %s for “%s” as %s", (name, typed, rank) => expect(rankOf(name, typed)).toBe(rank));
});

describe("rankOfEither", () => {
  it.each([
    ["Anna Schmidt", "a.schmidt2@example.com", "schmidt", ranks.wordStarts],
    ["Anna Schmidt", "a.schmidt2@example.com", "schmidt2 anna", ranks.elsewhere],
    ["Anna", "anna2@example.com", "anna anna2", ranks.elsewhere],
    ["Anna Schmidt", "", "bo", undefined],
  ])("ranks %s with “%s” for “%s” as %s", (name, others, typed, rank) =>
    expect(rankOfEither(name, others, typed)).toBe(rank),
  );
});

describe("ranked", () => {
  it("puts names that start with the typed text first and keeps the order otherwise", () => {
    const names = ["Ada Guimarães", "Bo", "Cy Marín", "Inês Guimarães", "Zoe Marques", "Maren"];
    expect(ranked(names, (name) => rankOf(name, "mar"))).toEqual([
      "Maren",
      "Cy Marín",
      "Zoe Marques",
      "Ada Guimarães",
      "Inês Guimarães",
    ]);
  });
});
