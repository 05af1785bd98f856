import { expect, holdBack, tabBackTo, tabTo, test } from "@/e2e/support/ui/fixtures";
import type { Conventions } from "@/e2e/support/ui/language";
import { getAgent, patchAgent } from "@/lib/agents/agents/contract";
import { listHolidayCountries, listPublicHolidays } from "@/lib/hours/public-holidays/contract";
import { formatDay } from "@/lib/platform/time/format";
import { dayNumber } from "@/lib/platform/time/year-calendar";

/** The year that the calendar shows for an agent in UTC. */
const year = new Date().getUTCFullYear();
const fullDate = ({ locale }: Conventions, month: number, day: number, of = year) =>
  formatDay(locale, dayNumber({ year: of, month, day }), { dateStyle: "full" });

test("a holiday is added in the calendar, renamed, removed, and restored by undo", {
  tag: ["@time", "@language"],
}, async ({ asSupervisor: page, make, api, editorOf, messages, conventions }) => {
  const t = messages("holidays");
  const params = { agentId: (await make.agent()).id };
  const saved = async () => (await api.call(getAgent, { params })).holidays;
  const editor = editorOf(page, params.agentId);
  await editor.open("holidays");
  await expect(page.getByText(t("noneYet"))).toBeVisible();
  const date = fullDate(conventions, 7, 14);
  const july = formatDay(conventions.locale, dayNumber({ year, month: 7, day: 1 }), {
    month: "long",
    year: "numeric",
  });
  const month = page.getByRole("grid", { name: july });
  await month.getByRole("button", { name: date, exact: true }).click();
  const form = page.getByRole("dialog");
  await expect(form.getByRole("textbox", { name: t("name") })).toBeFocused();
  // A holiday requires a name.
  await form.getByRole("button", { name: t("add"), exact: true }).click();
  await expect(form.getByRole("textbox", { name: t("name") })).toHaveAccessibleDescription(
    messages("errors")("required"),
  );
  await form.getByRole("textbox", { name: t("name") }).fill("Team day");
  await form.getByRole("button", { name: t("add"), exact: true }).click();
  await expect(form).toBeHidden();
  await expect(
    month.getByRole("button", { name: t("dayWithHolidays", { date, names: "Team day" }) }),
  ).toBeVisible();
  const list = page.getByRole("list", { name: t("list") });
  await expect(list.getByText("Team day")).toBeVisible();
  await editor.save("holidays");
  expect(editor.lastSent().body).toEqual({ holidays: [{ name: "Team day", day: 14, month: 7 }] });
  expect(await saved()).toEqual([{ name: "Team day", day: 14, month: 7 }]);

  await list.getByRole("button", { name: t("editNamed", { name: "Team day" }) }).click();
  await form.getByRole("textbox", { name: t("name") }).fill("Founders’ day");
  await form.getByRole("button", { name: t("apply") }).click();
  await expect(list.getByText("Founders’ day")).toBeVisible();

  await list.getByRole("button", { name: t("removeNamed", { name: "Founders’ day" }) }).click();
  await expect(list).toBeHidden();
  const note = page.getByRole("alertdialog").filter({ hasText: t("removed", { name: "Founders’ day" }) });
  await note.getByRole("button", { name: messages("ui")("undo") }).click();
  await expect(list.getByText("Founders’ day")).toBeVisible();
  await editor.save("holidays");
  expect(await saved()).toEqual([{ name: "Founders’ day", day: 14, month: 7 }]);

  await list.getByRole("button", { name: t("removeNamed", { name: "Founders’ day" }) }).click();
  await editor.save("holidays");
  expect(editor.lastSent().body).toEqual({ holidays: [] });
  expect(await saved()).toEqual([]);
});

