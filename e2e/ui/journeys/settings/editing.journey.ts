import { expect, test } from "@/e2e/support/ui/fixtures";
import { getSenderProfile } from "@/lib/workforce/senders/contract";
import { getSkill } from "@/lib/workforce/skills/contract";
import { getTeam, patchTeam } from "@/lib/workforce/teams/contract";

const settings = "/w/northwind/settings";

test("values of a skill are moved with undo, and removed without", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("settings");
  const undo = page.getByRole("button", { name: messages("ui")("undo") });
  const skill = await make.skill({ values: [{ value: "One", icon: "1" }, { value: "Two" }] });
  const values = async () =>
    (await api.call(getSkill, { params: { skillId: skill.id } })).values.map(({ value }) => value);
  const panel = page.getByRole("dialog", { name: skill.name });
  const row = page.getByRole("row", { name: skill.name });
  await page.goto(`${settings}/skills?q=${encodeURIComponent(skill.name)}`);

  await row.getByRole("link", { name: skill.name, exact: true }).click();
  await panel.getByRole("button", { name: t("skills.moveUp", { name: "Two" }) }).click();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(panel).toBeHidden();
  expect(await values()).toEqual(["Two", "One"]);
  await undo.click();
  await expect.poll(values).toEqual(["One", "Two"]);
  const { values: restored } = await api.call(getSkill, { params: { skillId: skill.id } });
  expect(restored).toEqual(skill.values);

  await page.reload();
  await row.getByRole("link", { name: skill.name, exact: true }).click();
  await panel.getByRole("button", { name: t("skills.removeValue", { name: "One" }) }).click();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText(t("common.saved", { name: skill.name }))).toBeVisible();
  expect(await values()).toEqual(["Two"]);
  await expect(undo).toBeHidden();
});

test("clearing a signature removes it, and undo restores it with the address", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("settings");
  const sender = await make.sender({ signature: "Kind regards" });
  const read = () => api.call(getSenderProfile, { params: { senderProfileId: sender.id } });
  const panel = page.getByRole("dialog", { name: sender.name });
  await page.goto(`${settings}/senders?edit=${sender.id}`);
  await panel.getByRole("textbox", { name: t("senders.signature") }).fill("");
  await panel.getByRole("textbox", { name: t("senders.username") }).fill("other");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(panel).toBeHidden();
  const { signature, email } = await read();
  expect({ signature, email }).toEqual({ email: { ...sender.email, username: "other" } });
  await page.getByRole("button", { name: messages("ui")("undo") }).click();
  await expect.poll(async () => (await read()).signature).toBe("Kind regards");
  expect((await read()).email).toEqual(sender.email);
});

test("a change of the same property by someone else is reported, and the next save replaces it", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("settings");
  const team = await make.team();
  const params = { teamId: team.id };
  const description = async () => (await api.call(getTeam, { params })).description;
  const panel = page.getByRole("dialog", { name: team.name });
  await page.goto(`${settings}/teams?edit=${team.id}`);
  const field = panel.getByRole("textbox", { name: t("common.description") });
  await field.fill("Mine");
  await api.call(patchTeam, { params, body: { description: "Theirs" } });
  await page.keyboard.press("ControlOrMeta+s");
  await expect(panel.getByRole("alert")).toHaveText(t("common.conflict"));
  expect(await description()).toBe("Theirs");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(panel).toBeHidden();
  expect(await description()).toBe("Mine");
});

test("Ctrl+S saves also while nothing has the focus, as just after a list of choices has closed", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("settings");
  const team = await make.team();
  const panel = page.getByRole("dialog", { name: team.name });
  await page.goto(`${settings}/teams?edit=${team.id}`);
  await panel.getByRole("textbox", { name: t("common.description") }).fill("Mine");
  // In one task, because the dialog takes the focus back in the next frame.
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "s", ctrlKey: true, bubbles: true }));
  });
  await expect(panel).toBeHidden();
  expect((await api.call(getTeam, { params: { teamId: team.id } })).description).toBe("Mine");
});
