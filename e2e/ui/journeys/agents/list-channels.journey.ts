import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import { patchAvailability } from "@/lib/availability/declared/contract";

test("the first column says what each agent can take, and why not", async ({
  asSupervisor: page,
  make,
  api,
  messages,
  conventions,
}) => {
  const t = messages("availability");
  const unique = make.uniqueName("").trim();
  const open = await make.agent({ name: `Ana ${unique}` });
  const busy = await make.agent({ name: `Bea ${unique}` });
  await api.call(patchAvailability, { params: { agentId: open.id }, body: { status: "active" } });
  await api.call(patchAvailability, {
    params: { agentId: busy.id },
    body: { status: "active", activity: "inMeeting", activityText: "Retro", activityTtl: 3600 },
  });
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(unique));
  await list.expectNames([open.name, busy.name]);
  const verdict = (name: string, text: string) => list.row(name).getByRole("link", { name: text });
  const shown = await page.evaluate(() => document.documentElement.lang);
  const sentence = t("answer.some", {
    channels: new Intl.ListFormat(shown, { type: "conjunction" }).format(
      ["messaging", "email", "voice"].map((each) => t(`answer.channel.${each}`)),
    ),
  });
  await expect(verdict(open.name, sentence)).toBeVisible();
  const closed = verdict(busy.name, `${t("answer.none")}. ${t("activity.inMeeting")}`);
  await expect(closed).toBeVisible();

  // On hover and on focus, with times and the note.
  await list.head("canTake").hover();
  await closed.hover();
  await expect(page.getByRole("tooltip")).toContainText("Retro");
  await page.mouse.move(0, 0);
  await expect(page.getByRole("tooltip")).toBeHidden();
  // The grid is a single tab stop. Arrow keys move to its rows and cells.
  await tabTo(page, list.row(open.name));
  await page.keyboard.press("ArrowDown");
  const isFocused = () => closed.evaluate((link) => link === document.activeElement);
  for (let presses = 0; presses < 4 && !(await isFocused()); presses++)
    await page.keyboard.press(conventions.onwardKey);
  await expect(closed).toBeFocused();
  await expect(page.getByRole("tooltip")).toContainText("Retro");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/agents/${busy.id}\\?tab=availability`));
});

test("the column follows a change of status", async ({ asSupervisor: page, make, api, messages }) => {
  const t = messages("availability");
  const agent = await make.agent();
  await api.call(patchAvailability, { params: { agentId: agent.id }, body: { status: "active" } });
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(agent.name));
  await list.expectNames([agent.name]);
  await list.status(agent.name, "active").click();
  await page.getByRole("menuitemradio", { name: t("status.offline") }).click();
  await expect(
    list.row(agent.name).getByRole("link", { name: `${t("answer.none")}. ${t("status.offline")}` }),
  ).toBeVisible();
});

test("the filter keeps those who can take a channel, and is part of a link", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("agents");
  const words = messages("availability");
  const unique = make.uniqueName("").trim();
  const open = await make.agent({ name: `Ana ${unique}` });
  const away = await make.agent({ name: `Bea ${unique}` });
  await api.call(patchAvailability, { params: { agentId: open.id }, body: { status: "active" } });
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(unique));
  await list.expectNames([open.name, away.name]);
  await page.getByRole("button", { name: t("filters.title"), exact: true }).click();
  await page.getByRole("menuitem", { name: t("filters.fields.canTake"), exact: true }).click();
  await page.getByRole("option", { name: words("channels.voice") }).click();
  await page.keyboard.press("Escape");
  await list.expectNames([open.name]);
  await expect(page).toHaveURL(/[?&]canTake=voice/);
  await page.reload();
  await list.expectNames([open.name]);
  await page
    .getByRole("button", { name: t("filters.remove", { field: t("filters.fields.canTake") }) })
    .click();
  await list.expectNames([open.name, away.name]);
});
