import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import { expect, failFirst, test } from "@/e2e/support/ui/fixtures";
import { patchUser } from "@/lib/access/people/contract";
import { managedRoles } from "@/lib/access/roles/rules";
import { getAgent } from "@/lib/agents/agents/contract";

test("a status is set in its row, and others see it", async ({
  asSupervisor: page,
  openAs,
  make,
  messages,
}) => {
  const words = messages("availability");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  const other = await openAs("viewer");
  const seen = new AgentListPage(other, messages);
  await other.goto(listPath(agent.name));
  await expect(seen.row(agent.name)).toContainText(words(`status.${agent.status}`));

  // In Firefox, only the page in front has the focus.
  await page.bringToFront();
  await page.goto(listPath(agent.name));
  await list.status(agent.name, agent.status).click();
  await page.getByRole("menuitemradio", { name: words("status.offline") }).click();
  await expect(list.status(agent.name, "offline")).toBeVisible();
  const note = page.getByRole("alertdialog", {
    name: words("changed", { name: agent.name, what: words("status.offline") }),
  });
  await expect(note).toBeVisible();
  // The toast does not cover the page buttons.
  await expect(async () => {
    const [over, next] = [await note.boundingBox(), await list.pageButton("next").boundingBox()];
    expect(over && next && over.y + over.height <= next.y).toBe(true);
  }).toPass();
  // Page shortcuts also work while a toast is shown.
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: messages("shell")("keys.title") });
  await expect(help).toBeVisible();
  // The dialog's overlay covers the toast.
  const isOnTop = await note.evaluate((toast) => {
    const { x, y, width, height } = toast.getBoundingClientRect();
    return toast.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  });
  expect(isOnTop).toBe(false);
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await note.focus();
  await page.keyboard.press("/");
  await expect(list.search).toBeFocused();
  await expect(note).toBeVisible();
  await other.reload();
  await expect(seen.row(agent.name)).toContainText(words("status.offline"));
});

test("a status change is undone", async ({ asSupervisor: page, make, api, messages }) => {
  const words = messages("availability");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await page.goto(listPath(agent.name));
  await list.status(agent.name, agent.status).click();
  await page.getByRole("menuitemradio", { name: words("status.offline") }).click();
  const offline = words("changed", { name: agent.name, what: words("status.offline") });
  await page
    .getByRole("alertdialog", { name: offline })
    .getByRole("button", { name: messages("ui")("undo") })
    .click();
  await expect(list.status(agent.name, agent.status)).toBeVisible();
  await expect
    .poll(async () => (await api.call(getAgent, { params: { agentId: agent.id } })).status)
    .toBe(agent.status);
});

test("by keyboard alone: sets a status", { tag: "@language" }, async ({
  asSupervisor: page,
  make,
  api,
  messages,
  conventions,
}) => {
  const words = messages("availability");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await page.goto(listPath(agent.name));
  await list.expectRange(1, 1, 1);
  await list.moveToStatus(agent.name, agent.status, conventions.onwardKey);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitemradio", { name: words("status.offline") })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(list.status(agent.name, "offline")).toBeFocused();
  await expect
    .poll(async () => (await api.call(getAgent, { params: { agentId: agent.id } })).status)
    .toBe("offline");
});

test("a rejected status change is rolled back with the reason", async ({
  openAs,
  make,
  api,
  guard,
  messages,
}) => {
  const t = messages("agents");
  const words = messages("availability");
  const agent = await make.agent({});
  const member = await make.member({ role: "Supervisor", agent: false });
  const page = await openAs(member.account);
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(agent.name));
  const before = list.status(agent.name, agent.status);
  await expect(before).toBeVisible();

  // Someone removes the permission while the page is open.
  const roleIds = managedRoles.filter(({ name }) => name === "Viewer").map(({ id }) => id);
  await api.call(patchUser, { params: { userId: member.userId }, body: { roleIds } });
  guard.allowStatus(403);
  await before.click();
  await page.getByRole("menuitemradio", { name: words("status.offline") }).click();
  const note = page.getByRole("alertdialog", { name: t("statusFailed", { name: agent.name }) });
  await expect(note).toContainText(messages("errors")("forbidden"));
  await expect(before).toBeVisible();
  expect((await api.call(getAgent, { params: { agentId: agent.id } })).status).toBe(agent.status);
});

test("a status change without a response is rolled back and can be repeated", async ({
  asSupervisor: page,
  make,
  api,
  guard,
  messages,
}) => {
  const t = messages("agents");
  const words = messages("availability");
  const list = new AgentListPage(page, messages);
  const agent = await make.agent({});
  await page.goto(listPath(agent.name));
  guard.allowNoAnswer();
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await failFirst(page, `**/agents/${agent.id}/availability`, held);
  await list.status(agent.name, agent.status).click();
  await page.getByRole("menuitemradio", { name: words("status.offline") }).click();
  // Shown optimistically, before the response.
  await expect(list.status(agent.name, "offline")).toBeVisible();
  answer();
  await expect(page.getByText(t("statusFailed", { name: agent.name }))).toBeVisible();
  await expect(list.status(agent.name, agent.status)).toBeVisible();

  await list.status(agent.name, agent.status).click();
  await page.getByRole("menuitemradio", { name: words("status.offline") }).click();
  await expect(list.status(agent.name, "offline")).toBeVisible();
  await expect
    .poll(async () => (await api.call(getAgent, { params: { agentId: agent.id } })).status)
    .toBe("offline");
});
