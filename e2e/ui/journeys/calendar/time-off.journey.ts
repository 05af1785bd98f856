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
import { createCoverageNeed, deleteCoverageNeed } from "@/lib/agents/coverage/needs-contract";
import {
  approveTimeOff,
  cancelTimeOff,
  createTimeOff,
  getTimeOff,
  listTimeOff,
  patchTimeOff,
} from "@/lib/hours/time-off/contract";
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
  // The calendar lists three names a day. Other workers, which may run this test in another language, use other days.
  const dayOf = (nth: number) => inDays(60 + 2 * test.info().parallelIndex + nth);
  if (!declined || !approved) throw new Error("Two agents are needed.");
  for (const [nth, { id }] of [declined, approved].entries())
    await api.call(createTimeOff, {
      params: { agentId: id },
      body: { typeId, startDate: dayOf(nth), endDate: dayOf(nth), state: "requested" },
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
  // A pasted text that is too long stays whole, and is not sent.
  const comment = page.getByRole("dialog").getByRole("textbox");
  await expect(comment).toBeFocused();
  await page.keyboard.insertText("a".repeat(501));
  await page.keyboard.press("Enter");
  await expect(comment).toHaveAccessibleDescription(new RegExp(messages("errors")("tooLong", { max: 500 })));
  await expect(comment).toHaveValue("a".repeat(501));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Too many are away.");
  // Escape asks before the text is lost.
  const ui = messages("ui");
  await page.keyboard.press("Escape");
  const question = page.getByRole("alertdialog", { name: ui("lossTitle") });
  await expect(question.getByRole("button", { name: ui("keepEditing") })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(question).toBeHidden();
  await expect(comment).toBeFocused();
  // Without an answer, the comment stays.
  guard.allowNoAnswer();
  await page.route("**/decline", (route) => route.abort(), { times: 1 });
  await page.keyboard.press("Enter");
  await expect(page.getByText(t("timeOff.requests.notDecided"))).toBeVisible();
  await expect(comment).toHaveValue("Too many are away.");
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

  await page.goto(`/w/northwind/time-off?month=${dayOf(1).slice(0, 7)}`);
  const entry = page.getByRole("button", { name: new RegExp(`^${approved.name}[,،] `) }).first();
  await tabTo(page, entry);
  await page.keyboard.press("Enter");
  const details = page.getByRole("dialog", { name: t("timeOff.details.title", { name: approved.name }) });
  await expect(details).toBeVisible();
  await details.getByRole("button", { name: t("timeOff.details.cancel") }).click();
  await expect.poll(() => stateOf(approved.id)).toMatchObject({ state: "cancelled" });
});

test("the form of time off stays if somebody else cancels it, and its details close", async ({
  api,
  make,
  asSupervisor: page,
  messages,
  guard,
}) => {
  const t = messages("calendar");
  const [type] = (await api.call(listTimeOffTypes, { query: { limit: "1" } })).results;
  const date = inDays(80 + test.info().parallelIndex);
  const [changed, read] = await make.agents([{}, {}]);
  if (!changed || !read) throw new Error("Two agents are needed.");
  const enter = async ({ id }: typeof changed) =>
    api.call(createTimeOff, {
      params: { agentId: id },
      body: { typeId: type?.id ?? "", startDate: date, endDate: date, state: "approved" },
    });
  const cancel = async ({ id: timeOffId, agentId }: Awaited<ReturnType<typeof enter>>) =>
    api.call(cancelTimeOff, { params: { agentId, timeOffId }, body: {} });
  const entries = [await enter(changed), await enter(read)] as const;
  const entryOf = ({ name }: typeof changed) =>
    page.getByRole("button", { name: new RegExp(`^${name}[,،] `) });
  const detailsOf = ({ name }: typeof changed) =>
    page.getByRole("dialog", { name: t("timeOff.details.title", { name }) });

  guard.tolerateDeletedRequests();
  await page.goto(`/w/northwind/time-off?month=${date.slice(0, 7)}`);
  await entryOf(read).click();
  await expect(detailsOf(read)).toBeVisible();
  await cancel(entries[1]);
  await expect(detailsOf(read)).toBeHidden();

  await entryOf(changed).click();
  await detailsOf(changed)
    .getByRole("button", { name: t("timeOff.details.change") })
    .click();
  const dialog = page.getByRole("dialog", { name: t("timeOff.ask.changeTitle") });
  await dialog.getByRole("button", { name: t("timeOff.ask.details") }).click();
  const note = dialog.getByRole("textbox", { name: t("timeOff.ask.note") });
  await note.fill("Talked about it on Monday.");
  await cancel(entries[0]);
  await expect(page.getByRole("button", { name: changed.name, includeHidden: true })).toHaveCount(0);
  await expect(note).toHaveValue("Talked about it on Monday.");
});

test("an agent and a supervisor change time off instead of entering it again", {
  tag: "@language",
}, async ({ api, make, openAs, messages, guard }) => {
  const t = messages("calendar");
  const member = await make.member({ agent: { timezone: "Europe/Berlin", weeklySchedule: everyDay } });
  const agentId = member.agent?.id ?? "";
  const [type] = (await api.call(listTimeOffTypes, { query: { limit: "1" } })).results;
  const { id: timeOffId } = await api.call(createTimeOff, {
    params: { agentId },
    body: {
      typeId: type?.id ?? "",
      startDate: inDays(3),
      endDate: inDays(3),
      note: "Dentist",
      state: "requested",
    },
  });
  const params = { agentId, timeOffId };
  const stored = () => api.call(getTimeOff, { params });

  const page = await openAs(member.account);
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto("/me?tab=timeOff");
  const change = page.getByRole("button", { name: new RegExp(t("timeOff.own.changeLabel", { when: ".*" })) });
  const dialog = page.getByRole("dialog", { name: t("timeOff.ask.changeTitle") });
  const note = dialog.getByRole("textbox", { name: t("timeOff.ask.note") });
  const part = (name: string) => dialog.getByText(t(`timeOff.ask.parts.${name}`), { exact: true });
  const save = dialog.getByRole("button", { name: t("timeOff.ask.save") });

  await tabTo(page, change);
  await page.keyboard.press("Enter");
  await expect(note).toHaveValue("Dentist");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await part("morning").click();
  await note.fill("");
  await save.click();
  await expect(dialog).toBeHidden();
  const morning = await stored();
  expect(morning).toMatchObject({ startTime: nine, endTime: { hour: 13, minute: 0 }, state: "requested" });
  expect(morning.note).toBeUndefined();

  // Approved time off of a type that needs approval is requested again.
  await api.call(approveTimeOff, { params, body: {} });
  await expect(page.getByRole("main").getByText(t("timeOff.states.approved"), { exact: true })).toBeVisible();
  await change.click();
  await expect(dialog.getByText(t("timeOff.ask.asksAgain"))).toBeVisible();
  // The shifts have the time off cut out, so their halves would be wrong.
  await expect(part("afternoon")).toBeHidden();
  await part("all").click();
  await save.click();
  await expect(dialog).toBeHidden();
  const day = await stored();
  expect(day.state).toBe("requested");
  expect(day.startTime).toBeUndefined();

  // What someone else has changed meanwhile is not overwritten, and the input stays.
  await change.click();
  await part("afternoon").click();
  await dialog.getByRole("button", { name: t("timeOff.ask.details") }).click();
  await note.fill("Half a day is enough.");
  await api.call(patchTimeOff, { params, body: { note: "Ask me first." } });
  await save.click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(note).toHaveValue("Half a day is enough.");
  const kept = await stored();
  expect(kept.note).toBe("Ask me first.");
  expect(kept.startTime).toBeUndefined();

  const supervisor = await openAs("supervisor");
  await api.call(approveTimeOff, { params, body: {} });
  guard.tolerateDeletedRequests();
  await supervisor.goto(`/w/northwind/time-off?month=${inDays(3).slice(0, 7)}`);
  const entry = supervisor.getByRole("button", { name: new RegExp(`^${member.name}\\b`) }).first();
  await tabTo(supervisor, entry);
  await supervisor.keyboard.press("Enter");
  const details = supervisor.getByRole("dialog", { name: t("timeOff.details.title", { name: member.name }) });
  await tabTo(supervisor, details.getByRole("button", { name: t("timeOff.details.change") }));
  await supervisor.keyboard.press("Enter");
  const changing = supervisor.getByRole("dialog", { name: t("timeOff.ask.changeTitle") });
  const changed = changing.getByRole("textbox", { name: t("timeOff.ask.note") });
  await expect
    .poll(() => changing.evaluate((dialog) => dialog.contains(document.activeElement)), "focus in the dialog")
    .toBe(true);
  await expect(changed).toHaveValue("Ask me first.");
  await changing.getByText(t("timeOff.ask.parts.times"), { exact: true }).click();
  await changed.fill("");
  // A time with an empty hour is missing. It is not the time from before.
  const start = changing.getByRole("group", { name: t("timeOff.ask.startTime"), exact: true });
  const hour = start.getByRole("spinbutton").first();
  await hour.focus();
  for (const _ of "09") await supervisor.keyboard.press("Backspace");
  await changing.getByRole("button", { name: t("timeOff.ask.save") }).click();
  await expect(start).toHaveAccessibleDescription(new RegExp(t("timeOff.ask.needsTime")));
  await hour.focus();
  await supervisor.keyboard.press("9");
  await changing.getByRole("button", { name: t("timeOff.ask.save") }).click();
  await expect(changing).toBeHidden();
  await expect(entry).toBeFocused();
  const decided = await stored();
  expect(decided).toMatchObject({ state: "approved", startTime: nine, endTime: { hour: 12, minute: 0 } });
  expect(decided.note).toBeUndefined();
});

test("a half-typed time is not taken for none", async ({ api, make, openAs, messages }) => {
  const t = messages("calendar");
  const member = await make.member({ agent: { timezone: "Europe/Berlin", weeklySchedule: everyDay } });
  const agentId = member.agent?.id ?? "";
  const [type] = (await api.call(listTimeOffTypes, { query: { limit: "1" } })).results;
  const { id: timeOffId } = await api.call(createTimeOff, {
    params: { agentId },
    body: {
      typeId: type?.id ?? "",
      startDate: inDays(3),
      endDate: inDays(3),
      endTime: five,
      state: "requested",
    },
  });
  const stored = () => api.call(getTimeOff, { params: { agentId, timeOffId } });
  const page = await openAs(member.account);
  await page.goto("/me?tab=timeOff");
  await page.getByRole("button", { name: new RegExp(t("timeOff.own.changeLabel", { when: ".*" })) }).click();
  const dialog = page.getByRole("dialog", { name: t("timeOff.ask.changeTitle") });
  const start = dialog.getByRole("group", { name: t("timeOff.ask.startTime") });
  await start.getByRole("spinbutton").first().click();
  await page.keyboard.type("09");
  await dialog.getByRole("button", { name: t("timeOff.ask.save") }).click();
  await expect(dialog.getByText(t("timeOff.ask.needsTime"))).toBeVisible();
  expect((await stored()).startTime).toBeUndefined();
  await start.getByRole("spinbutton").nth(1).click();
  await page.keyboard.type("30");
  await dialog.getByRole("button", { name: t("timeOff.ask.save") }).click();
  await expect(dialog).toBeHidden();
  expect(await stored()).toMatchObject({ startTime: { hour: 9, minute: 30 }, endTime: five });
});
