import type { Locator, Page } from "@playwright/test";
import { plain, timeIn } from "@/e2e/support/ui/clocks";
import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import type { Agent } from "@/lib/agents/agents/contract";
import { createShift, deleteShift } from "@/lib/hours/shifts/contract";
import { listAgentShifts } from "@/lib/hours/shifts/hours-contract";
import { deleteRotation, listRotations } from "@/lib/hours/shifts/rotations-contract";
import { DAY_MS, weekdayIndex } from "@/lib/platform/time/calendar";
import { formatDay, weekdayName } from "@/lib/platform/time/format";

const zone = "Europe/Berlin";
const HOUR_MS = 3_600_000;

/** Hours of the shifts of week 1, 2 and 3; the last one is a night. */
const hours = [
  { from: 9, to: 17 },
  { from: 13, to: 21 },
  { from: 22, to: 6 },
] as const;
/** Wednesday. */
const dayOff = 2;

const isoDate = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const shortName = (locale: string, day: number) =>
  formatDay(locale, day, { weekday: "short", day: "numeric", month: "short" });
const wallTime = (locale: string, hour: number) =>
  new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" }).format(hour * HOUR_MS);

/** Returns the offset of Berlin from UTC in milliseconds at noon UTC of a day. */
function offsetAt(day: number): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, hour: "numeric", hourCycle: "h23" });
  return (Number(parts.format(day * DAY_MS + 12 * HOUR_MS)) - 12) * HOUR_MS;
}

/** Returns the next day on which Berlin's clocks change, at least three weeks ahead. */
function dayOfChange(): number {
  let day = Math.floor(Date.now() / DAY_MS) + 21;
  while (offsetAt(day - 1) === offsetAt(day)) day += 1;
  return day;
}

/** Returns a week's index in the rotation for an agent who starts in week `offset + 1`. */
const weekOf = (first: number, day: number, offset: number) =>
  (Math.floor((day - first) / 7) + offset) % hours.length;

