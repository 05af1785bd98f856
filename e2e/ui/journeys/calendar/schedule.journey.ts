import type { Page } from "@playwright/test";
import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import { patchAgent } from "@/lib/agents/agents/contract";
import { createCoverageNeed, deleteCoverageNeed } from "@/lib/agents/coverage/needs-contract";
import {
  createHolidayCalendar,
  deleteHolidayCalendar,
  getAgentHolidayCalendars,
} from "@/lib/hours/holiday-calendars/contract";
import { getSchedule, listOverrides, putSchedule } from "@/lib/hours/weeks/contract";
import { DAY_MS, weekdayIndex, weekdays } from "@/lib/platform/time/calendar";
import { formatDay, formatWallTime, weekdayName } from "@/lib/platform/time/format";
import { isWeekendDay } from "@/lib/platform/time/week";

const hours = (from: number, to: number) => ({
  from: { hour: from, minute: 0 },
  to: { hour: to, minute: 0 },
});
const today = () => Math.floor(Date.now() / DAY_MS);
const isoDate = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const longName = (locale: string, day: number) =>
  formatDay(locale, day, { weekday: "long", day: "numeric", month: "long" });
const shortName = (locale: string, day: number) =>
  formatDay(locale, day, { weekday: "short", day: "numeric", month: "short" });

/** Types into a date or time field; a complete part moves the focus to the next. */
async function typeInto(page: Page, group: string, keys: string): Promise<void> {
  await page.getByRole("group", { name: group }).getByRole("spinbutton").first().focus();
  await page.keyboard.type(keys);
}

test("a day is split for lunch, and hours that overlap can't be saved", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
  conventions,
}) => {
  const { locale, keysOf } = conventions;
  const t = messages("schedule");
  const time = (hour: number) => formatWallTime(locale, { hour, minute: 0 });
  const params = { agentId: (await make.agent({ timezone: "UTC" })).id };
  await api.call(patchAgent, { params, body: { weeklySchedule: { monday: hours(9, 17) } } });
  const editor = editorOf(page, params.agentId);
  await editor.open("schedule");
  const day = weekdayName(locale, 0);
  const row = page.getByRole("group", { name: day, exact: true });
  await row.getByRole("button", { name: t("addPart", { day }) }).click();
  await typeInto(page, t("fromOfPart", { day, part: 2 }), keysOf(12));
  await expect(row.getByText(t("clash", { hours: `${time(9)} – ${time(17)}` }))).toBeVisible();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(row.getByRole("group", { name: t("fromOfPart", { day, part: 2 }) })).toBeVisible();
  expect(editor.sentSchedules).toEqual([]);

  await typeInto(page, t("toOf", { day }), keysOf(12));
  await typeInto(page, t("fromOfPart", { day, part: 2 }), keysOf(13));
  await typeInto(page, t("toOfPart", { day, part: 2 }), keysOf(17));
  await expect(row.getByRole("alert")).toHaveCount(0);
  await row.getByRole("button", { name: t("copyDay", { day }) }).click();
  const copy = page.getByRole("dialog", { name: t("copyDay", { day }) });
  await copy.getByText(t("workingDays")).click();
  await copy.getByRole("button", { name: t("copyTo", { count: 4 }) }).click();
  await editor.save("schedule");
  const split = [hours(9, 12), hours(13, 17)];
  const workingDays = weekdays.filter((_, index) => !isWeekendDay(locale, index));
  const week = Object.fromEntries(workingDays.map((each) => [each, split]));
  expect(editor.lastSchedule()).toEqual({ always: false, versions: [{ week }] });
  expect(editor.sent).toEqual([]);
  expect((await api.call(getSchedule, { params })).versions).toEqual([{ week }]);
});

test("by keyboard alone: other hours apply from a date on, and show in the coming days", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
  conventions,
}) => {
  const { locale } = conventions;
  const t = messages("schedule");
  const params = { agentId: (await make.agent({ timezone: "UTC" })).id };
  const daily = (from: number, to: number) =>
    Object.fromEntries(weekdays.map((each) => [each, [hours(from, to)]]));
  await api.call(putSchedule, { params, body: { versions: [{ week: daily(9, 17) }] } });
  const editor = editorOf(page, params.agentId);
  await editor.open("schedule");
  const start = today() + 7;
  await tabTo(page, page.getByRole("button", { name: t("versions.add") }), 60);
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: t("versions.add") });
  await tabTo(page, form.getByRole("spinbutton").first());
  await page.keyboard.type(conventions.digitsOf(isoDate(start)));
  await tabTo(page, form.getByRole("button", { name: t("versions.addNow") }));
  await page.keyboard.press("Enter");
  await expect(form).toBeHidden();
  const label = t("versions.from", { date: formatDay(locale, start, { dateStyle: "medium" }) });
  await expect(page.getByRole("button", { name: new RegExp(t("versions.label")) })).toContainText(label);
  const weekday = weekdays[weekdayIndex(start)] ?? "monday";
  const day = weekdayName(locale, weekdayIndex(start));
  const from = page
    .getByRole("group", { name: t("fromOf", { day }) })
    .getByRole("spinbutton")
    .first();
  await tabTo(page, from, 80);
  await page.keyboard.press("ArrowUp");
  await editor.save("schedule");
  const week = { ...daily(9, 17), [weekday]: [hours(10, 17)] };
  expect((await api.call(getSchedule, { params })).versions).toEqual([
    { week: daily(9, 17) },
    { effectiveFrom: isoDate(start), week },
  ]);
  const coming = page.getByRole("region", { name: t("upcoming.title") });
  await expect(coming.getByRole("listitem").filter({ hasText: shortName(locale, start) })).toContainText(
    formatWallTime(locale, hours(10, 17).from),
  );
  await expect(coming.getByRole("listitem").filter({ hasText: shortName(locale, start - 7) })).toContainText(
    formatWallTime(locale, hours(9, 17).from),
  );

  await page.getByRole("button", { name: t("versions.delete", { version: label }) }).click();
  await editor.save("schedule");
  expect((await api.call(getSchedule, { params })).versions).toEqual([{ week: daily(9, 17) }]);
});

