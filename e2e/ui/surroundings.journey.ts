import { expect, test } from "./fixtures";

test("every page is in the time zone and the language of its project", async ({
  page,
  openAs,
  timezoneId,
  locale,
  language,
}) => {
  for (const each of [page, await openAs(), await openAs("supervisor")]) {
    await each.goto("/");
    const surroundings = await each.evaluate(() => ({
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      language: navigator.language,
    }));
    expect(surroundings).toEqual({ zone: timezoneId, language: locale });
    const cookies = await each.context().cookies();
    const chosen = cookies.find(({ name }) => name === "rollcall-locale")?.value;
    expect(chosen ?? "en").toBe(language);
  }
});
