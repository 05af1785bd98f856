import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import { getAgent, patchAgent } from "@/lib/agents/agents/contract";
import { patchAvailability } from "@/lib/availability/declared/contract";

test("two people change different fields of an agent, and both changes are saved without a conflict", async ({
  openAs,
  make,
  api,
  editorOf,
  guard,
  messages,
}) => {
  const { id } = await make.agent();
  const [mine, theirs] = [editorOf(await openAs("supervisor"), id), editorOf(await openAs("supervisor"), id)];
  await mine.readOnce();
  await mine.open();
  await theirs.open();
  await mine.text("outOfOfficeResponse").fill("Mine");
  await theirs.text("bio").fill("Theirs");
  await theirs.save("bio");

  // The page still has the agent as it was before the other person's save.
  guard.allowStatus(412);
  await mine.save("outOfOfficeResponse");
  await expect(
    mine.page.getByRole("alertdialog", { name: messages("profile")("conflict.title") }),
  ).toBeHidden();
  await expect(mine.text("bio")).toHaveValue("Theirs");
  expect(mine.sent.map(({ body }) => body)).toEqual([
    { outOfOfficeResponse: "Mine" },
    { outOfOfficeResponse: "Mine" },
  ]);
  expect(mine.sent[1]?.ifMatch).not.toBe(mine.sent[0]?.ifMatch);
  expect(await api.call(getAgent, { params: { agentId: id } })).toMatchObject({
    bio: "Theirs",
    outOfOfficeResponse: "Mine",
  });
});

test("two people change the same field, and the second one resolves the conflict", async ({
  openAs,
  make,
  api,
  editorOf,
  guard,
  messages,
}) => {
  const t = messages("profile");
  const { id } = await make.agent();
  const bio = async () => (await api.call(getAgent, { params: { agentId: id } })).bio;
  const [mine, theirs] = [editorOf(await openAs("supervisor"), id), editorOf(await openAs("supervisor"), id)];
  await mine.readOnce();
  await mine.open();
  await theirs.open();
  await mine.text("bio").fill("What I wrote");
  await theirs.text("bio").fill("What they wrote");
  await theirs.save("bio");

  guard.allowStatus(412);
  await mine.page.keyboard.press("ControlOrMeta+s");
  const question = mine.page.getByRole("alertdialog", { name: t("conflict.title") });
  const field = question.getByRole("radiogroup", { name: t("fields.bio") });
  await expect(field.getByRole("radio", { name: "What I wrote" })).toBeChecked();
  await expect(field.getByRole("radio", { name: "What they wrote" })).not.toBeChecked();
  expect(await bio()).toBe("What they wrote");

  // "Back to editing" keeps the input and saves nothing.
  await question.getByRole("button", { name: t("conflict.back") }).click();
  await expect(question).toBeHidden();
  await expect(mine.text("bio")).toHaveValue("What I wrote");
  await mine.expectChanged("bio");
  expect(await bio()).toBe("What they wrote");

  // The question appears again. This time, keep my value.
  await mine.saveButton.click();
  await question.getByRole("button", { name: t("conflict.save") }).click();
  await mine.expectSaved("bio");
  expect(await bio()).toBe("What I wrote");

  // The other way around: the other person saves second, and my value is kept.
  await theirs.readOnce();
  await theirs.page.reload();
  await theirs.text("bio").fill("Once more");
  await api.call(patchAgent, { params: { agentId: id }, body: { bio: "By a program" } });
  await theirs.page.keyboard.press("ControlOrMeta+s");
  const other = theirs.page.getByRole("alertdialog", { name: t("conflict.title") });
  await other
    .getByRole("radiogroup", { name: t("fields.bio") })
    .getByText("By a program")
    .click();
  await other.getByRole("button", { name: t("conflict.save") }).click();
  await expect(other).toBeHidden();
  await expect(theirs.text("bio")).toHaveValue("By a program");
  await expect(theirs.saveBar).toBeHidden();
  expect(await bio()).toBe("By a program");
});

