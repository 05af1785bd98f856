import type { Page } from "@playwright/test";
import sharp from "sharp";
import { expect, failFirst, tabTo, test } from "@/e2e/support/ui/fixtures";
import type { Messages } from "@/e2e/support/ui/messages";
import { type Agent, getAgent } from "@/lib/agents/agents/contract";

/** A photo from a phone held upright: stored rotated, with EXIF orientation. */
const photo = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: "#3a7" } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();

async function choosePicture(page: Page, t: Messages, name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("avatar.source.choose") })
    .click();
  await (await chooser).setFiles({ name, mimeType: "image/jpeg", buffer });
}

const cropView = (page: Page, t: Messages, { name }: Agent) =>
  page.getByRole("application", { name: t("avatar.crop.view", { name }) });

/** Returns how many times the page shows this picture. */
const shown = (page: Page, address: string) =>
  page.evaluate(
    (wanted) =>
      [...document.images].filter((each) => each.src.startsWith(wanted) && each.naturalWidth > 0).length,
    address,
  );

test("an agent's new picture goes from a file to the profile and the list", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  // Opens three pages and waits for the server to process the picture.
  test.slow();
  const t = messages("media");
  const agent = await make.agent();
  await page.goto(`/w/northwind/agents/${agent.id}`);
  await page.getByRole("button", { name: t("avatar.change") }).click();
  await choosePicture(page, t, "photo.jpg", await photo());

  const crop = cropView(page, t, agent);
  await expect(crop).toBeFocused();
  await crop.press("+");
  await crop.press("ArrowDown");
  await crop.press("r");
  const zoom = page.getByRole("slider", { name: t("avatar.crop.zoom") });
  await expect.poll(async () => Number(await zoom.inputValue())).toBeGreaterThan(1.1);
  await page.getByRole("button", { name: t("avatar.save") }).click();
  await expect(page.getByRole("dialog")).toBeHidden();

  const { avatarUrl = "" } = await api.call(getAgent, { params: { agentId: agent.id } });
  expect(avatarUrl).toContain(agent.id);
  await expect.poll(() => shown(page, avatarUrl)).toBeGreaterThan(0);
  const picture = await page.request.get(avatarUrl);
  const { format, width, height, exif } = await sharp(await picture.body()).metadata();
  expect({ format, width, height, exif }).toEqual({
    format: "webp",
    width: 512,
    height: 512,
    exif: undefined,
  });

  await page.goto(`/w/northwind/agents?q=${encodeURIComponent(agent.name)}`);
  await expect(page.getByText(agent.name).first()).toBeVisible();
  await expect.poll(() => shown(page, `${avatarUrl}?size=96`)).toBe(1);
});

test("by keyboard alone: chooses, crops, saves and removes a picture", {
  tag: "@language",
}, async ({ asSupervisor: page, make, api, messages }) => {
  const t = messages("media");
  const agent = await make.agent();
  const avatarUrl = async () => (await api.call(getAgent, { params: { agentId: agent.id } })).avatarUrl;
  const press = async (name: string) => {
    await tabTo(page, page.getByRole("button", { name, exact: true }));
    await page.keyboard.press("Enter");
  };
  await page.goto(`/w/northwind/agents/${agent.id}`);
  await press(t("avatar.change"));
  const chooser = page.waitForEvent("filechooser");
  await press(t("avatar.source.choose"));
  await (await chooser).setFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: await photo() });

  await expect(cropView(page, t, agent)).toBeFocused();
  await page.keyboard.press("+");
  await page.keyboard.press("ArrowUp");
  const zoom = page.getByRole("slider", { name: t("avatar.crop.zoom") });
  const before = Number(await zoom.inputValue());
  expect(before).toBeGreaterThan(1);
  await tabTo(page, zoom);
  await page.keyboard.press("PageUp");
  await expect.poll(async () => Number(await zoom.inputValue())).toBeGreaterThan(before);
  await press(t("avatar.save"));
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect.poll(avatarUrl).toBeDefined();

  await press(t("avatar.remove"));
  await expect.poll(avatarUrl).toBeUndefined();
});

test("a failed upload is retried without cropping again", async ({
  asSupervisor: page,
  make,
  api,
  guard,
  messages,
}) => {
  const t = messages("media");
  const agent = await make.agent();
  await page.goto(`/w/northwind/agents/${agent.id}`);
  await page.getByRole("button", { name: t("avatar.change") }).click();
  await choosePicture(page, t, "photo.jpg", await photo());

  guard.allowNoAnswer();
  await failFirst(page, "**/api/uploads");
  await page.getByRole("button", { name: t("avatar.save") }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(t("upload.cutOff"));
  await expect(cropView(page, t, agent)).toBeVisible();
  await page.getByRole("button", { name: messages("ui")("retry") }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  const { avatarUrl } = await api.call(getAgent, { params: { agentId: agent.id } });
  expect(avatarUrl).toBeDefined();
});

test("a file that is not a picture is rejected with a message before it is sent", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("media");
  const agent = await make.agent();
  await page.goto(`/w/northwind/agents/${agent.id}`);
  await page.getByRole("button", { name: t("avatar.change") }).click();
  const said = page.getByRole("dialog").getByRole("alert");
  await choosePicture(page, t, "notes.jpg", Buffer.from("no picture"));
  await expect(said).toHaveText(t("avatar.source.problem.type"));
  await choosePicture(page, t, "phone.jpg", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0", "latin1"));
  await expect(said).toHaveText(t("avatar.source.problem.heic"));
  await choosePicture(page, t, "damaged.jpg", (await photo()).subarray(0, 200));
  await expect(said).toHaveText(t("avatar.source.problem.unreadable"));
});

test("removing a picture is undone", async ({ asSupervisor: page, make, api, messages }) => {
  const t = messages("media");
  const agent = await make.agent();
  const avatarUrl = async () => (await api.call(getAgent, { params: { agentId: agent.id } })).avatarUrl;
  await page.goto(`/w/northwind/agents/${agent.id}`);
  await page.getByRole("button", { name: t("avatar.change") }).click();
  await choosePicture(page, t, "photo.jpg", await photo());
  await page.getByRole("button", { name: t("avatar.save") }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  const before = await avatarUrl();
  expect(before).toBeDefined();

  await page.getByRole("button", { name: t("avatar.remove"), exact: true }).click();
  await expect.poll(avatarUrl).toBeUndefined();
  await page.getByRole("button", { name: messages("ui")("undo"), exact: true }).click();
  await expect.poll(avatarUrl).toBe(before);
});

test("a viewer sees no way to change a picture", async ({ asViewer: page, make, messages }) => {
  const agent = await make.agent();
  await page.goto(`/w/northwind/agents/${agent.id}`);
  await expect(page.getByRole("heading", { level: 1, name: agent.name })).toBeVisible();
  await expect(page.getByRole("button", { name: messages("media")("avatar.change") })).toHaveCount(0);
});