test("one day is changed, with the reason in the coming days, and changed back by undo", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
  conventions,
}) => {
  const { locale } = conventions;
  const t = messages("schedule");
  const params = { agentId: (await make.agent({ timezone: "UTC" })).id };
  const editor = editorOf(page, params.agentId);
  await editor.open("schedule");
  const day = today() + 2;
  const name = longName(locale, day);
  const row = page
    .getByRole("region", { name: t("upcoming.title") })
    .getByRole("listitem")
    .filter({ hasText: shortName(locale, day) });
  await row.getByRole("button", { name: t("upcoming.changeOf", { date: name }) }).click();
  const dialog = page.getByRole("dialog", { name: t("change.title", { date: name }) });
  // Without input, it closes at once. With input, its close button asks.
  const ui = messages("ui");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await row.getByRole("button", { name: t("upcoming.changeOf", { date: name }) }).click();
  await dialog.getByRole("textbox", { name: t("change.note") }).fill("Mistake");
  await dialog.getByRole("button", { name: ui("close") }).click();
  const question = page.getByRole("alertdialog", { name: ui("lossTitle") });
  await question.getByRole("button", { name: ui("discard") }).click();
  await expect(dialog).toBeHidden();
  await row.getByRole("button", { name: t("upcoming.changeOf", { date: name }) }).click();
  await dialog.getByText(t("change.off")).click();
  const note = dialog.getByRole("textbox", { name: t("change.note") });
  await note.fill("a".repeat(141));
  await dialog.getByRole("button", { name: t("change.save") }).click();
  await expect(note).toHaveAccessibleDescription(new RegExp(messages("errors")("tooLong", { max: 140 })));
  await note.fill("Moving house");
  await dialog.getByRole("button", { name: t("change.save") }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText(t("off"));
  await expect(row).toContainText(t("upcoming.override", { name: "Moving house" }));
  expect((await api.call(listOverrides, { params, query: {} })).results).toMatchObject([
    { date: isoDate(day), intervals: [], note: "Moving house", source: "user" },
  ]);
  await page.getByRole("button", { name: messages("ui")("undo") }).click();
  await expect(row).not.toContainText("Moving house");
  expect((await api.call(listOverrides, { params, query: {} })).results).toEqual([]);
});

test("a holiday calendar is assigned, and its days are off", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
  conventions,
}) => {
  const { locale } = conventions;
  const t = messages("holidays");
  const schedule = messages("schedule");
  const params = { agentId: (await make.agent({ timezone: "UTC" })).id };
  const name = make.uniqueName("Holidays");
  const day = today() + 3;
  const { id } = await api.call(createHolidayCalendar, {
    body: { name, days: [{ date: isoDate(day), name: "Works outing" }] },
  });
  make.removeLater(() => api.call(deleteHolidayCalendar, { params: { holidayCalendarId: id } }));
  const editor = editorOf(page, params.agentId);
  await editor.open("holidays");
  await page
    .getByRole("region", { name: t("shared.title") })
    .getByText(name)
    .click();
  await expect
    .poll(async () => (await api.call(getAgentHolidayCalendars, { params })).calendarIds)
    .toEqual([id]);
  await editor.openTab("schedule");
  await expect(
    page
      .getByRole("region", { name: schedule("upcoming.title") })
      .getByRole("listitem")
      .filter({ hasText: shortName(locale, day) }),
  ).toContainText(schedule("upcoming.holiday", { name: "Works outing" }));
});

test("a supervisor sees what unsaved weekly hours do to coverage; an agent doesn't", async ({
  openAs,
  make,
  api,
  editorOf,
  messages,
  conventions,
}) => {
  const { locale } = conventions;
  const t = messages("calendar");
  const weeklySchedule = Object.fromEntries(weekdays.map((each) => [each, hours(9, 17)]));
  const member = await make.member({ agent: { timezone: "UTC", weeklySchedule } });
  const agentId = member.agent?.id ?? "";
  const team = await make.team({ agentIds: [agentId] });
  const need = await api.call(createCoverageNeed, {
    body: { teamId: team.id, days: ["wednesday"], ...hours(0, 0), minimum: 1 },
  });
  make.removeLater(() => api.call(deleteCoverageNeed, { params: { coverageNeedId: need.id } }));
  const day = weekdayName(locale, 2);
  const switchOff = async (page: Page) =>
    page.getByRole("group", { name: day, exact: true }).getByRole("switch").press("Space");

  const page = await openAs("supervisor");
  await editorOf(page, agentId).open("schedule");
  await switchOff(page);
  const effect = page.getByRole("group", { name: t("effect.title") });
  await expect(effect).toContainText(t("effect.gaps", { count: 2 }));
  await expect(effect).toContainText(team.name);
  await switchOff(page);
  await expect(effect).toBeHidden();

  const own = await openAs(member.account);
  await own.goto("/me?tab=schedule");
  await switchOff(own);
  const bar = own.getByRole("region", { name: messages("profile")("save.label") });
  await expect(bar.getByRole("button").first()).toBeVisible();
  await expect(own.getByRole("group", { name: t("effect.title") })).toHaveCount(0);
});