test("by keyboard alone: moves through the calendar to next year, and through the list", {
  tag: ["@time", "@language"],
}, async ({ asSupervisor: page, make, api, editorOf, messages, conventions }) => {
  const t = messages("holidays");
  const params = { agentId: (await make.agent({ timezone: "UTC" })).id };
  const editor = editorOf(page, params.agentId);
  const { keyboard } = page;
  await editor.open("holidays");
  const now = new Date();
  const today = { month: now.getUTCMonth() + 1, day: now.getUTCDate() };
  const day = (month: number, of: number, inYear = year) =>
    page.getByRole("button", { name: fullDate(conventions, month, of, inYear), exact: true });
  await tabTo(page, day(today.month, today.day));

  // To an adjacent month, then one day in the reading direction.
  const [away, month] = today.month === 12 ? ["PageUp", 11] : ["PageDown", today.month + 1];
  await keyboard.press(away);
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const reached = Math.min(today.day, length);
  await expect(day(month, reached)).toBeFocused();
  const [key, next] =
    reached === length ? [conventions.backKey, reached - 1] : [conventions.onwardKey, reached + 1];
  await keyboard.press(key);
  await expect(day(month, next)).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("textbox", { name: t("name") })).toBeFocused();
  await keyboard.type("Stocktaking");
  await keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  const named = t("dayWithHolidays", { date: fullDate(conventions, month, next), names: "Stocktaking" });
  await expect(page.getByRole("button", { name: named })).toBeFocused();

  // The holiday repeats next year.
  await keyboard.press("Shift+PageDown");
  const later = t("dayWithHolidays", {
    date: fullDate(conventions, month, next, year + 1),
    names: "Stocktaking",
  });
  await expect(page.getByRole("button", { name: later })).toBeFocused();
  await editor.save("holidays");
  expect((await api.call(getAgent, { params })).holidays).toEqual([
    { name: "Stocktaking", day: next, month },
  ]);

  await tabBackTo(page, page.getByRole("button", { name: t("editNamed", { name: "Stocktaking" }) }));
  await keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("textbox", { name: t("name") })).toBeFocused();
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type("Inventory");
  await keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await editor.save("holidays");
  expect((await api.call(getAgent, { params })).holidays).toEqual([{ name: "Inventory", day: next, month }]);

  await tabTo(page, page.getByRole("button", { name: t("removeNamed", { name: "Inventory" }) }));
  await keyboard.press("Enter");
  await expect(page.getByText(t("noneYet"))).toBeVisible();
  await editor.save("holidays");
  expect((await api.call(getAgent, { params })).holidays).toEqual([]);
});

