import type { Locator, Page } from "@playwright/test";
import { expectBothClocks, plain, timeIn } from "@/e2e/support/ui/clocks";
import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import type { Messages } from "@/e2e/support/ui/messages";
import { getAgent, patchAgent } from "@/lib/agents/agents/contract";
import { type Weekday, weekdays } from "@/lib/platform/time/calendar";
import { formatWallTime, weekdayName, zoneName } from "@/lib/platform/time/format";
import { weekOrder } from "@/lib/platform/time/week";

const nights = { from: { hour: 22, minute: 0 }, to: { hour: 6, minute: 0 } };
const officeHours = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };

/** The body of a request with one version of weekly hours. */
const weekly = (week: object) => ({ always: false, versions: [{ week }] });

/** Returns a day's row with its two time fields. */
function rowOf(page: Page, t: Messages, locale: string, weekday: Weekday) {
  const day = weekdayName(locale, weekdays.indexOf(weekday));
  const row = page.getByRole("group", { name: day, exact: true });
  return {
    day,
    row,
    from: row.getByRole("group", { name: t("fromOf", { day }) }),
    to: row.getByRole("group", { name: t("toOf", { day }) }),
  };
}

/** Types into the first segment of a time. A complete segment moves the focus to the next. */
async function type(time: Locator, keys: string): Promise<void> {
  await time.getByRole("spinbutton").first().focus();
  await time.page().keyboard.type(keys);
}

test("a night shift is typed in 12 hours, copied to another day, and shown in both time zones", {
  tag: ["@time", "@language"],
}, async ({ asSupervisor: page, make, api, editorOf, messages, conventions, timezoneId: viewerZone }) => {
  test.slow();
  const timezoneId = viewerZone ?? "UTC";
  const t = messages("schedule");
  const { locale, keysOf } = conventions;
  const params = { agentId: (await make.agent({ timezone: "Asia/Tokyo" })).id };
  const editor = editorOf(page, params.agentId);
  await editor.open("schedule");
  const mode = page.getByRole("radiogroup", { name: t("mode") });
  await expect(mode.getByRole("radio", { name: t("always") })).toBeChecked();
  await expect(page.getByText(t("alwaysHelp"))).toBeVisible();

  await mode.getByText(t("weekly")).click();
  await page.getByRole("button", { name: t("presets") }).click();
  await page.getByRole("menuitemradio", { name: t("preset.off") }).click();
  await expect(page.getByText(t("neverInHours"))).toBeVisible();
  await editor.expectChanged("schedule");

  const monday = rowOf(page, t, locale, "monday");
  await monday.row.getByText(monday.day, { exact: true }).click();
  await type(monday.from, keysOf(22));
  await type(monday.to, keysOf(6));
  await expect(monday.row.getByText(t("nextDay"))).toBeVisible();
  await expect(
    page.getByText(messages("availability")("duration.hours", { count: 8 }), { exact: true }),
  ).toBeVisible();

  await monday.row.getByRole("button", { name: t("copyDay", { day: monday.day }) }).click();
  const copy = page.getByRole("dialog", { name: t("copyDay", { day: monday.day }) });
  const wednesday = rowOf(page, t, locale, "wednesday");
  const thursday = rowOf(page, t, locale, "thursday");
  await copy.getByText(wednesday.day, { exact: true }).click();
  await copy.getByText(thursday.day, { exact: true }).click();
  await copy.getByRole("button", { name: t("copyTo", { count: 2 }) }).click();
  await expect(copy).toBeHidden();
  await expect(wednesday.row.getByText(t("nextDay"))).toBeVisible();
  // Make it a day off again.
  await thursday.row.getByText(thursday.day, { exact: true }).click();
  await expect(thursday.from).toBeHidden();
  await expect(
    page.getByText(messages("availability")("duration.hours", { count: 16 }), { exact: true }),
  ).toBeVisible();

  await editor.save("schedule");
  expect(editor.lastSchedule()).toEqual(weekly({ monday: [nights], wednesday: [nights] }));
  expect(editor.sent).toEqual([]);
  expect((await api.call(getAgent, { params })).weeklySchedule).toEqual({
    monday: nights,
    wednesday: nights,
  });

  await page.reload();
  // Japan has no daylight saving time: 22:00 there is 13:00 UTC on the same day.
  const startsAt = mondayOfThisWeek(locale) + 13 * 3_600_000;
  await expectBothClocks(page, {
    locale,
    zones: { agent: "Asia/Tokyo", viewer: timezoneId },
    instants: [startsAt, startsAt + 8 * 3_600_000],
  });
  await expect(monday.row).toContainText(plain(timeIn(timezoneId, locale, startsAt)));
  await expect(
    page.getByText(messages("availability")("duration.hours", { count: 16 }), { exact: true }),
  ).toBeVisible();
});

test("if both time zones show the same time, there is one strip and no second time in the rows", {
  tag: ["@time", "@language"],
}, async ({ asSupervisor: page, make, api, editorOf, messages, conventions, timezoneId: viewerZone }) => {
  const timezoneId = viewerZone ?? "UTC";
  const t = messages("schedule");
  const { id } = await make.agent({ timezone: timezoneId });
  await api.call(patchAgent, {
    params: { agentId: id },
    body: { weeklySchedule: { tuesday: officeHours } },
  });
  await editorOf(page, id).open("schedule");
  const { row } = rowOf(page, t, conventions.locale, "tuesday");
  await expect(row).toBeVisible();
  await expect(row).not.toContainText(t("yourTime", { hours: "" }).trim());
  await expect(page.getByRole("figure").getByText(zoneName(timezoneId))).toBeHidden();
  await expect(page.getByRole("figure").getByRole("listitem")).toHaveCount(1);
});

