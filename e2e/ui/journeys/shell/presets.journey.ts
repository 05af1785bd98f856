import type { Locator, Page } from "@playwright/test";
import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import type { Api } from "@/e2e/support/ui/api";
import {
  expect,
  expectNoLayoutShift,
  expectNoSidewaysScroll,
  pressUntilFocused,
  settled,
  test,
} from "@/e2e/support/ui/fixtures";
import type { Makers } from "@/e2e/support/ui/people";
import { makeDesk } from "@/e2e/support/ui/routing";
import { getAgent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";
import { explainAvailability } from "@/lib/availability/effective/contract";
import { deletePreset } from "@/lib/availability/presets/contract";
import { assignConversation } from "@/lib/routing/conversations/contract";

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

/** Shows the page of a workspace without its own presets. */
const withoutPresets = (page: Page) =>
  page.route("**/inbox/statuses?**", (route) => route.fulfill({ json: { results: [], total: 0 } }));

/** Creates an agent with an open messaging conversation. */
async function makeBusyAgent(given: { api: Api; make: Makers }) {
  const desk = await makeDesk(given);
  const { id } = await desk.report();
  const body = { agentId: desk.agentId, force: true };
  await given.api.call(assignConversation, { params: { conversationId: id }, body });
  return given.api.call(getAgent, { params: { agentId: desk.agentId } });
}

test("on a phone, a break and the return take two taps each, without a layout shift", {
  tag: "@language",
}, async ({ make, openAs, api, messages }) => {
  const t = messages("availability");
  const member = await make.member();
  const params = { agentId: member.agent?.id ?? "" };
  await api.call(patchAvailability, { params, body: { status: "active" } });
  const page = await openAs(member.account);
  await withoutPresets(page);
  await page.setViewportSize({ width: 360, height: 640 });
  const presets = page.waitForResponse(/\/inbox\/statuses/);
  await page.goto("/me");
  await presets;
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
  conventions,
}) => {
  const t = messages("availability");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await withoutPresets(page);
  await page.goto(listPath(agent.name));
  await list.moveToStatus(agent.name, agent.status, conventions.onwardKey);
  await page.keyboard.press("Enter");
  const first = page.getByRole("menuitem", { name: t("presets.break", { minutes: 15 }) });
  const lunch = page.getByRole("menuitem", { name: t("presets.lunch", { minutes: 30 }) });
  await expect(first).toBeFocused();
  await expectBeside(first, lunch);
  await expectBeside(lunch, page.getByRole("menuitem", { name: t("presets.back") }));
  const { onwardKey, backKey } = conventions;
  await page.keyboard.press(onwardKey);
  await page.keyboard.press(onwardKey);
  await page.keyboard.press(backKey);
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

test("on a phone, an agent chooses a preset of the workspace, and comes back", {
  tag: "@language",
}, async ({ make, openAs, api, messages }) => {
  const t = messages("availability");
  const member = await make.member();
  const params = { agentId: member.agent?.id ?? "" };
  const preset = await make.preset({ icon: "🍜", activityTtl: 1800, activityText: "Noodles" });
  const page = await openAs(member.account);
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto("/me");
  const bar = page.getByRole("banner").first();
  await expect(page.getByRole("tablist")).toBeVisible();
  await bar
    .getByRole("button", { name: t("statusOf", { name: member.name, status: t("status.away") }) })
    .click();
  const usual = page.getByRole("menuitem", { name: t("presets.break", { minutes: 15 }), exact: true });
  await expect(usual).toHaveCount(0);
  await expect(page.getByRole("menuitem", { name: t("pendingPreset.afterTitle") })).toHaveCount(0);
  await expectNoSidewaysScroll(page);
  await page.getByRole("menuitem", { name: preset.name }).click();
  const own = bar.getByRole("button", {
    name: t("statusOf", { name: member.name, status: t("status.active") }),
  });
  await expect(own).toContainText(t("activity.onBreak"));
  await expect
    .poll(async () => (await api.call(getAgent, { params })).availability)
    .toMatchObject({ status: "active", activity: "onBreak", activityText: "Noodles" });
  await own.click();
  await page.getByRole("menuitem", { name: t("presets.back") }).click();
  await expect
    .poll(async () => (await api.call(getAgent, { params })).availability.activity)
    .toBe("available");
  await expectNoLayoutShift(page);
});

test("by keyboard alone: a preset for after the conversations is shown as next, withdrawn and restored", async ({
  asSupervisor: page,
  make,
  api,
  messages,
  conventions,
}) => {
  const t = messages("availability");
  const list = new AgentListPage(page, messages);
  const agent = await makeBusyAgent({ api, make });
  const params = { agentId: agent.id };
  const preset = await make.preset();
  make.removeLater(() => api.call(deletePreset, { params }));
  const next = async () => (await api.call(explainAvailability, { params, query: {} })).next?.presetId;
  await page.goto(listPath(agent.name));
  await list.moveToStatus(agent.name, "active", conventions.onwardKey);
  await page.keyboard.press("Enter");
  const later = page.getByRole("menuitem", { name: t("pendingPreset.afterOff") });
  await expect(later).toBeVisible();
  await pressUntilFocused(page, "ArrowDown", later);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: t("pendingPreset.afterOn") })).toBeVisible();
  await pressUntilFocused(page, "ArrowDown", page.getByRole("menuitem", { name: preset.name }));
  await page.keyboard.press("Enter");
  await expect(
    page.getByText(t("pendingPreset.pending", { name: agent.name, preset: preset.name })),
  ).toBeVisible();
  await expect.poll(next).toBe(preset.id);
  expect((await api.call(getAgent, { params })).availability.activity).toBe(agent.availability.activity);

  await page.goto(`/w/northwind/agents/${agent.id}`);
  const header = page.getByRole("button", {
    name: `${t("statusOf", { name: agent.name, status: t("status.active") })}. ${t("pendingPreset.next", { preset: preset.name })}`,
  });
  await header.focus();
  await page.keyboard.press("Enter");
  const withdraw = page.getByRole("menuitem", { name: t("pendingPreset.withdraw", { preset: preset.name }) });
  await pressUntilFocused(page, "ArrowDown", withdraw);
  await page.keyboard.press("Enter");
  await expect(header).toBeHidden();
  await expect.poll(next).toBeUndefined();
  await page
    .getByRole("alertdialog", {
      name: t("pendingPreset.withdrawn", { name: agent.name, preset: preset.name }),
    })
    .getByRole("button", { name: messages("ui")("undo") })
    .click();
  await expect(header).toBeVisible();
  await expect.poll(next).toBe(preset.id);
});

