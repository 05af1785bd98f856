import { expect, pressBox, tabTo, test } from "@/e2e/support/ui/fixtures";
import { getAgent } from "@/lib/agents/agents/contract";

test("an error is shown at its field and on its tab, and no input is lost", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
}) => {
  const t = messages("profile");
  const errors = messages("errors");
  const agent = await make.agent();
  const editor = editorOf(page, agent.id);
  await editor.open("voice");
  await editor.text("defaultCallerId").fill("call me");
  await editor.openTab("profile");
  const name = make.uniqueName("Iris");
  await editor.text("name").fill(name);

  await page.keyboard.press("ControlOrMeta+s");
  await expect(editor.tab("voice")).toHaveAttribute("aria-selected", "true");
  await expect(editor.text("defaultCallerId")).toBeFocused();
  await expect(editor.text("defaultCallerId")).toHaveAccessibleDescription(errors("notPhone"));
  await expect(editor.text("defaultCallerId")).toHaveAttribute("aria-invalid", "true");
  await expect(editor.tab("voice")).toContainText(t("tabs.wrong"));
  await expect(editor.text("defaultCallerId")).toHaveValue("call me");
  expect(editor.sent).toEqual([]);

  // The message disappears once the value is valid.
  await editor.text("defaultCallerId").fill("+14155550123");
  await expect(page.getByText(errors("notPhone"))).toBeHidden();
  await expect(editor.tab("voice")).not.toContainText(t("tabs.wrong"));
  await editor.openTab("profile");
  await expect(editor.text("name")).toHaveValue(name);
  await editor.save("name", "defaultCallerId");
  expect(await api.call(getAgent, { params: { agentId: agent.id } })).toMatchObject({
    name,
    defaultCallerId: "+14155550123",
  });
});

test("each kind of error has its own message", async ({ asSupervisor: page, make, editorOf, messages }) => {
  const t = messages("profile");
  const errors = messages("errors");
  const agent = await make.agent();
  const editor = editorOf(page, agent.id);
  await editor.open();
  const name = editor.text("name");
  await name.fill("");
  await name.blur();
  await expect(name).toHaveAccessibleDescription(errors("required"));
  await editor.text("bio").fill("x".repeat(2001));
  await editor.text("bio").blur();
  await expect(editor.text("bio")).toHaveAccessibleDescription(errors("tooLong", { max: 2000 }));

  await editor.openTab("workload");
  await editor.text("wrapUpTime").fill("4000");
  await editor.text("wrapUpTime").blur();
  await expect(editor.text("wrapUpTime")).toHaveAccessibleDescription(
    errors("outOfRange", { min: 0, max: 3600 }),
  );

  await editor.openTab("voice");
  const forwarding = page.getByRole("group", { name: t("fields.forwardNumber") });
  await pressBox(forwarding.getByRole("switch", { name: t("forwarding.enabled") }));
  await page.keyboard.press("ControlOrMeta+s");
  // The first invalid field in the order of the tabs.
  await expect(name).toBeFocused();
  await editor.openTab("voice");
  await expect(forwarding.getByRole("textbox")).toHaveAccessibleDescription(errors("notPhone"));
  expect(editor.sent).toEqual([]);
});

test("by keyboard alone: the invalid field receives the focus and is corrected in place", async ({
  asSupervisor: page,
  make,
  editorOf,
  messages,
}) => {
  const t = messages("profile");
  const agent = await make.agent();
  const editor = editorOf(page, agent.id);
  await editor.open("voice");
  await tabTo(page, editor.text("defaultCallerId"));
  await page.keyboard.type("12");
  await tabTo(page, editor.saveButton);
  await page.keyboard.press("Enter");
  await expect(editor.text("defaultCallerId")).toBeFocused();
  await expect(editor.text("defaultCallerId")).toHaveAccessibleDescription(t("phone.problem.noCountry"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("+12025550100");
  await editor.save("defaultCallerId");
});

test("an error that only the server detects is shown at its field", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
  guard,
}) => {
  const t = messages("profile");
  const agent = await make.agent();
  const sender = await make.sender();
  const editor = editorOf(page, agent.id);
  await editor.open("profile");
  await editor.choose(editor.choice("defaultSenderId"), sender.name);
  await editor.text("bio").fill("Stays");
  await editor.openTab("voice");
  // Deletes the sender profile that the form still holds.
  const { deleteSenderProfile } = await import("@/lib/workforce/senders/contract");
  await api.call(deleteSenderProfile, { params: { senderProfileId: sender.id } });
  guard.allowStatus(422);
  await editor.saveButton.click();
  await expect(editor.tab("profile")).toHaveAttribute("aria-selected", "true");
  await expect(editor.choice("defaultSenderId")).toBeFocused();
  await expect(editor.choice("defaultSenderId")).toHaveAccessibleDescription(messages("errors")("invalid"));
  await editor.expectChanged("bio", "defaultSenderId");
  await expect(editor.tab("profile")).toContainText(t("tabs.wrong"));

  await editor.choice("defaultSenderId").fill("");
  await editor.choice("defaultSenderId").press("Tab");
  await editor.save("bio");
});