test("public holidays of Bavaria are reviewed before they are added", { tag: "@language" }, async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
  conventions,
}) => {
  const t = messages("holidays");
  const query = { language: conventions.locale };
  const { results: countries } = await api.call(listHolidayCountries, { params: {}, query });
  const germany = countries.find(({ code }) => code === "DE");
  const bavaria = germany?.regions.find(({ code }) => code === "BY");
  const { results: known } = await api.call(listPublicHolidays, {
    params: { countryCode: "DE" },
    query: { ...query, region: "BY" },
  });
  const fixed = known.filter(({ recurring }) => recurring);
  const movable = known.filter(({ recurring }) => !recurring);
  const params = { agentId: (await make.agent({ timezone: "America/New_York" })).id };
  const own = { name: "Own day", day: 3, month: 2 };
  await api.call(patchAgent, { params, body: { holidays: [own] } });

  const editor = editorOf(page, params.agentId);
  await editor.open("holidays");
  // A text typed while the countries load stays, also if a country would be suggested.
  const load = await holdBack(page, "**/api/holidays/countries*");
  const dialog = page.getByRole("dialog", { name: t("public.title") });
  const country = dialog.getByRole("combobox", { name: t("public.country") });
  await page.getByRole("button", { name: t("addPublic") }).click();
  await country.pressSequentially(germany?.name.slice(0, 4) ?? "");
  load();
  await expect(page.getByRole("option", { name: germany?.name ?? "" }).first()).toBeVisible();
  await expect(country).toHaveValue(germany?.name.slice(0, 4) ?? "");
  // The list of countries, then the dialog.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await page.getByRole("button", { name: t("addPublic") }).click();
  // The default is the country of the agent's time zone.
  await expect(country).toHaveValue(countries.find(({ code }) => code === "US")?.name ?? "");
  await editor.choose(country, germany?.name ?? "");
  await editor.choose(dialog.getByRole("combobox", { name: t("public.region") }), bavaria?.name ?? "");

  const everyYear = dialog.getByRole("region", { name: t("public.fixed") });
  const moving = dialog.getByRole("region", { name: t("public.movable") });
  await expect(everyYear.getByRole("checkbox")).toHaveCount(fixed.length);
  for (const { name } of fixed)
    await expect(everyYear.getByRole("checkbox", { name: new RegExp(escaped(name)) }).first()).toBeChecked();
  await expect(moving.getByRole("checkbox")).not.toHaveCount(0);
  for (const box of await moving.getByRole("checkbox").all()) await expect(box).not.toBeChecked();
  // Epiphany is a holiday in Bavaria, but not in all of Germany. One fixed holiday is deselected, and one
  // movable holiday is added.
  expect(fixed).toContainEqual(expect.objectContaining({ day: 6, month: 1 }));
  const unwanted = fixed.find(({ month, day }) => month === 10 && day === 3);
  await everyYear.getByText(unwanted?.name ?? "", { exact: true }).click();
  const easter = movable[0];
  const [movingYear, movingMonth, movingDay] = (easter?.dates[0] ?? "").split("-").map(Number);
  await moving.getByText(`${easter?.name} ${movingYear}`, { exact: true }).first().click();
  await dialog.getByRole("button", { name: t("public.add", { count: fixed.length }) }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(t("public.added", { count: fixed.length }))).toBeVisible();

  await editor.save("holidays");
  const { holidays } = await api.call(getAgent, { params });
  const wanted = fixed
    .filter((each) => each !== unwanted)
    .map(({ name, day, month }) => ({ name, day, month }));
  expect(holidays).toHaveLength(fixed.length + 1);
  expect(holidays).toEqual(
    expect.arrayContaining([
      own,
      ...wanted,
      { name: `${easter?.name} ${movingYear}`, day: movingDay, month: movingMonth },
    ]),
  );

  // Holidays in the list cannot be added again.
  await page.getByRole("button", { name: t("addPublic") }).click();
  await editor.choose(country, germany?.name ?? "");
  await editor.choose(dialog.getByRole("combobox", { name: t("public.region") }), bavaria?.name ?? "");
  const again = dialog.getByRole("checkbox", { name: new RegExp(escaped(wanted[0]?.name ?? "")) }).first();
  await expect(again).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("a region is found by its local or English name, and Enter chooses nothing without a match", {
  tag: "@language",
}, async ({ asSupervisor: page, make, editorOf, messages }) => {
  const t = messages("holidays");
  await editorOf(page, (await make.agent({ timezone: "Europe/Berlin" })).id).open("holidays");
  await page.getByRole("button", { name: t("addPublic") }).click();
  const dialog = page.getByRole("dialog", { name: t("public.title") });
  const region = dialog.getByRole("combobox", { name: t("public.region") });
  const type = async (words: string) => {
    await region.press("ControlOrMeta+a");
    await region.pressSequentially(words);
    await page.keyboard.press("Enter");
  };
  await type("bav");
  await expect(region).toHaveValue(/^(Bavaria|Bayern)$/);
  await type("sachsen-anh");
  await expect(region).toHaveValue(/^(Saxony|Sachsen)-Anhalt$/);
  await type("nowhere");
  await expect(region).toHaveValue("nowhere");
  await expect(page.getByText(messages("ui")("noMatches"))).toBeVisible();
  await region.press("ControlOrMeta+a");
  await region.press("Backspace");
  await expect(region).toHaveValue("");
  await expect(dialog.getByText(t("public.chooseRegion"))).toBeVisible();
  await expect(dialog.getByRole("checkbox")).toHaveCount(0);
});

test("by keyboard alone: adds Japan's public holidays except one", { tag: "@language" }, async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
  conventions,
}) => {
  const t = messages("holidays");
  const query = { language: conventions.locale };
  const { results: countries } = await api.call(listHolidayCountries, { params: {}, query });
  const japan = countries.find(({ code }) => code === "JP");
  const { results: known } = await api.call(listPublicHolidays, { params: { countryCode: "JP" }, query });
  const fixed = known.filter(({ recurring }) => recurring);
  const params = { agentId: (await make.agent({ timezone: "Europe/Lisbon" })).id };
  const editor = editorOf(page, params.agentId);
  await editor.open("holidays");
  const opener = page.getByRole("button", { name: t("addPublic") });
  await tabTo(page, opener);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: t("public.title") });
  const country = dialog.getByRole("combobox", { name: t("public.country") });
  await tabTo(page, country);
  await editor.choose(country, japan?.name ?? "");

  const boxes = dialog.getByRole("region", { name: t("public.fixed") }).getByRole("checkbox");
  await expect(boxes).toHaveCount(fixed.length);
  await tabTo(page, boxes.first());
  await page.keyboard.press("Space");
  await expect(boxes.first()).not.toBeChecked();
  await tabTo(page, dialog.getByRole("button", { name: t("public.add", { count: fixed.length - 1 }) }), 80);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  await editor.save("holidays");
  expect((await api.call(getAgent, { params })).holidays).toHaveLength(fixed.length - 1);
});

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
