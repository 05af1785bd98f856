import { listPath } from "@/e2e/support/ui/agent-list";
import { expect, expectNoSidewaysScroll, tabTo, test } from "@/e2e/support/ui/fixtures";
import { getAgent } from "@/lib/agents/agents/contract";

// Tasks that people do on their phones.
test.use({ viewport: { width: 360, height: 780 } });

const hours = (from: number, to: number) => ({
  from: { hour: from, minute: 0 },
  to: { hour: to, minute: 0 },
});

/** Returns the names of Thursday and of a time in the test's locale. */
const words = (locale: string | undefined) => ({
  thursday: new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
    Date.UTC(2026, 0, 1),
  ),
  time: (hour: number, minute: number) =>
    new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" }).format(
      Date.UTC(2000, 0, 1, hour, minute),
    ),
});

test("an agent sets a lunch break and corrects Thursday's hours", { tag: ["@time", "@language"] }, async ({
  make,
  openAs,
  api,
  messages,
  locale,
}) => {
  const t = messages("profile");
  const availability = messages("availability");
  const schedule = messages("schedule");
  const { thursday, time } = words(locale);
  const member = await make.member({
    agent: { weeklySchedule: { wednesday: hours(9, 17), thursday: hours(9, 17) } },
  });
  const params = { agentId: member.agent?.id ?? "" };
  const page = await openAs(member.account);
  await page.goto("/me");
  const main = page.getByRole("main");
  await main
    .getByRole("button", {
      name: availability("statusOf", { name: member.name, status: availability("status.away") }),
    })
    .click();
  await page.getByRole("menuitemradio", { name: availability("status.active") }).click();
  await main
    .getByRole("button", {
      name: availability("activityOf", { name: member.name, activity: availability("activity.available") }),
    })
    .click();
  const form = page.getByRole("dialog", { name: availability("setActivity") });
  await form.getByRole("button", { name: availability("activityLabel") }).click();
  await page.getByRole("option", { name: availability("activity.onBreak") }).click();
  await form.getByRole("textbox", { name: availability("textLabel") }).fill("Lunch");
  await form.getByRole("button", { name: availability("howLong") }).click();
  await page.getByRole("option", { name: availability("duration.minutes", { count: 45 }) }).click();
  await form.getByRole("button", { name: availability("set"), exact: true }).click();
  const onBreak = main.getByRole("button", {
    name: availability("activityOf", { name: member.name, activity: availability("activity.onBreak") }),
  });
  await expect(onBreak).toContainText("Lunch");
  await expect
    .poll(async () => (await api.call(getAgent, { params })).availability)
    .toMatchObject({ status: "active", activity: "onBreak", activityText: "Lunch" });
  const { activityTtl } = (await api.call(getAgent, { params })).availability;
  expect(activityTtl).toBeGreaterThan(40 * 60);
  expect(activityTtl).toBeLessThanOrEqual(45 * 60);
  await expectNoSidewaysScroll(page);

  await main.getByRole("tab", { name: t("tabs.schedule") }).click();
  const day = main.getByRole("group", { name: thursday, exact: true });
  const from = day.getByRole("group", { name: schedule("fromOf", { day: thursday }) });
  await day
    .getByRole("button", { name: messages("ui")("chooseTime") })
    .first()
    .click();
  await page.getByRole("menuitemradio", { name: time(10, 30), exact: true }).click();
  const bar = page.getByRole("region", { name: t("save.label") });
  await expect(bar).toContainText(t("fields.schedule"));
  await expectNoSidewaysScroll(page);
  await bar.getByRole("button", { name: t("save.save") }).click();
  await expect(bar).toBeHidden();
  const saved = {
    wednesday: hours(9, 17),
    thursday: { ...hours(9, 17), from: { hour: 10, minute: 30 } },
  };
  expect((await api.call(getAgent, { params })).weeklySchedule).toEqual(saved);
  await page.reload();
  await expect(from.getByRole("spinbutton").first()).toHaveAttribute("aria-valuenow", "10");
});

test("by keyboard alone: an agent corrects Thursday's hours", { tag: ["@time", "@language"] }, async ({
  make,
  openAs,
  api,
  messages,
  locale,
}) => {
  const t = messages("profile");
  const schedule = messages("schedule");
  const { thursday } = words(locale);
  const member = await make.member({ agent: { weeklySchedule: { thursday: hours(9, 17) } } });
  const page = await openAs(member.account);
  await page.goto("/me?tab=schedule");
  const day = page.getByRole("main").getByRole("group", { name: thursday, exact: true });
  const from = day.getByRole("group", { name: schedule("fromOf", { day: thursday }) });
  await tabTo(page, from.getByRole("spinbutton").first(), 60);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  const bar = page.getByRole("region", { name: t("save.label") });
  await expect(bar).toContainText(t("fields.schedule"));
  await page.keyboard.press("ControlOrMeta+s");
  await expect(bar).toBeHidden();
  const agent = await api.call(getAgent, { params: { agentId: member.agent?.id ?? "" } });
  expect(agent.weeklySchedule).toEqual({ thursday: hours(11, 17) });
});

test("a supervisor finds an agent among the cards, sets their status and opens their profile", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("agents");
  const availability = messages("availability");
  const agent = await make.agent({});
  await page.goto(listPath());
  const cards = page.getByRole("list", { name: t("title") });
  await expect(cards.getByRole("listitem").nth(5)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByRole("searchbox", { name: t("search") }).fill(agent.name);
  await expect(cards.getByRole("listitem")).toHaveCount(1);
  const card = cards.getByRole("listitem").filter({ hasText: agent.name });
  await card
    .getByRole("button", {
      name: availability("statusOf", { name: agent.name, status: availability(`status.${agent.status}`) }),
    })
    .click();
  await page.getByRole("menuitemradio", { name: availability("status.offline") }).click();
  await expect
    .poll(async () => (await api.call(getAgent, { params: { agentId: agent.id } })).status)
    .toBe("offline");

  // The filters open in a sheet.
  await page.getByRole("button", { name: t("filters.title") }).click();
  const sheet = page.getByRole("dialog", { name: t("filters.title") });
  await sheet.getByRole("menuitem", { name: t("filters.fields.status"), exact: true }).click();
  await sheet.getByRole("option", { name: availability("status.active"), exact: true }).click();
  await sheet.getByRole("button", { name: messages("ui")("close") }).click();
  await expect(page.getByText(t("empty.noMatch"))).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page
    .getByRole("button", { name: t("filters.remove", { field: t("filters.fields.status") }) })
    .click();

  await card.getByRole("link", { name: agent.name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: agent.name })).toBeVisible();
});

test("in the palette, a long email does not cut off the name", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("shell");
  // Members' emails have 50 characters.
  const member = await make.member();
  await page.goto("/w/northwind/settings/teams");
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: t("palette.title") });
  await palette.getByRole("searchbox").fill(member.name);
  const found = palette.getByRole("option", { name: member.name });
  await expect(found).toContainText(member.account.email);
  const name = found.getByText(member.name, { exact: true });
  await expect(name).toBeVisible();
  const { shown, whole } = await name.evaluate((element) => ({
    shown: element.clientWidth,
    whole: element.scrollWidth,
  }));
  expect(shown).toBe(whole);
  await expectNoSidewaysScroll(page);
  await found.click();
  await expect(page.getByRole("heading", { level: 1, name: member.name })).toBeVisible();
});
