import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import { patchAgent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";
import { explainAvailability } from "@/lib/availability/effective/contract";
import { listSpans } from "@/lib/availability/spans/contract";

const HOUR = 3_600_000;
const listed = (language: string, names: readonly string[]) =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(names);

test("the page says what the API says, and a button ends a break", { tag: ["@time", "@language"] }, async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
  language,
}) => {
  const t = messages("availability");
  const { agent, name } = await make.member({ agent: { timezone: "Asia/Kathmandu" } });
  const params = { agentId: agent?.id ?? "" };
  await api.call(patchAvailability, {
    params,
    body: { status: "active", activity: "onBreak", activityText: "Lunch", activityTtl: 1800 },
  });
  const before = await api.call(explainAvailability, { params, query: {} });
  expect(before.deciders.map(({ code }) => code)).toEqual(["onBreak"]);

  await editorOf(page, params.agentId).open();
  await expect(page.getByText(t("answer.none"), { exact: true })).toBeVisible();
  const reasons = page.getByRole("list", { name: t("answer.reasons") });
  await expect(reasons.getByRole("listitem")).toHaveCount(1);
  await expect(reasons).toContainText(t("activity.onBreak"));
  await expect(reasons).toContainText("Lunch");

  const end = reasons.getByRole("button", { name: t("answer.do.endBreak") });
  await tabTo(page, end);
  await page.keyboard.press("Enter");
  const answered = async () => {
    const { channels } = await api.call(explainAvailability, { params, query: {} });
    return (["messaging", "email", "voice"] as const).filter((each) => channels[each]?.open);
  };
  await expect.poll(answered).toHaveLength(3);
  const open = await answered();
  const sentence = t("answer.some", {
    channels: listed(
      language,
      open.map((each) => t(`answer.channel.${each}`)),
    ),
  });
  const said = page.getByText(sentence, { exact: true });
  await expect(said).toBeVisible();
  await expect(said).toBeFocused();
  await expect(reasons).toBeHidden();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("on a phone, the reasons open on demand", async ({ openAs, make, api, messages }) => {
  const t = messages("availability");
  const member = await make.member();
  await api.call(patchAvailability, {
    params: { agentId: member.agent?.id ?? "" },
    body: { status: "active", activity: "inMeeting" },
  });
  const page = await openAs(member.account);
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto("/me");
  const more = page.getByRole("button", { name: t("answer.count", { count: 1 }) });
  await expect(more).toHaveAttribute("aria-expanded", "false");
  const back = page.getByRole("button", { name: t("answer.do.available") });
  await expect(back).toBeHidden();
  await more.click();
  await back.click();
  await expect(more).toBeHidden();
  await expect(page.getByRole("list", { name: t("answer.reasons") })).toBeHidden();
});

test("a reason without a right to change it says who or what ends it", async ({
  asViewer: page,
  make,
  api,
  editorOf,
  messages,
}) => {
  const t = messages("availability");
  const { agent } = await make.member();
  const params = { agentId: agent?.id ?? "" };
  await api.call(patchAgent, { params, body: { weeklySchedule: {} } });
  await editorOf(page, params.agentId).open();
  const reasons = page.getByRole("list", { name: t("answer.reasons") });
  await expect(reasons.getByRole("listitem")).toHaveCount(2);
  await expect(reasons.getByText(t("answer.remedy.agent"))).toBeVisible();
  await expect(reasons.getByText(t("answer.remedy.time"))).toBeVisible();
  await expect(reasons.getByRole("button")).toHaveCount(0);
  await expect(page.getByText(t("answer.noNext"))).toBeVisible();
});

test("a supervisor gets from out of hours to the schedule, and the answer follows it", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
}) => {
  const t = messages("availability");
  const { agent } = await make.member();
  const params = { agentId: agent?.id ?? "" };
  await api.call(patchAgent, { params, body: { weeklySchedule: {} } });
  await api.call(patchAvailability, { params, body: { status: "active" } });
  const editor = editorOf(page, params.agentId);
  await editor.open();
  const reasons = page.getByRole("list", { name: t("answer.reasons") });
  await reasons.getByRole("button", { name: t("answer.do.schedule") }).click();
  await expect(editor.tab("schedule")).toHaveAttribute("aria-selected", "true");

  const schedule = messages("schedule");
  await page.getByRole("button", { name: schedule("presets") }).click();
  await page.getByRole("menuitemradio", { name: schedule("preset.always") }).click();
  await editor.save("schedule");
  await expect(reasons).toBeHidden();
});