test("seven days off are saved differently from no schedule", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
}) => {
  const t = messages("schedule");
  const params = { agentId: (await make.agent()).id };
  const schedule = async () => (await api.call(getAgent, { params })).weeklySchedule;
  const editor = editorOf(page, params.agentId);
  await editor.open("schedule");
  const mode = page.getByRole("radiogroup", { name: t("mode") });
  await mode.getByText(t("weekly")).click();
  await page.getByRole("button", { name: t("presets") }).click();
  await page.getByRole("menuitemradio", { name: t("preset.off") }).click();
  await editor.save("schedule");
  expect(editor.lastSchedule()).toEqual(weekly({}));
  expect(await schedule()).toEqual({});

  await mode.getByText(t("always")).click();
  await editor.save("schedule");
  expect(editor.lastSchedule()).toEqual({ always: true, versions: [] });
  expect(editor.sent).toEqual([]);
  expect(await schedule()).toBeUndefined();
});

test.describe("with a 24-hour clock", () => {
  test.use({ locale: async ({ language }, use) => use(language === "ar" ? "ar-MA" : "en-GB") });

  test("by keyboard alone: a preset, a time, a day copied by shortcut, a day off", {
    tag: ["@time", "@language"],
  }, async ({ asSupervisor: page, make, api, editorOf, messages, language, conventions }) => {
    const t = messages("schedule");
    const locale = language === "ar" ? "ar-MA" : "en-GB";
    const params = { agentId: (await make.agent()).id };
    const editor = editorOf(page, params.agentId);
    const { keyboard } = page;
    await editor.open("schedule");
    await tabTo(page, page.getByRole("radio", { name: t("always") }));
    await keyboard.press(conventions.onwardKey);
    await expect(page.getByRole("radio", { name: t("weekly") })).toBeChecked();
    await tabTo(page, page.getByRole("button", { name: t("presets") }));
    await keyboard.press("Enter");
    const night = page.getByRole("menuitemradio", { name: t("preset.night") });
    await expect(night).toContainText(plain(formatWallTime(locale, nights.from)));
    for (let press = 0; press < 3; press += 1) await keyboard.press("ArrowDown");
    await expect(night).toBeFocused();
    await keyboard.press("Enter");

    const monday = rowOf(page, t, locale, "monday");
    await expect(monday.from.getByRole("spinbutton")).toHaveCount(2);
    await tabTo(page, monday.from.getByRole("spinbutton").first());
    await keyboard.type("2330");
    await tabTo(page, monday.to.getByRole("spinbutton").first());
    await keyboard.type("0715");
    const hours = { from: { hour: 23, minute: 30 }, to: { hour: 7, minute: 15 } };
    await keyboard.press("ControlOrMeta+c");
    // Makes it a day off with the switch.
    const tuesday = rowOf(page, t, locale, "tuesday");
    await tabTo(page, tuesday.row.getByRole("switch"));
    await keyboard.press("Space");
    await expect(tuesday.from).toBeHidden();
    const friday = rowOf(page, t, locale, "friday");
    await tabTo(page, friday.row.getByRole("switch"));
    await keyboard.press("ControlOrMeta+v");
    await expect(page.getByText(t("pasted", { source: monday.day, day: friday.day }))).toBeVisible();
    const saturday = rowOf(page, t, locale, "saturday");
    await expect(saturday.row.getByRole("switch")).not.toBeChecked();

    // A half-typed hour shows its value again before it is saved, as with the button.
    const hour = monday.to.getByRole("spinbutton").first();
    await hour.focus();
    await keyboard.press("Backspace");
    await expect(hour).not.toHaveAttribute("aria-valuenow");
    await editor.save("schedule");
    await expect(hour).toHaveAttribute("aria-valuenow", "7");
    const wanted = { monday: hours, wednesday: nights, thursday: nights, friday: hours };
    expect(editor.lastSchedule()).toEqual(
      weekly({ monday: [hours], wednesday: [nights], thursday: [nights], friday: [hours] }),
    );
    expect((await api.call(getAgent, { params })).weeklySchedule).toEqual(wanted);
    // Two days of 7 h 45 min and two of 8 h.
    const total = messages("availability")("duration.hoursAndMinutes", { hours: 31, minutes: 30 });
    // Morocco uses Latin digits.
    const shown = total.replace(/[٠-٩]/g, (digit) => String("٠١٢٣٤٥٦٧٨٩".indexOf(digit)));
    await expect(page.getByText(shown, { exact: true })).toBeVisible();
  });
});

/** Returns midnight UTC of the Monday in the displayed week, which starts on the locale's first weekday. */
function mondayOfThisWeek(locale: string): number {
  const day = 86_400_000;
  // Tokyo is nine hours ahead of UTC.
  const today = Math.floor((Date.now() + 9 * 3_600_000) / day);
  // 1970-01-01 was a Thursday.
  const weekday = (today + 3) % 7;
  const order = weekOrder(locale);
  return (today - order.indexOf(weekday) + order.indexOf(0)) * day;
}
