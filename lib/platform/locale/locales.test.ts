import { describe, expect, it } from "vitest";
import { chooseReading, themeOf } from "./locales";

describe("chooseReading", () => {
  it.each([
    [undefined, "en-GB,en;q=0.9", "en", "en-GB"],
    [undefined, "de,en;q=0.5", "de", "de-DE"],
    [undefined, "fr-FR,fr;q=0.9,de-AT;q=0.8", "de", "de-AT"],
    [undefined, "ar-EG", "ar", "ar-EG"],
    ["ar", "en-GB", "ar", "ar-EG"],
    ["de", "en-GB,de-CH;q=0.3", "de", "de-CH"],
    ["xx", "fr", "en", "en-US"],
    [undefined, null, "en", "en-US"],
    [undefined, "de;q=0, en;q=0.1", "en", "en-US"],
    [undefined, ";;;,*,../..", "en", "en-US"],
  ])("reads the cookie %s and the header %s as %s with the locale %s", (chosen, header, language, locale) => {
    expect(chooseReading(chosen, header)).toEqual({ language, locale });
  });
});

describe("themeOf", () => {
  it("accepts known themes and falls back to system", () => {
    expect([themeOf("dark"), themeOf("light"), themeOf(undefined), themeOf("pink")]).toEqual([
      "dark",
      "light",
      "system",
      "system",
    ]);
  });
});
