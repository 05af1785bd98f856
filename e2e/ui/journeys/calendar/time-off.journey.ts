import type { Page } from "@playwright/test";
import {
  expect,
  expectAccessible,
  expectNoLayoutShift,
  expectNoSidewaysScroll,
  tabTo,
  test,
} from "@/e2e/support/ui/fixtures";
import type { Guard } from "@/e2e/support/ui/guard";
import { createCoverageNeed, deleteCoverageNeed } from "@/lib/agents/coverage/contract";
import { createTimeOff, listTimeOff } from "@/lib/hours/time-off/contract";
import { listTimeOffTypes } from "@/lib/hours/time-off/types-contract";

const nine = { hour: 9, minute: 0 };
const five = { hour: 17, minute: 0 };
const always = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const everyDay = Object.fromEntries(always.map((day) => [day, { from: nine, to: five }]));

/** Returns the ISO date so many days from now. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 780 } });

  test("an agent asks for an afternoon off with four presses, and a supervisor approves it", {
    tag: "@language",
  }, async ({ api, make, openAs, messages, guard }) => {
    const t = messages("calendar");
    const profile = messages("profile");
    const member = await make.member({ agent: { timezone: "Europe/Berlin", weeklySchedule: everyDay } });
    const agentId = member.agent?.id ?? "";
    const team = await make.team({ agentIds: [agentId] });
    const need = await api.call(createCoverageNeed, {
      body: {
        teamId: team.id,
        days: [...always],
        from: { hour: 0, minute: 0 },
        to: { hour: 0, minute: 0 },
        minimum: 1,
      },
    });
    make.removeLater(() => api.call(deleteCoverageNeed, { params: { coverageNeedId: need.id } }));

    const page = await openAs(member.account);
    await page.goto("/me");
    await page.getByRole("tab", { name: profile("tabs.timeOff"), exact: true }).click();
    await page.getByRole("button", { name: t("timeOff.ask.open") }).click();
    const dialog = page.getByRole("dialog", { name: t("timeOff.ask.title") });
    await dialog.getByText(t("timeOff.ask.parts.afternoon"), { exact: true }).click();
    // Nobody else is in the team, so the need is missed. The agent knows before sending.
    const cost = dialog.getByRole("group", { name: t("timeOff.cost.title") });
    // The numbers of the whole day are dimmed until those of the afternoon arrive.
    await expect(cost).toHaveAttribute("aria-busy", "false");
    await expect(cost.getByRole("status")).toContainText(team.name);
    await expect(cost.getByRole("list").first()).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await dialog.getByRole("button", { name: t("timeOff.ask.send") }).click();
    await expect(dialog).toBeHidden();
    const main = page.getByRole("main");
    await expect(main.getByText(t("timeOff.states.requested"), { exact: true })).toBeVisible();

    const query = { agentIds: [agentId] };
    const [asked] = (await api.call(listTimeOff, { query })).results;
    expect(asked).toMatchObject({ state: "requested", startTime: { hour: 13, minute: 0 }, endTime: five });

    const supervisor = await openAs("supervisor");
    await openRequests(supervisor, guard);
    const approve = supervisor.getByRole("button", {
      name: t("timeOff.requests.approveFor", { name: member.name }),
    });
    await expect(approve).toBeVisible();
    await expectNoSidewaysScroll(supervisor);
    await approve.click();
    await expect(approve).toBeHidden();
    await expect
      .poll(async () => (await api.call(listTimeOff, { query })).results[0]?.state)
      .toBe("approved");
    await expect(main.getByText(t("timeOff.states.approved"), { exact: true })).toBeVisible();
  });
});

async function openRequests(page: Page, guard: Guard): Promise<void> {
  guard.tolerateDeletedRequests();
  await page.goto("/w/northwind/time-off");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

test("a supervisor decides by keyboard and sees who is off", async ({
  api,
  make,
  openAs,
  messages,
  guard,
}) => {
  const t = messages("calendar");
  const [type] = (await api.call(listTimeOffTypes, { query: { limit: "1" } })).results;
  const typeId = type?.id ?? "";
  const [declined, approved] = await make.agents([{}, {}]);
  if (!declined || !approved) throw new Error("Two agents are needed.");
  for (const [nth, { id }] of [declined, approved].entries())
    await api.call(createTimeOff, {
      params: { agentId: id },
      body: { typeId, startDate: inDays(nth + 1), endDate: inDays(nth + 1), state: "requested" },
    });
  const stateOf = async (agentId: string) =>
    (await api.call(listTimeOff, { query: { agentIds: [agentId] } })).results[0];

  const page = await openAs("supervisor");
  await openRequests(page, guard);
  const button = (key: string, name: string) =>
    page.getByRole("button", { name: t(`timeOff.requests.${key}`, { name }) });
  await expect(button("approveFor", approved.name)).toBeVisible();
  await expectNoLayoutShift(page);

  /** Moves down with `j` to the request of an agent. */
  async function goTo(name: string) {
    await page.keyboard.press("j");
    for (let step = 0; step < 30; step++) {
      const label = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
      if (label === t("timeOff.requests.approveFor", { name })) return;
      await page.keyboard.press("j");
    }
    throw new Error(`No request of ${name} has the focus.`);
  }

  await goTo(declined.name);
  await page.keyboard.press("d");
  await page.keyboard.type("Too many are away.");
  await page.keyboard.press("Enter");
  await expect(button("approveFor", declined.name)).toBeHidden();
  await expect
    .poll(() => stateOf(declined.id))
    .toMatchObject({
      state: "declined",
      comment: "Too many are away.",
    });

  await page.keyboard.press("k");
  await page.reload();
  await expect(button("approveFor", approved.name)).toBeVisible();
  await goTo(approved.name);
  await page.keyboard.press("a");
  await expect(button("approveFor", approved.name)).toBeHidden();
  await expect.poll(() => stateOf(approved.id)).toMatchObject({ state: "approved" });

  await page.goto(`/w/northwind/time-off?month=${inDays(2).slice(0, 7)}`);
  const entry = page.getByRole("button", { name: new RegExp(`^${approved.name}, `) }).first();
  await tabTo(page, entry);
  await page.keyboard.press("Enter");
  const details = page.getByRole("dialog", { name: t("timeOff.details.title", { name: approved.name }) });
  await expect(details).toBeVisible();
  await details.getByRole("button", { name: t("timeOff.details.cancel") }).click();
  await expect.poll(() => stateOf(approved.id)).toMatchObject({ state: "cancelled" });
});