test("a preset that the server refuses is rolled back, with the reason", async ({
  asSupervisor: page,
  make,
  messages,
  guard,
}) => {
  const t = messages("availability");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent();
  const preset = await make.preset();
  guard.allowStatus(409);
  await page.route("**/availability/preset", (route) =>
    route.fulfill({ status: 409, json: { code: "PersonSuspended", message: "Suspended." } }),
  );
  await page.goto(listPath(agent.name));
  await list.status(agent.name, agent.status).click();
  await page.getByRole("menuitem", { name: preset.name }).click();
  await expect(page.getByText(messages("errors")("refusals.PersonSuspended"))).toBeVisible();
  await expect(list.row(agent.name)).toContainText(t(`status.${agent.status}`));
  await expect(list.row(agent.name)).toContainText(t("activity.available"));
});

test("a preset is set for several agents at once, with undo", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("agents");
  const list = new AgentListPage(page, messages);
  const first = make.uniqueName("Team");
  const agents = await make.agents([{ name: `${first} A` }, { name: `${first} B` }]);
  const preset = await make.preset({ activity: "inMeeting" });
  const activities = () =>
    Promise.all(
      agents.map(
        async ({ id }) => (await api.call(getAgent, { params: { agentId: id } })).availability.activity,
      ),
    );
  await page.goto(listPath(first));
  await expect(list.row(`${first} A`)).toBeVisible();
  await list.link(`${first} A`).focus();
  await list.row(`${first} A`).getByRole("checkbox").click({ force: true });
  await list.row(`${first} B`).getByRole("checkbox").click({ force: true });
  await list.bulkBar.getByRole("button", { name: t("bulk.status") }).click();
  await page.getByRole("menuitem", { name: preset.name }).click();
  await expect.poll(activities).toEqual(["inMeeting", "inMeeting"]);
  await page.getByRole("button", { name: messages("ui")("undo") }).click();
  await expect.poll(activities).toEqual(["available", "available"]);
});
