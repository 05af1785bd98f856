import type { Locator, Page } from "@playwright/test";
import {
  expect,
  expectAccessible,
  expectNoLayoutShift,
  expectNoSidewaysScroll,
  tabTo,
  test,
} from "@/e2e/support/ui/fixtures";
import type { Makers } from "@/e2e/support/ui/people";
import type { Agent } from "@/lib/agents/agents/contract";
import { listOverrides } from "@/lib/hours/weeks/contract";
import { formatDay, formatWallTime } from "@/lib/platform/time/format";

/** A Wednesday. */
const date = "2027-06-16";
const day = Date.parse(date) / 86_400_000;
const office = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };

/** Makes an agent who works on Wednesdays from 9 to 17, UTC. */
const maker = (make: Makers) => make.agent({ timezone: "Etc/UTC", weeklySchedule: { wednesday: office } });

const path = ({ name }: Agent) =>
  `/w/northwind/planner?${new URLSearchParams({ q: name, date, zone: "Etc/UTC" })}`;

/** The agent's shift on that Wednesday; its name contains both times. */
function shiftOf(page: Page, agent: Agent, locale: string, from: number, to: number): Locator {
  const time = (minute: number) =>
    formatWallTime(locale, { hour: Math.floor(minute / 60), minute: minute % 60 });
  const date = formatDay(locale, day, { weekday: "short", day: "numeric", month: "short" });
  return page
    .getByRole("button", { name: agent.name })
    .and(page.getByRole("button", { name: date }))
    .and(page.getByRole("button", { name: `${time(from)} – ${time(to)}` }));
}

const range = { from: date, to: date };

test("a supervisor moves a shift by keyboard, and undoes it", { tag: "@language" }, async ({
  asSupervisor: page,
  api,
  make,
  messages,
  conventions,
}) => {
  const agent = await maker(make);
  const t = messages("calendar");
  await page.goto(path(agent));
  const before = shiftOf(page, agent, conventions.locale, 540, 1020);
  await tabTo(page, before, 60);
  await expectNoLayoutShift(page);
  await expectAccessible(page);

  // Up from 9:00, and half an hour longer.
  const { backKey: earlier, onwardKey: later } = conventions;
  await page.keyboard.press("Enter");
  for (let step = 0; step < 4; step += 1) await page.keyboard.press(later);
  await page.keyboard.press(`Shift+${later}`);
  await page.keyboard.press(`Shift+${later}`);
  await page.keyboard.press(earlier);
  await page.keyboard.press("Enter");
  await expect(shiftOf(page, agent, conventions.locale, 585, 1095)).toBeFocused();
  const stored = async () =>
    (await api.call(listOverrides, { params: { agentId: agent.id }, query: range })).results.map(
      ({ intervals }) => intervals,
    );
  await expect.poll(stored).toEqual([[{ from: { hour: 9, minute: 45 }, to: { hour: 18, minute: 15 } }]]);

  await page.getByRole("button", { name: messages("ui")("undo") }).click();
  await expect(before).toBeVisible();
  await expect.poll(stored).toEqual([]);

  // Escape leaves everything as it was.
  await before.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press(later);
  await expect(page.getByText(t("planner.keys"))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText(t("planner.keys"))).toBeHidden();
  await expect(before).toBeFocused();
  expect(await stored()).toEqual([]);
});

test("a supervisor drags the end of a shift", async ({ asSupervisor: page, api, make, conventions }) => {
  const agent = await maker(make);
  await page.goto(`${path(agent)}&length=day`);
  const bar = shiftOf(page, agent, conventions.locale, 540, 1020);
  const box = await bar.boundingBox();
  if (!box) throw new Error("The shift has no place.");
  const { onward } = conventions;
  const end = onward === 1 ? box.x + box.width - 3 : box.x + 3;
  const hour = (onward * box.width) / 8;
  const y = box.y + box.height / 2;
  await page.mouse.move(end, y);
  await page.mouse.down();
  await page.mouse.move(end - hour, y, { steps: 4 });
  await page.mouse.move(end - 2 * hour, y, { steps: 4 });
  await page.mouse.up();
  await expect(shiftOf(page, agent, conventions.locale, 540, 900)).toBeVisible();
  await expect
    .poll(async () =>
      (await api.call(listOverrides, { params: { agentId: agent.id }, query: range })).results.map(
        ({ intervals }) => intervals,
      ),
    )
    .toEqual([[{ from: { hour: 9, minute: 0 }, to: { hour: 15, minute: 0 } }]]);
});

test("an agent of two teams is under each of them, and a drag shows in both", async ({
  asSupervisor: page,
  make,
  messages,
  conventions,
}) => {
  const t = messages("calendar");
  const agent = await maker(make);
  const other = await make.agent({ name: `${agent.name} too`, timezone: "Etc/UTC" });
  const agentIds = [agent.id];
  const first = await make.team({ name: make.uniqueName("A"), agentIds });
  const second = await make.team({ name: make.uniqueName("B"), agentIds });
  await page.goto(path(agent));
  const headings = page.getByRole("rowheader").filter({ hasText: t("planner.agentCount", { count: 1 }) });
  await expect(headings).toHaveText(
    [first.name, second.name, t("planner.noTeam")].map((name) => new RegExp(name)),
  );
  const bars = shiftOf(page, agent, conventions.locale, 540, 1020);
  await expect(bars).toHaveCount(2);
  await expect(page.getByRole("rowheader", { name: other.name })).toHaveCount(1);
  await expectAccessible(page);

  // By keyboard: an hour later, in both rows, before and after it is saved.
  await bars.last().focus();
  await page.keyboard.press("Enter");
  const places = () =>
    page.locator("[data-bar]").evaluateAll((all) => all.map(({ style }) => style.insetInlineStart));
  const [before] = await places();
  const later = conventions.onwardKey;
  for (let step = 0; step < 4; step += 1) await page.keyboard.press(later);
  const [one, another] = await places();
  expect(one).not.toBe(before);
  expect(another).toBe(one);
  await page.keyboard.press("Enter");
  const moved = shiftOf(page, agent, conventions.locale, 600, 1080);
  await expect(moved).toHaveCount(2);
  await expect(moved.last()).toBeFocused();

  await page.getByText(t("planner.ungrouped"), { exact: true }).click();
  await expect(page).toHaveURL(/[?&]group=none/);
  await expect(moved).toHaveCount(1);
  await expect(headings).toHaveCount(0);
  await page.goBack();
  await expect(moved).toHaveCount(2);
});

test("the planner is a list of one day on a phone", async ({
  asSupervisor: page,
  make,
  messages,
  conventions,
}) => {
  const agent = await maker(make);
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(path(agent));
  const row = page.getByRole("listitem").filter({ hasText: agent.name });
  await expect(row).toContainText(formatWallTime(conventions.locale, office.from));
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: messages("calendar")("planner.period.next.day") }).click();
  await expect(row).toContainText(messages("calendar")("planner.off"));
  await expect(page).toHaveURL(/date=2027-06-17/);
});
