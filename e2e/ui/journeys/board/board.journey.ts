import type { Page } from "@playwright/test";
import { AgentListPage } from "@/e2e/support/ui/agent-list";
import type { Api } from "@/e2e/support/ui/api";
import { expect, expectNoSidewaysScroll, tabTo, test } from "@/e2e/support/ui/fixtures";
import type { Messages } from "@/e2e/support/ui/messages";
import type { Makers } from "@/e2e/support/ui/people";
import { getInboxAvailability } from "@/lib/agents/inbox/contract";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";
import { channels } from "@/lib/availability/effective/values";

const board = "/w/northwind/board";

const set = (api: Api, agentId: string, body: AvailabilityChange) =>
  api.call(patchAvailability, { params: { agentId }, body });

/** Creates a team of five: two can take work, one is on a break, one away, and one offline. */
async function makeFive(make: Makers, api: Api) {
  const [ana, bea, cleo, dora, edda] = await make.agents(
    ["Ana", "Bea", "Cleo", "Dora", "Edda"].map((first) => ({ name: make.uniqueName(first) })),
  );
  if (!ana || !bea || !cleo || !dora || !edda) throw new Error("too few agents");
  await set(api, ana.id, { status: "active" });
  await set(api, bea.id, { status: "active" });
  await set(api, cleo.id, { status: "active", activity: "onBreak" });
  await set(api, edda.id, { status: "offline" });
  const team = await make.team({ agentIds: [ana, bea, cleo, dora, edda].map(({ id }) => id) });
  return { ana, bea, cleo, dora, edda, team, path: `${board}?team=${team.id}` };
}

/** Returns the links of a channel's panel by their names. */
function panelOf(page: Page, messages: (area: string) => Messages) {
  const t = messages("board");
  const words = messages("availability");
  return {
    number: (channel: string, open: number, agents: number) =>
      page.getByRole("link", { name: t("canTake", { channel: words(`channels.${channel}`), open, agents }) }),
    reason: (channel: string, reason: string, count: number) =>
      page
        .getByRole("list", { name: t("reasons", { channel: words(`channels.${channel}`) }) })
        .getByRole("link", { name: words("codeCount", { reason: words(reason), count }) }),
  };
}

test("a supervisor starts on the board, an agent on their own profile", async ({ asSupervisor, asAgent }) => {
  await asSupervisor.goto("/");
  await expect(asSupervisor).toHaveURL(/\/w\/northwind\/board$/);
  await asAgent.goto("/");
  await expect(asAgent).toHaveURL(/\/me\?workspace=northwind$/);
});

test("numbers are those of the API, and lead to a list of as many agents", { tag: "@language" }, async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const { ana, bea, cleo, edda, team, path } = await makeFive(make, api);
  const panel = panelOf(page, messages);
  const list = new AgentListPage(page, messages);
  await page.goto(path);
  const numbers = await api.call(getInboxAvailability, { query: { teamIds: [team.id] } });
  expect(numbers.agents).toBe(5);
  for (const channel of channels) {
    expect(numbers.channels[channel]).toMatchObject({ open: 2, closed: { offline: 1, away: 1, onBreak: 1 } });
    await expect(panel.number(channel, 2, 5)).toBeVisible();
    await expect(panel.reason(channel, "status.away", 1)).toBeVisible();
  }

  await panel.number("messaging", 2, 5).click();
  await list.expectNames([ana.name, bea.name]);
  await page.goBack();
  await panel.reason("email", "activity.onBreak", 1).click();
  await list.expectNames([cleo.name]);
  await page.goBack();
  await panel.reason("voice", "status.offline", 1).click();
  await list.expectNames([edda.name]);
});

test("a change shows without a reload, also in the team's row and among the next agents", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("board");
  const words = messages("availability");
  const { ana, dora, team, path } = await makeFive(make, api);
  const panel = panelOf(page, messages);
  await page.goto(path);
  const next = page.getByRole("region", { name: t("candidates") });
  await expect(next.getByRole("listitem")).toHaveCount(2);
  await expect(next.getByRole("link", { name: ana.name })).toBeVisible();

  await set(api, dora.id, { status: "active" });
  await expect(panel.number("messaging", 3, 5)).toBeVisible();
  await expect(panel.reason("messaging", "status.away", 1)).toHaveCount(0);
  await expect(next.getByRole("link", { name: dora.name })).toBeVisible();
  const name = t("groupCanTake", { group: team.name, channel: words("channels.email"), open: 3, agents: 5 });
  await expect(page.getByRole("row", { name: team.name }).getByRole("link", { name })).toBeVisible();

  await next.getByText(words("channels.voice"), { exact: true }).click();
  await expect(page).toHaveURL(/[?&]channel=voice/);
  await next.getByRole("link", { name: dora.name }).click();
  await expect(page).toHaveURL(new RegExp(dora.id));
});

