import type { Route } from "@playwright/test";
import { expect, test } from "@/e2e/support/ui/fixtures";
import { getAgent } from "@/lib/agents/agents/contract";

const command = "ControlOrMeta";

test("the palette opens an agent, a team and a page by name", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("shell");
  const agent = await make.agent({});
  await page.goto("/w/northwind/settings/teams");
  const palette = page.getByRole("dialog", { name: t("palette.title") });
  const field = palette.getByRole("searchbox");

  await page.keyboard.press(`${command}+k`);
  await expect(field).toBeFocused();
  await page.keyboard.type(agent.name);
  await expect(palette.getByRole("option", { name: agent.name })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/w/northwind/agents/${agent.id}`));
  await expect(palette).toBeHidden();

  await page.keyboard.press(`${command}+k`);
  await expect(field).toBeFocused();
  await page.keyboard.type(t("settings.skills"));
  await expect(palette.getByRole("option", { name: t("settings.skills") })).toHaveAttribute("data-focused");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/w\/northwind\/settings\/skills/);

  await page.keyboard.press(`${command}+k`);
  await expect(field).toBeFocused();
  await page.keyboard.type("no such thing anywhere");
  await expect(palette.getByText(t("palette.nothing", { text: "no such thing anywhere" }))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
});

test("the question mark opens the list of shortcuts", async ({ asSupervisor: page, messages }) => {
  const t = messages("shell");
  await page.goto("/w/northwind/settings/teams");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: t("keys.title") });
  await expect(help.getByText(t("keys.names.palette"))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});

test("a member sets their own status and activity from any page, and they persist after a reload", async ({
  make,
  openAs,
  api,
  messages,
}) => {
  const t = messages("availability");
  const shell = messages("shell");
  const member = await make.member({ role: "Agent" });
  const page = await openAs(member.account);
  await page.goto("/me");
  const side = page.getByRole("complementary", { name: shell("nav.sidebar") });
  await side
    .getByRole("button", { name: t("statusOf", { name: member.name, status: t("status.away") }) })
    .click();
  await page.getByRole("menuitemradio", { name: t("status.active") }).click();
  await expect(
    side.getByRole("button", { name: t("statusOf", { name: member.name, status: t("status.active") }) }),
  ).toBeVisible();

  await side
    .getByRole("button", { name: t("activityOf", { name: member.name, activity: t("activity.available") }) })
    .click();
  const form = page.getByRole("dialog", { name: t("setActivity") });
  await form.getByRole("button", { name: t("activityLabel") }).click();
  await page.getByRole("option", { name: t("activity.onBreak") }).click();
  await form.getByRole("textbox", { name: t("textLabel") }).fill("Lunch");
  await form.getByRole("button", { name: t("howLong") }).click();
  await page.getByRole("option", { name: t("duration.minutes", { count: 30 }), exact: true }).click();
  await form.getByRole("button", { name: t("set"), exact: true }).click();
  await expect(side.getByText(t("activity.onBreak"))).toBeVisible();
  const own = async () =>
    (await api.call(getAgent, { params: { agentId: member.agent?.id ?? "" } })).availability;
  await expect.poll(own).toMatchObject({ activity: "onBreak", activityText: "Lunch" });

  await page.reload();
  await expect(side.getByText(t("activity.onBreak"))).toBeVisible();

  // Changing only the note keeps the end of the break.
  await side
    .getByRole("button", { name: t("activityOf", { name: member.name, activity: t("activity.onBreak") }) })
    .click();
  await expect(form.getByRole("textbox", { name: t("textLabel") })).toHaveValue("Lunch");
  await form.getByRole("textbox", { name: t("textLabel") }).fill("Late meal");
  await form.getByRole("button", { name: t("set"), exact: true }).click();
  await expect.poll(own).toMatchObject({ activity: "onBreak", activityText: "Late meal" });
  expect((await own()).activityTtl).toBeGreaterThan(25 * 60);
});

test("theme and language are changed in place and persist", { tag: "@language" }, async ({
  make,
  openAs,
  language,
  messages,
}) => {
  const member = await make.member({ role: "Agent" });
  const page = await openAs(member.account);
  await page.goto("/me");
  await page.getByRole("button", { name: messages("shell")("account.label", { name: member.name }) }).click();
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", /^de/);
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
  await expect(page.getByRole("link", { name: "Mein Profil" })).toBeVisible();

  await page.getByRole("button", { name: new RegExp(`${member.name}: Status, Darstellung`) }).click();
  await page.getByRole("menuitemradio", { name: "Dunkel" }).click();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.getByRole("button", { name: new RegExp(`${member.name}: Status, Darstellung`) }).click();
  await page.getByRole("menuitemradio", { name: language === "ar" ? "English" : "العربية" }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", language === "ar" ? "ltr" : "rtl");
});

test("an expired session asks for the password in place, and work continues", async ({
  make,
  openAs,
  guard,
  messages,
}) => {
  const t = messages("availability");
  const auth = messages("auth");
  const shell = messages("shell");
  const member = await make.member({ role: "Agent" });
  const page = await openAs(member.account);
  await page.goto("/me");
  const side = page.getByRole("complementary", { name: shell("nav.sidebar") });
  const status = (name: string) =>
    side.getByRole("button", { name: t("statusOf", { name: member.name, status: t(`status.${name}`) }) });
  await expect(status("away")).toBeVisible();

  guard.allowStatus(401);
  // The first request to fail opens the dialog. Here it must be the status change.
  const waiting: Route[] = [];
  let isHeld = true;
  await page.route("**/api/workspaces/**", async (route) => {
    if (!isHeld || route.request().method() === "PATCH") await route.fallback();
    else waiting.push(route);
  });
  await status("away").click();
  const active = page.getByRole("menuitemradio", { name: t("status.active") });
  await expect(active).toBeVisible();
  await page.context().clearCookies({ name: /session/ });
  await active.click();
  const gate = page.getByRole("dialog", { name: auth("again.title") });
  await expect(gate).toBeVisible();
  isHeld = false;
  // The page may have aborted some of these requests.
  for (const route of waiting) await route.continue().catch(() => undefined);
  await gate.getByLabel(auth("password"), { exact: true }).fill(member.account.password);
  await page.keyboard.press("Enter");
  await expect(gate).toBeHidden();
  await expect(status("active")).toBeVisible();
  const what = t("status.active");
  await expect(
    page.getByRole("alertdialog", { name: t("changed", { name: member.name, what }) }),
  ).toBeVisible();
  await page.reload();
  await expect(status("active")).toBeVisible();
});

test("offline, a notice appears and no change is shown as saved", async ({
  make,
  openAs,
  guard,
  messages,
}) => {
  const t = messages("availability");
  const shell = messages("shell");
  const member = await make.member({ role: "Agent" });
  const page = await openAs(member.account);
  await page.goto("/me");
  const side = page.getByRole("complementary", { name: shell("nav.sidebar") });
  const away = side.getByRole("button", {
    name: t("statusOf", { name: member.name, status: t("status.away") }),
  });
  await expect(away).toBeVisible();
  guard.allowNoAnswer();
  await page.context().setOffline(true);
  await expect(page.getByText(shell("offline"))).toBeVisible();
  await away.click();
  await page.getByRole("menuitemradio", { name: t("status.active") }).click();
  await expect(page.getByText(shell("account.notSet"))).toBeVisible();
  await expect(away).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText(shell("offline"))).toBeHidden();
});

test("the palette ranks names that start with the text first, and runs what is typed", async ({
  make,
  openAs,
  api,
  messages,
}) => {
  const t = messages("shell");
  const words = messages("availability");
  const unique = make.uniqueName("").trim();
  const inside = await make.agent({ name: `Ada Gui${unique}` });
  const start = await make.agent({ name: `${unique} Zola` });
  const preset = await make.preset();
  const member = await make.member({ role: "Agent" });
  const params = { agentId: member.agent?.id ?? "" };
  const page = await openAs(member.account);
  await page.goto("/me");
  const palette = page.getByRole("dialog", { name: t("palette.title") });
  const options = palette.getByRole("option");

  await page.keyboard.press(`${command}+k`);
  await palette.getByRole("searchbox").fill(unique);
  await expect(options).toHaveText([new RegExp(start.name), new RegExp(inside.name)]);
  // In order of name, more than 100 agents that contain the letter precede those that start with it.
  await palette.getByRole("searchbox").fill("n");
  await expect(options.nth(1)).toHaveText(/^N/);
  await expect(options.first()).toHaveText(/^N/);

  await palette.getByRole("searchbox").fill(preset.name);
  await expect(options.first()).toHaveAttribute("data-focused");
  await page.keyboard.press("Enter");
  await expect(palette).toBeHidden();
  await expect.poll(async () => (await api.call(getAgent, { params })).availability.activity).toBe("onBreak");

  await page.keyboard.press(`${command}+k`);
  await palette
    .getByRole("searchbox")
    .fill(t("palette.setMe", { status: words("status.offline") }).replace(":", ""));
  await expect(options.first()).toHaveAttribute("data-focused");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await api.call(getAgent, { params })).status).toBe("offline");

  await page.keyboard.press(`${command}+k`);
  await palette.getByRole("searchbox").fill("Deutsch");
  await expect(options.first()).toHaveAttribute("data-focused");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("lang", /^de/);
});

test("the palette moves the focus to the first row when agents arrive after a team", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("shell");
  const unique = make.uniqueName("").trim();
  const agent = await make.agent({ name: `${unique} Ada` });
  const team = await make.team({ name: `${unique} Team` });
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.goto("/w/northwind/settings/teams");
  await page.route(/\/agents\?.*sortBy=match/, async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press(`${command}+k`);
  const palette = page.getByRole("dialog", { name: t("palette.title") });
  await expect(palette.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type(unique);
  await expect(palette.getByRole("option", { name: team.name })).toHaveAttribute("data-focused");
  answer();
  await expect(palette.getByRole("option", { name: agent.name })).toHaveAttribute("data-focused");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/w/northwind/agents/${agent.id}`));
});

test("a new agent is created from the palette on any page", async ({ asSupervisor: page, messages }) => {
  const t = messages("shell");
  await page.goto("/w/northwind/settings/teams");
  await page.keyboard.press(`${command}+k`);
  const palette = page.getByRole("dialog", { name: t("palette.title") });
  await palette.getByRole("searchbox").fill(t("palette.newAgent"));
  await expect(palette.getByRole("option").first()).toHaveAttribute("data-focused");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: messages("agents")("create.title") })).toBeVisible();
});
