import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import { getAgent } from "@/lib/agents/agents/contract";

test("a session that expires during an edit is renewed in place, and the save succeeds", async ({
  openAs,
  make,
  api,
  editorOf,
  guard,
  messages,
}) => {
  const auth = messages("auth");
  const { account } = await make.member({ role: "Supervisor", agent: false });
  const { id } = await make.agent();
  const page = await openAs(account);
  const editor = editorOf(page, id);
  await editor.open();
  const name = make.uniqueName("Typed");
  await editor.text("name").fill(name);
  await editor.text("bio").fill("Typed before the session ended");
  await editor.openTab("voice");
  await editor.text("defaultCallerId").fill("+14155550123");

  guard.allowStatus(401);
  await page.context().clearCookies({ name: /session/ });
  await editor.saveButton.click();
  const gate = page.getByRole("dialog", { name: auth("again.title") });
  const password = gate.getByLabel(auth("password"), { exact: true });
  await expect(gate.getByText(auth("again.explanation", { email: account.email }))).toBeVisible();
  await password.fill("not my password");
  await gate.getByRole("button", { name: auth("again.action") }).click();
  await expect(password).toHaveAccessibleDescription(auth("problems.wrong"));
  await password.fill(account.password);
  await gate.getByRole("button", { name: auth("again.action") }).click();
  await expect(gate).toBeHidden();

  await editor.expectSaved("name", "bio", "defaultCallerId");
  const wanted = { name, bio: "Typed before the session ended", defaultCallerId: "+14155550123" };
  expect(editor.lastSent().body).toEqual(wanted);
  expect(await api.call(getAgent, { params: { agentId: id } })).toMatchObject(wanted);
  // Still the same page and tab.
  await expect(editor.text("defaultCallerId")).toHaveValue("+14155550123");
});

test("by keyboard alone: the password dialog opens in place, and typing continues afterwards", async ({
  openAs,
  make,
  api,
  editorOf,
  guard,
  messages,
}) => {
  const auth = messages("auth");
  const member = await make.member();
  const agentId = member.agent?.id ?? "";
  const page = await openAs(member.account);
  const editor = editorOf(page, agentId);
  await editor.open(undefined, "/me");
  await tabTo(page, editor.text("bio"));
  await page.keyboard.type("One");
  guard.allowStatus(401);
  await page.context().clearCookies({ name: /session/ });
  await page.keyboard.press("ControlOrMeta+s");
  const gate = page.getByRole("dialog", { name: auth("again.title") });
  await expect(gate.getByLabel(auth("password"), { exact: true })).toBeFocused();
  await page.keyboard.type(member.account.password);
  await page.keyboard.press("Enter");
  await expect(gate).toBeHidden();
  await editor.expectSaved("bio");
  await expect(editor.text("bio")).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type(" and two");
  await editor.save("bio");
  expect((await api.call(getAgent, { params: { agentId } })).bio).toBe("One and two");
});

test("offline, saving shows an error and keeps the input; online, it succeeds", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  guard,
  messages,
}) => {
  const t = messages("profile");
  const { id } = await make.agent();
  const editor = editorOf(page, id);
  await editor.open();
  await editor.text("bio").fill("Typed on a train");
  await editor.expectChanged("bio");
  guard.allowNoAnswer();
  await page.context().setOffline(true);
  await expect(page.getByText(messages("shell")("offline"))).toBeVisible();
  await editor.text("outOfOfficeResponse").fill("Typed in a tunnel");
  await page.keyboard.press("ControlOrMeta+s");
  const note = page.getByRole("alertdialog").filter({ hasText: t("save.failed") });
  await expect(note).toContainText(messages("errors")("offline"));
  await expect(editor.text("bio")).toHaveValue("Typed on a train");
  await editor.expectChanged("bio", "outOfOfficeResponse");
  expect((await api.call(getAgent, { params: { agentId: id } })).bio).toBeUndefined();

  await page.context().setOffline(false);
  await expect(page.getByText(messages("shell")("offline"))).toBeHidden();
  await editor.save("bio", "outOfOfficeResponse");
  expect(await api.call(getAgent, { params: { agentId: id } })).toMatchObject({
    bio: "Typed on a train",
    outOfOfficeResponse: "Typed in a tunnel",
  });
});