test("someone who is active out of hours needs attention", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("board");
  const member = await make.member({ agent: { weeklySchedule: {} } });
  const agentId = member.agent?.id ?? "";
  const team = await make.team({ agentIds: [agentId] });
  await page.goto(`${board}?team=${team.id}`);
  const attention = page.getByRole("region", { name: t("attention") });
  await expect(attention.getByText(t("noAttention"))).toBeVisible();

  await set(api, agentId, { status: "active" });
  // The page refetches every ten seconds.
  await expect(attention.getByRole("link", { name: member.name })).toBeVisible();
  const list = new AgentListPage(page, messages);
  await attention.getByRole("link", { name: t("attentionReasons.activeOutOfHours") }).click();
  await list.expectNames([member.name]);
});

test("the keyboard alone chooses a team, opens a list and fills the screen", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("board");
  const { team, path, ana, bea } = await makeFive(make, api);
  const panel = panelOf(page, messages);
  await page.goto(board);
  const filter = page.getByRole("button", { name: t("teamFilter.label", { teams: t("teamFilter.all") }) });
  await tabTo(page, filter);
  await page.keyboard.press("Enter");
  await page.keyboard.type(team.name);
  await expect(page.getByRole("menuitemcheckbox", { name: team.name })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(new RegExp(`${path.replace("?", "\\?")}$`));

  const navigation = page.getByRole("navigation", { name: messages("shell")("nav.label") });
  await expect(navigation).toBeVisible();
  await page.keyboard.press("f");
  await expect(navigation).toBeHidden();
  await expect(page).toHaveURL(/[?&]screen=full/);
  await expect(panel.number("messaging", 2, 5)).toBeVisible();
  await page.keyboard.press("f");
  await expect(navigation).toBeVisible();
  await expect(page).not.toHaveURL(/screen=full/);

  await tabTo(page, panel.number("messaging", 2, 5));
  await page.keyboard.press("Enter");
  await new AgentListPage(page, messages).expectNames([ana.name, bea.name]);
});

test("a board on a full screen fits common second screens", async ({ asSupervisor: page }) => {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 1920, height: 1080 },
  ]) {
    await page.setViewportSize(viewport);
    await page.goto(`${board}?screen=full`);
    const main = page.getByRole("main");
    await expect(main.locator("[data-skeleton]")).toHaveCount(0);
    const { needed, room, type } = await main.evaluate((element) => ({
      needed: element.scrollHeight,
      room: element.clientHeight,
      type: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    }));
    expect(needed).toBeLessThanOrEqual(room);
    // The numbers are 5.5 rem, a seventh of the screen's height.
    expect(type).toBeGreaterThanOrEqual(Math.min(viewport.width / 64, viewport.height / 40));
  }
});

test("keeps the numbers when a request fails, and says how old they are", async ({
  asSupervisor: page,
  make,
  api,
  guard,
  messages,
}) => {
  const t = messages("board");
  const { path } = await makeFive(make, api);
  const panel = panelOf(page, messages);
  await page.goto(path);
  await expect(panel.number("messaging", 2, 5)).toBeVisible();
  guard.allowNoAnswer();
  let isBroken = true;
  await page.route("**/inbox/availability*", (route) => (isBroken ? route.abort() : route.continue()));
  await expect(page.getByText(t("stale", { time: "" }).trim().slice(0, 12))).toBeVisible();
  await expect(panel.number("messaging", 2, 5)).toBeVisible();
  isBroken = false;
  await page.getByRole("button", { name: messages("ui")("retry") }).click();
  await expect(page.getByRole("button", { name: messages("ui")("retry") })).toBeHidden();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 780 } });

  test("the board is one column", async ({ asSupervisor: page, messages }) => {
    await page.goto(board);
    const t = messages("board");
    const regions = page.getByRole("main").getByRole("region");
    await expect(
      page
        .getByRole("region", { name: t("candidates") })
        .getByRole("listitem")
        .first(),
    ).toBeVisible();
    await expect(regions).toHaveCount(7);
    const boxes = await regions.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().left));
    expect(new Set(boxes).size).toBe(1);
    await expectNoSidewaysScroll(page);
  });
});