test("by keyboard: ten people rotate through three weeks over a clock change, and keep their local times", {
  tag: "@time",
}, async ({ asSupervisor: page, api, make, messages, timezoneId, conventions }) => {
  test.slow();
  const { locale } = conventions;
  const wall = (hour: number) => wallTime(locale, hour);
  const t = messages("settings");
  const change = dayOfChange();
  // The clocks change on the last day of the second week.
  const first = change - weekdayIndex(change) - 7;
  const crew = make.uniqueName("Crew");
  const agents = await make.agents(
    Array.from({ length: 10 }, (_, index) => ({
      name: `${crew} ${String(index + 1).padStart(2, "0")}`,
      timezone: zone,
    })),
  );
  const names = ["Dawn", "Noon", "Moon"].map((name) => make.uniqueName(name).replace(" ", "-"));
  for (const [index, name] of names.entries()) {
    const { from, to } = hours[index] ?? hours[0];
    const intervals = [{ from: { hour: from, minute: 0 }, to: { hour: to, minute: 0 } }];
    const { id } = await api.call(createShift, { body: { name, intervals } });
    make.removeLater(() => api.call(deleteShift, { params: { shiftId: id } }));
  }
  const rotationOf = async () =>
    (await api.call(listRotations, { query: { limit: "100" } })).results.find(({ name }) => name === crew);
  make.removeLater(async () => {
    const rotation = await rotationOf();
    if (rotation) await api.call(deleteRotation, { params: { rotationId: rotation.id } });
  });

  await page.goto("/w/northwind/settings/rotations");
  await tabTo(page, page.getByRole("button", { name: t("rotations.new") }), 80);
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: t("rotations.new") });
  await expect(panel.getByRole("textbox", { name: t("common.name"), exact: true })).toBeFocused();
  await page.keyboard.type(crew);
  await tabTo(page, panel.getByRole("spinbutton").first());
  await page.keyboard.type(conventions.digitsOf(isoDate(first)));
  await chooseWeeks(page, panel, names, {
    week: (number) => t("rotations.week", { number }),
    day: (day) => weekdayName(locale, day),
    add: t("rotations.addWeek"),
  });
  await tabTo(page, panel.getByRole("searchbox"), 20);
  await page.keyboard.type(crew);
  await expect(panel.getByRole("option")).toHaveCount(10);
  await tabTo(page, panel.getByRole("option").first(), 3);
  await page.keyboard.press("ControlOrMeta+a");
  for (const [index, { name }] of agents.entries()) {
    if (index % hours.length === 0) continue;
    await tabTo(page, panel.getByRole("textbox", { name: t("rotations.offsetOf", { name }) }), 10);
    await page.keyboard.type(String((index % hours.length) + 1));
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(panel).toBeHidden();

  const rotation = await rotationOf();
  expect(rotation?.startDate).toBe(isoDate(first));
  expect(rotation?.members.map(({ agentId, offset }) => [agentId, offset ?? 0])).toEqual(
    agents.map(({ id }, index) => [id, index % hours.length]),
  );

  // The API: the same local times before and after the change, so other instants.
  const range = { from: isoDate(first), to: isoDate(first + 20) };
  const starts = new Map<string, string>();
  for (const [index, agent] of agents.entries()) {
    const { results } = await api.call(listAgentShifts, { params: { agentId: agent.id }, query: range });
    expect(results.map(({ date, name, source }) => [date, name, source])).toEqual(
      Array.from({ length: 21 }, (_, day) => first + day)
        .filter((day) => weekdayIndex(day) !== dayOff)
        .map((day) => [isoDate(day), names[weekOf(first, day, index)], "rotation"]),
    );
    for (const { date, start, end } of results) {
      const { from, to } = hours[weekOf(first, Date.parse(date) / DAY_MS, index)] ?? hours[0];
      expect([timeIn(zone, locale, Date.parse(start)), timeIn(zone, locale, Date.parse(end))]).toEqual([
        wall(from),
        wall(to),
      ]);
      starts.set(`${agent.id} ${date}`, start);
    }
  }
  const shiftedBy = offsetAt(change) - offsetAt(change - 1);
  const startOf = ({ id }: Agent, day: number) => Date.parse(starts.get(`${id} ${isoDate(day)}`) ?? "");
  const [anna] = agents;
  if (!anna) throw new Error("There is no agent.");
  // Weeks 1 and 3 of the calendar; the third week's night begins 13 hours later on the clock.
  expect(startOf(anna, first + 14) - startOf(anna, first)).toBe(14 * DAY_MS + 13 * HOUR_MS - shiftedBy);

  // The planner, by weeks.
  await page.goto(`/w/northwind/planner?${new URLSearchParams({ q: crew, date: isoDate(first), zone })}`);
  for (const week of [0, 1, 2]) {
    for (const [index, agent] of agents.entries())
      for (const day of [first + 7 * week, first + 7 * week + 6]) {
        const { from, to } = hours[weekOf(first, day, index)] ?? hours[0];
        await expect(barOf(page, agent, shortName(locale, day))).toHaveAccessibleName(
          plain(`: ${wall(from)} – ${wall(to)}.`),
        );
      }
    await page.keyboard.press("]");
  }

  // In the reader's zone, the same shifts are at other times, which move with the change.
  await page.goto(`/w/northwind/planner?${new URLSearchParams({ q: crew, date: isoDate(change) })}`);
  for (const day of [change, change + 1]) {
    await expect(barOf(page, anna, shortName(locale, day))).toHaveAccessibleName(
      plain(timeIn(timezoneId ?? "UTC", locale, startOf(anna, day))),
    );
    await page.keyboard.press("]");
  }
});

/** Chooses the same shift on each day of a week but one, week by week, by typing its name. */
async function chooseWeeks(
  page: Page,
  panel: Locator,
  names: readonly string[],
  texts: { week: (number: number) => string; day: (day: number) => string; add: string },
): Promise<void> {
  for (const [index, name] of names.entries()) {
    if (index > 0) {
      await tabTo(page, panel.getByRole("button", { name: texts.add }), 10);
      await page.keyboard.press("Enter");
    }
    const week = panel.getByRole("group", { name: texts.week(index + 1), exact: true });
    for (let day = 0; day < 7; day += 1) {
      if (day === dayOff) continue;
      const field = week.getByRole("button", { name: texts.day(day) });
      // A new week comes before the button that added it.
      if (index > 0 && day === 0) await field.focus();
      else await tabTo(page, field, 10);
      await page.keyboard.type(name);
      await expect(field).toContainText(name);
    }
  }
}

/** Returns an agent's shift of a day in the planner. */
function barOf(page: Page, agent: Agent, day: string): Locator {
  return page.getByRole("button", { name: agent.name }).and(page.getByRole("button", { name: `${day}: ` }));
}
