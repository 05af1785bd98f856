import type { Dialog } from "@playwright/test";
import { expect, tabBackTo, tabTo, test } from "@/e2e/support/ui/fixtures";
import { getAgent } from "@/lib/agents/agents/contract";

test("leaving by a link asks while there are unsaved changes", async ({
  asSupervisor: page,
  make,
  editorOf,
  messages,
}) => {
  const t = messages("profile");
  const shell = messages("shell");
  const agent = await make.agent();
  const editor = editorOf(page, agent.id);
  const list = page
    .getByRole("navigation", { name: shell("nav.label") })
    .getByRole("link", { name: shell("nav.agents"), exact: true });
  const question = page.getByRole("alertdialog", { name: t("leave.title") });
  await editor.open();
  await editor.text("bio").fill("Not saved");
  await editor.expectChanged("bio");
  // Switching tabs is not leaving.
  await editor.openTab("voice");
  await expect(question).toBeHidden();

  await list.click();
  await expect(question.getByText(t("leave.body", { fields: t("fields.bio") }))).toBeVisible();
  await question.getByRole("button", { name: t("leave.stay") }).click();
  await expect(question).toBeHidden();
  await expect(page).toHaveURL(new RegExp(agent.id));
  await editor.expectChanged("bio");

  await list.click();
  await question.getByRole("button", { name: t("leave.leave") }).click();
  await expect(page).toHaveURL(/\/w\/northwind\/agents(\?|$)/);

  // No unsaved changes, so no dialog.
  await editor.open();
  await editor.text("bio").fill("Taken back");
  await editor.saveBar.getByRole("button", { name: t("save.discard") }).click();
  await expect(editor.text("bio")).toHaveValue("");
  await expect(editor.saveBar).toBeHidden();
  await list.click();
  await expect(page).toHaveURL(/\/w\/northwind\/agents(\?|$)/);
});

test("leaving by the back button asks, and staying keeps the URL and the input", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
}) => {
  const t = messages("profile");
  const agent = await make.agent();
  const editor = editorOf(page, agent.id);
  const question = page.getByRole("alertdialog", { name: t("leave.title") });
  await page.goto("/w/northwind/settings/teams");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog").getByRole("searchbox")).toBeFocused();
  await page.keyboard.type(agent.name);
  await page.getByRole("option", { name: agent.name }).click();
  await expect(page).toHaveURL(new RegExp(agent.id));
  await editor.text("bio").fill("Typed with care");
  await editor.expectChanged("bio");

  await page.goBack();
  await expect(question).toBeVisible();
  await expect(page).toHaveURL(new RegExp(agent.id));
  // Escape also keeps the page open, once the dialog has focus.
  await expect(question.getByRole("button", { name: t("leave.stay") })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(editor.text("bio")).toHaveValue("Typed with care");

  await page.goBack();
  await question.getByRole("button", { name: t("leave.leave") }).click();
  await expect(page).toHaveURL(/\/settings\/teams/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect((await api.call(getAgent, { params: { agentId: agent.id } })).bio).toBeUndefined();
});

test("closing the tab shows the browser's dialog while there are unsaved changes, and not after saving", async ({
  asSupervisor: page,
  make,
  editorOf,
}) => {
  const agent = await make.agent();
  const editor = editorOf(page, agent.id);
  await editor.open();
  const asked: Dialog[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog);
    void dialog.dismiss();
  });
  // Browsers show the dialog only after user interaction.
  await editor.text("bio").click();
  await page.keyboard.type("Nearly lost");
  await editor.expectChanged("bio");
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked.map((dialog) => dialog.type())).toEqual(["beforeunload"]);
  await expect(editor.text("bio")).toHaveValue("Nearly lost");

  await editor.save("bio");
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(asked).toHaveLength(1);
});

test("by keyboard alone: the dialog focuses the button to stay, and leaving is one key away", async ({
  asSupervisor: page,
  make,
  editorOf,
  messages,
}) => {
  const t = messages("profile");
  const shell = messages("shell");
  const agent = await make.agent();
  const editor = editorOf(page, agent.id);
  const list = page
    .getByRole("navigation", { name: shell("nav.label") })
    .getByRole("link", { name: shell("nav.agents"), exact: true });
  const question = page.getByRole("alertdialog", { name: t("leave.title") });
  await editor.open();
  await tabTo(page, editor.text("bio"));
  await page.keyboard.type("Half a");
  await tabBackTo(page, list);
  await page.keyboard.press("Enter");
  await expect(question.getByRole("button", { name: t("leave.stay") })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(question).toBeHidden();
  await tabTo(page, editor.text("bio"));
  await page.keyboard.press("End");
  await page.keyboard.type(" sentence");
  await expect(editor.text("bio")).toHaveValue("Half a sentence");

  await tabBackTo(page, list);
  await page.keyboard.press("Enter");
  await expect(question).toBeVisible();
  await tabTo(page, question.getByRole("button", { name: t("leave.leave") }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/w\/northwind\/agents(\?|$)/);
});