test("by keyboard alone: resolves a conflict in two fields, one with mine and one with theirs", {
  tag: "@language",
}, async ({ asSupervisor: page, make, api, editorOf, guard, messages, conventions }) => {
  const t = messages("profile");
  const agent = await make.agent();
  const params = { agentId: agent.id };
  const editor = editorOf(page, agent.id);
  await editor.readOnce();
  await editor.open();
  const [mine, theirs] = [make.uniqueName("Mine"), make.uniqueName("Theirs")];
  await tabTo(page, editor.text("name"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(mine);
  await tabTo(page, editor.text("bio"));
  await page.keyboard.type("My words");
  await tabTo(page, editor.text("outOfOfficeResponse"));
  await page.keyboard.type("Mine alone");
  await api.call(patchAgent, {
    params,
    body: { name: theirs, bio: "Their words", wrapUpTime: 77 },
  });

  guard.allowStatus(412);
  await page.keyboard.press("ControlOrMeta+s");
  const question = page.getByRole("alertdialog", { name: t("conflict.title") });
  await expect(question.getByText(t("conflict.intro", { count: 2 }))).toBeVisible();
  // The away reply is not in conflict, because no one else changed it.
  await expect(question.getByRole("radiogroup")).toHaveCount(2);
  const names = question.getByRole("radiogroup", { name: t("fields.name") });
  await tabTo(page, names.getByRole("radio", { name: mine }));
  await page.keyboard.press(conventions.onwardKey);
  await expect(names.getByRole("radio", { name: theirs })).toBeChecked();
  await tabTo(page, question.getByRole("button", { name: t("conflict.save") }));
  await page.keyboard.press("Enter");
  await editor.expectSaved("bio", "outOfOfficeResponse");
  expect(editor.lastSent().body).toEqual({ bio: "My words", outOfOfficeResponse: "Mine alone" });
  expect(await api.call(getAgent, { params })).toMatchObject({
    name: theirs,
    bio: "My words",
    outOfOfficeResponse: "Mine alone",
    wrapUpTime: 77,
  });
  await expect(page.getByRole("heading", { level: 1, name: theirs })).toBeVisible();
});

test("a status change during an edit is not a conflict, by anyone", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  guard,
  messages,
}) => {
  const t = messages("availability");
  const { id, name } = await make.agent();
  const params = { agentId: id };
  const editor = editorOf(page, id);
  await editor.readOnce();
  await editor.open();
  await editor.text("bio").fill("Kept");
  const status = (of: string) =>
    page.getByRole("main").getByRole("button", { name: t("statusOf", { name, status: t(`status.${of}`) }) });
  await status("away").click();
  // The page, not only the server, must have the answer, which brings the agent's new version.
  const answer = page.waitForResponse((response) => response.request().method() === "PATCH");
  await page.getByRole("menuitemradio", { name: t("status.offline") }).click();
  await (await answer).finished();
  await expect(status("offline")).toBeVisible();
  expect((await api.call(getAgent, { params })).status).toBe("offline");
  await editor.save("bio");
  // The person's own status change does not even cause a 412.
  expect(editor.sent).toHaveLength(1);

  await editor.readOnce();
  await page.reload();
  await editor.text("bio").fill("Kept again");
  await api.call(patchAvailability, { params, body: { status: "active" } });
  guard.allowStatus(412);
  await editor.save("bio");
  await expect(status("active")).toBeVisible();
  expect(await api.call(getAgent, { params })).toMatchObject({ status: "active", bio: "Kept again" });
});

test("one's own status change does not hide an earlier change by someone else", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  guard,
  messages,
}) => {
  const t = messages("availability");
  const { id, name } = await make.agent();
  const params = { agentId: id };
  const editor = editorOf(page, id);
  await editor.open();
  await editor.text("bio").fill("Mine");
  await api.call(patchAgent, { params, body: { bio: "Theirs" } });
  const status = (of: string) =>
    page.getByRole("main").getByRole("button", { name: t("statusOf", { name, status: t(`status.${of}`) }) });
  await status("away").click();
  await page.getByRole("menuitemradio", { name: t("status.active") }).click();
  await expect(status("active")).toBeVisible();
  await expect.poll(async () => (await api.call(getAgent, { params })).status).toBe("active");

  guard.allowStatus(412);
  await page.keyboard.press("ControlOrMeta+s");
  const question = page.getByRole("alertdialog", { name: messages("profile")("conflict.title") });
  await expect(question.getByRole("radio", { name: "Theirs" })).toBeVisible();
  expect((await api.call(getAgent, { params })).bio).toBe("Theirs");
});
