import type { Locator, Page } from "@playwright/test";
import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import {
  expect,
  expectNoLayoutShift,
  expectNoSidewaysScroll,
  settled,
  test,
} from "@/e2e/support/ui/fixtures";
import { getAgent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";

/** Returns the positions of the heading and the tabs, which must not move when a break starts. */
const places = (page: Page) =>
  page
    .getByRole("main")
    .locator("h1, [role=tablist]")
    .evaluateAll((all) => all.map((element) => element.getBoundingClientRect().top));

/** Expects two buttons to be on the same line. */
async function expectBeside(one: Locator, other: Locator): Promise<void> {
  await expect(other).toBeVisible();
  await settled(one.page());
  const [left, right] = [await one.boundingBox(), await other.boundingBox()];
  expect(right?.y).toBe(left?.y);
  expect(right?.x).not.toBe(left?.x);
}

test("on a phone, a break and the return take two taps each, without a layout shift", {
  tag: "@language",
}, async ({ make, openAs, api, messages }) => {
  const t = messages("availability");
  const member = await make.member();
  const params = { agentId: member.agent?.id ?? "" };
  await api.call(patchAvailability, { params, body: { status: "active" } });
  const page = await openAs(member.account);
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto("/me");
  const bar = page.getByRole("banner").first();
  const own = bar.getByRole("button", {
    name: t("statusOf", { name: member.name, status: t("status.active") }),
  });
  await expect(page.getByRole("tablist")).toBeVisible();
  await settled(page);
  const before = await places(page);
  expect(before).toHaveLength(2);
  await own.click();
  await expect(page.getByRole("menuitem", { name: t("presets.back") })).toBeHidden();
  const chip = page.getByRole("menuitem", { name: t("presets.break", { minutes: 15 }) });
  await expectBeside(chip, page.getByRole("menuitem", { name: t("presets.lunch", { minutes: 30 }) }));
  await expectNoSidewaysScroll(page);
  await chip.click();
  await expect(own).toContainText(t("activity.onBreak"));
  await expect
    .poll(async () => (await api.call(getAgent, { params })).availability)
    .toMatchObject({ status: "active", activity: "onBreak" });
  expect((await api.call(getAgent, { params })).availability.activityTtl).toBeGreaterThan(14 * 60);
  expect(await places(page)).toEqual(before);
  await expectNoSidewaysScroll(page);

  await own.click();
  await page.getByRole("menuitem", { name: t("presets.back") }).click();
  await expect(own).not.toContainText(t("activity.onBreak"));
  await expect
    .poll(async () => (await api.call(getAgent, { params })).availability)
    .toMatchObject({ status: "active", activity: "available" });
  await expectNoLayoutShift(page);
});

test("a break set in a row is undone, with the previous note and time", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("availability");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await page.goto(listPath(agent.name));
  await list.status(agent.name, agent.status).focus();
  await page.keyboard.press("Enter");
  const first = page.getByRole("menuitem", { name: t("presets.break", { minutes: 15 }) });
  const lunch = page.getByRole("menuitem", { name: t("presets.lunch", { minutes: 30 }) });
  await expect(first).toBeFocused();
  await expectBeside(first, lunch);
  await expectBeside(lunch, page.getByRole("menuitem", { name: t("presets.back") }));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await expect(lunch).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(list.row(agent.name)).toContainText(t("activity.onBreak"));
  const what = `${t("activity.onBreak")} · ${t("duration.minutes", { count: 30 })}`;
  await page
    .getByRole("alertdialog", { name: t("changed", { name: agent.name, what }) })
    .getByRole("button", { name: messages("ui")("undo") })
    .click();
  await expect(list.row(agent.name)).toContainText(t("activity.available"));
  await expect
    .poll(async () => (await api.call(getAgent, { params: { agentId: agent.id } })).availability)
    .toMatchObject({ status: agent.status, activity: "available" });
});