test("the answer about another time is in the URL, and equals the API's", { tag: "@time" }, async ({
  asSupervisor: page,
  make,
  api,
  messages,
  guard,
}) => {
  const t = messages("availability");
  const { agent } = await make.member({ agent: { timezone: "Europe/Berlin" } });
  const params = { agentId: agent?.id ?? "" };
  const shift = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };
  const week = Object.fromEntries(
    ["monday", "tuesday", "wednesday", "thursday", "friday"].map((day) => [day, shift]),
  );
  await api.call(patchAgent, { params, body: { weeklySchedule: week } });
  await api.call(patchAvailability, { params, body: { status: "active" } });

  // The Sunday after next, at noon in Berlin.
  const sunday = new Date(Date.now() + 8 * 24 * HOUR);
  sunday.setUTCDate(sunday.getUTCDate() + ((7 - sunday.getUTCDay()) % 7));
  sunday.setUTCHours(12, 0, 0, 0);
  const at = sunday.toISOString();
  const { channels, deciders } = await api.call(explainAvailability, { params, query: { at } });
  expect(channels.voice?.open).toBe(false);
  expect(deciders.map(({ code }) => code)).toEqual(["outOfHours"]);

  const path = `/w/northwind/agents/${params.agentId}?tab=availability`;
  await page.goto(`${path}&at=${at}`);
  const panel = page.getByRole("tabpanel");
  await expect(panel.getByText(t("answer.none"), { exact: true })).toBeVisible();
  await expect(panel.getByText(t("codes.outOfHours"))).toBeVisible();
  await expect(panel.getByText(t("at.assumes"))).toBeVisible();

  // An hour before the working hours end on the Monday before. Typing updates the result.
  const monday = new Date(sunday.getTime() - 6 * 24 * HOUR);
  await page.goto(`${path}&at=${monday.toISOString()}`);
  await expect(panel.getByText(t("answer.none"), { exact: true })).toBeHidden();
  const time = panel.getByRole("group", { name: t("at.time"), exact: true });
  await time.getByRole("spinbutton").first().click();
  await page.keyboard.press("ArrowUp");
  await expect(page).toHaveURL((url) => url.searchParams.get("at") !== monday.toISOString());
  const url = new URL(page.url());
  expect(Date.parse(url.searchParams.get("at") ?? "") - monday.getTime()).toBe(HOUR);

  // Before the agent existed, there is no explanation.
  guard.allowStatus(404);
  await page.goto(`${path}&at=${new Date(Date.now() - 24 * HOUR).toISOString()}`);
  await expect(panel.getByRole("alert")).toHaveText(t("at.noRecord"));

  guard.allowStatus(400);
  await page.goto(`${path}&at=2099-01-01T00:00:00.000Z`);
  await expect(panel.getByRole("alert")).toHaveText(t("at.outOfRange"));
  await panel.getByRole("button", { name: t("at.now") }).click();
  await expect(panel.getByRole("alert")).toBeHidden();
  await expect(page).toHaveURL((address) => !address.searchParams.has("at"));
});

test("the day adds up to the spans of the API", { tag: "@time" }, async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("availability");
  const agent = await make.agent({ timezone: "UTC" });
  const params = { agentId: agent.id };
  for (const body of [
    { status: "active" as const },
    { activity: "onBreak" as const, activityText: "Tea" },
    { activity: "inMeeting" as const },
  ])
    await api.call(patchAvailability, { params, body });
  const start = new Date();
  start.setUTCHours(0, 0, 0, 0);
  const { results } = await api.call(listSpans, { params, query: { from: start.toISOString() } });
  for (const [index, { to }] of results.entries()) expect(to).toBe(results[index + 1]?.from);

  await page.goto(`/w/northwind/agents/${agent.id}?tab=availability`);
  const panel = page.getByRole("tabpanel");
  const list = panel.getByRole("list", { name: t("day.spans", { date: "" }).trim() });
  await expect(list.getByRole("listitem")).toHaveCount(results.length);
  for (const [index, span] of results.entries()) {
    const item = list.getByRole("listitem").nth(index);
    await expect(item).toContainText(t(`status.${span.status}`));
    if (span.activity !== "available") await expect(item).toContainText(t(`activity.${span.activity}`));
  }
  await expect(list).toContainText("Tea");
  for (const [name, values] of [
    [t("day.status"), new Set(results.map(({ status }) => t(`status.${status}`)))],
    [
      t("day.activity"),
      new Set(
        results.map(({ activity }) =>
          activity === "available" ? t("noActivity") : t(`activity.${activity}`),
        ),
      ),
    ],
  ] as const) {
    const totals = panel.getByRole("list", { name, exact: true }).getByRole("listitem");
    await expect(totals).toHaveCount(values.size);
    for (const value of values) await expect(totals.filter({ hasText: value })).toHaveCount(1);
  }

  await panel.getByRole("button", { name: t("day.previous") }).click();
  await expect(panel.getByText(t("day.none"))).toBeVisible();
  await panel.getByRole("button", { name: t("day.today"), exact: true }).click();
  await expect(list.getByRole("listitem")).toHaveCount(results.length);
  await expect(panel.getByRole("button", { name: t("day.next") })).toBeDisabled();
  // The day on which clocks go back lasts 25 hours.
  await api.call(patchAgent, { params, body: { timezone: "Europe/Berlin" } });
  await page.goto(`/w/northwind/agents/${agent.id}?tab=availability&day=2026-10-25`);
  await expect(
    panel.getByText(t("day.length", { hours: t("duration.hours", { count: 25 }) }), { exact: false }),
  ).toBeVisible();
});
