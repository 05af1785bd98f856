import { describe, expect, it } from "vitest";
import { isEmoji } from "./emoji";

describe("isEmoji", () => {
  it.each([
    ["a picture", "🍽️"],
    ["a picture without a variation selector", "🍕"],
    ["a skin tone", "👍🏽"],
    ["a family", "👨‍👩‍👧‍👦"],
    ["a profession", "🧑🏿‍💻"],
    ["a gender", "🏃‍♀️"],
    ["a country's flag", "🇩🇪"],
    ["a region's flag", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
    ["a rainbow flag", "🏳️‍🌈"],
    ["a keycap", "1️⃣"],
    ["a heart", "❤️"],
    ["a coffee cup", "☕"],
    ["a code point reserved for later pictures", "\u{1FAFC}"],
  ])("accepts %s", (_, text) => {
    expect(isEmoji(text)).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["a letter", "a"],
    ["a digit", "1"],
    ["a word", "lunch"],
    ["two pictures", "🍕🍔"],
    ["a picture and a space", "🍕 "],
    ["a picture with an accent", "🍕\u0301"],
    ["a sign of plain text", "©"],
    ["one half of a flag", "🇩"],
    ["a joiner at the end", "👩\u200D"],
    ["a variation selector alone", "\uFE0F"],
    ["an endless family", `${"👨‍".repeat(50)}👨`],
    ["a lone surrogate", "\uD83C"],
  ])("refuses %s", (_, text) => {
    expect(isEmoji(text)).toBe(false);
  });
});
