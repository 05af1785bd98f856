import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import { deleteAgent, getAgent } from "@/lib/agents/agents/contract";

const idIn = (address: string) => /\/agents\/([0-9a-f-]{36})/.exec(address)?.[1] ?? "";

test("an agent is created for a person without one", async ({ asSupervisor: page, make, api, messages }) => {
  const t = messages("agents");
  const team = await make.team();
  const member = await make.member({ agent: false });
  await page.goto(listPath());
  await page.getByRole("button", { name: t("create.open"), exact: true }).click();
  const dialog = page.getByRole("dialog", { name: t("create.title") });
  const who = dialog.getByRole("combobox", { name: t("create.who") });

  // Missing values are reported at their fields.
  await dialog.getByRole("button", { name: t("create.submit") }).click();
  await expect(who).toHaveAccessibleDescription(new RegExp(messages("errors")("required")));
  await who.fill(member.account.email);
  await page.getByRole("option", { name: member.name }).click();
  await expect(dialog.getByRole("textbox", { name: t("create.name") })).toHaveValue(member.name);
  await dialog.getByRole("combobox", { name: t("create.teams") }).fill(team.name);
  await page.getByRole("option", { name: team.name }).click();
  await page.keyboard.press("Escape");
  // A press outside would lose the input.
  await page.mouse.click(5, 5);
  await dialog.getByRole("button", { name: t("create.submit") }).click();

  await expect(page.getByRole("heading", { level: 1, name: member.name })).toBeVisible();
  await expect(dialog).toBeHidden();
  const agent = await api.call(getAgent, { params: { agentId: idIn(page.url()) } });
  expect(agent).toMatchObject({
    type: "user",
    name: member.name,
    user: { id: member.userId },
    teams: [{ id: team.id }],
  });

  // People who have an agent are no longer offered.
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(member.name));
  await expect(list.link(member.name)).toBeVisible();
  await page.getByRole("button", { name: t("create.open"), exact: true }).click();
  await who.fill(member.account.email);
  await expect(page.getByRole("listbox")).toBeVisible();
  await expect(page.getByRole("option", { name: member.name })).toBeHidden();
});

test("by keyboard alone: creates a bot", { tag: "@language" }, async ({
  asSupervisor: page,
  make,
  api,
  messages,
  conventions,
}) => {
  const t = messages("agents");
  const name = make.uniqueName("Bot");
  await page.goto(listPath());
  await tabTo(page, page.getByRole("button", { name: t("create.open"), exact: true }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: t("create.title") });
  const person = dialog.getByRole("radio", { name: t("create.person") });
  await tabTo(page, person);
  await page.keyboard.press(conventions.onwardKey);
  await expect(dialog.getByRole("radio", { name: t("create.bot") })).toBeChecked();
  await tabTo(page, dialog.getByRole("textbox", { name: t("create.name") }));
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const agentId = idIn(page.url());
  make.removeLater(() => api.call(deleteAgent, { params: { agentId } }));
  expect(await api.call(getAgent, { params: { agentId } })).toMatchObject({ type: "bot", name });
});
