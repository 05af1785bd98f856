import { expect, test } from "@/e2e/support/ui/fixtures";

test("every page uses the time zone and the language of its project", {
  tag: ["@time", "@language"],
}, async ({ page, openAs, timezoneId, locale, language }) => {
  // Browsers may use an alias of a zone (Asia/Katmandu), so compare times, not names.
  const instant = Date.UTC(2026, 0, 15, 12);
  const time = new Date(instant).toLocaleTimeString("en-GB", { timeZone: timezoneId });
  for (const each of [page, await openAs(), await openAs("supervisor")]) {
    await each.goto("/");
    const surroundings = await each.evaluate(
      (at) => ({ time: new Date(at).toLocaleTimeString("en-GB"), language: navigator.language }),
      instant,
    );
    expect(surroundings).toEqual({ time, language: locale });
    const cookies = await each.context().cookies();
    const chosen = cookies.find(({ name }) => name === "rollcall-locale")?.value;
    expect(chosen ?? "en").toBe(language);
  }
});
