import { chromiumExecutable } from "@/e2e/support/ui/environment";
import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import { getAgent } from "@/lib/agents/agents/contract";
import { makeM4a, makeMp3 } from "@/lib/testing/recordings";
import { chromiumOptions } from "@/scripts/testing/chromium";

const { executablePath, args } = chromiumOptions(chromiumExecutable());

/** Poll often: the recording plays for only one second. */
const often = { intervals: [50] };

test.use({
  permissions: ["microphone"],
  // A fake microphone that beeps, with permission granted.
  launchOptions: {
    executablePath,
    args: [...args, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  },
});

test("an agent records a message on their own profile, plays it, and saves it", async ({
  openAs,
  make,
  api,
  messages,
}) => {
  // Plays the recording twice in real time.
  test.slow();
  const t = messages("media");
  const { account, agent } = await make.member();
  const agentId = agent?.id ?? "";
  const page = await openAs(account);
  await page.goto("/me?tab=voice");
  await page.getByRole("button", { name: t("recordings.record"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("recorder.start") }).click();
  await expect(dialog.getByRole("timer")).toHaveText(/^0:0[1-9]$/);
  await dialog.getByRole("button", { name: t("recorder.pause") }).click();
  await expect(dialog.getByRole("status").filter({ hasText: t("recorder.paused") })).toBeVisible();
  await dialog.getByRole("button", { name: t("recorder.resume") }).click();
  await dialog.getByRole("button", { name: t("recorder.stop") }).click();
  const name = make.uniqueName("Message");
  await dialog.getByRole("textbox", { name: t("recorder.name") }).fill(name);
  await dialog.getByRole("button", { name: t("player.play", { name }) }).click();
  const position = dialog.getByRole("slider", { name: t("player.position", { name }) });
  await expect.poll(async () => Number(await position.inputValue()), often).toBeGreaterThan(0);
  await dialog.getByRole("button", { name: t("recorder.use") }).click();

  await expect(page.getByRole("button", { name: t("recordings.remove", { name }) })).toBeVisible();
  await page.getByRole("button", { name: messages("profile")("save.save") }).click();
  const saved = async () => (await api.call(getAgent, { params: { agentId } })).dropVms;
  await expect.poll(async () => (await saved()).map((each) => each.name)).toEqual([name]);

  await page.reload();
  await page.getByRole("button", { name: t("player.play", { name }) }).click();
  const again = page.getByRole("slider", { name: t("player.position", { name }) });
  await expect.poll(async () => Number(await again.inputValue()), often).toBeGreaterThan(0);
});

test("by keyboard alone: records, names, saves and removes a message", async ({
  openAs,
  make,
  api,
  messages,
}) => {
  const t = messages("media");
  const { account, agent } = await make.member();
  const saved = async () => {
    const { dropVms } = await api.call(getAgent, { params: { agentId: agent?.id ?? "" } });
    return dropVms.map(({ name }) => name);
  };
  const page = await openAs(account);
  const press = async (name: string) => {
    await tabTo(page, page.getByRole("button", { name, exact: true }));
    await page.keyboard.press("Enter");
  };
  await page.goto("/me?tab=voice");
  await press(t("recordings.record"));
  const dialog = page.getByRole("dialog");
  await press(t("recorder.start"));
  await expect(dialog.getByRole("timer")).toHaveText(/^0:0[1-9]$/);
  await press(t("recorder.stop"));
  const name = make.uniqueName("Message");
  await tabTo(page, dialog.getByRole("textbox", { name: t("recorder.name") }));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(name);
  await press(t("recorder.use"));
  await expect(dialog).toBeHidden();
  const removal = page.getByRole("button", { name: t("recordings.remove", { name }) });
  await expect(removal).toBeVisible();
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(saved).toEqual([name]);

  await tabTo(page, removal);
  await page.keyboard.press("Enter");
  await expect(removal).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(saved).toEqual([]);
});

test("recordings are uploaded, renamed, and restored by undo; other files are rejected with a message", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("media");
  const agent = await make.agent();
  await page.goto(`/w/northwind/agents/${agent.id}?tab=voice`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: t("recordings.upload") }).click();
  await (await chooser).setFiles([
    { name: "We_missed_you.mp3", mimeType: "audio/mpeg", buffer: makeMp3() },
    { name: "notes.mp3", mimeType: "audio/mpeg", buffer: Buffer.from("no recording") },
    { name: "song.m4a", mimeType: "audio/mp4", buffer: makeM4a({ entry: "alac" }) },
  ]);
  await expect(page.getByText(t("recordings.problem.type"))).toBeVisible();
  await expect(page.getByText(t("recordings.problem.codec", { name: "ALAC" }))).toBeVisible();
  const removal = (name: string) => page.getByRole("button", { name: t("recordings.remove", { name }) });
  const field = page
    .getByRole("listitem")
    .filter({ has: removal("We missed you") })
    .getByRole("textbox");
  await field.fill("Call us back");

  await removal("Call us back").click();
  await expect(removal("Call us back")).toHaveCount(0);
  await page.getByRole("button", { name: messages("ui")("undo"), exact: true }).click();
  await expect(removal("Call us back")).toBeVisible();
  await page.getByRole("button", { name: messages("profile")("save.save") }).click();
  await expect
    .poll(async () => {
      const { dropVms } = await api.call(getAgent, { params: { agentId: agent.id } });
      return dropVms.map(({ name }) => name);
    })
    .toEqual(["Call us back"]);
});

test("an upload continues in another tab, and leaving the page asks first", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("media");
  const profile = messages("profile");
  const agent = await make.agent();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/uploads", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/w/northwind/agents/${agent.id}?tab=voice`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: t("recordings.upload") }).click();
  await (await chooser).setFiles([{ name: "We_missed_you.mp3", mimeType: "audio/mpeg", buffer: makeMp3() }]);
  const name = page.getByText("We missed you");
  await expect(name).toBeVisible();
  const tab = (id: string) => page.getByRole("tab", { name: profile(`tabs.${id}`) });
  await tab("schedule").click();
  await expect(name).toBeHidden();
  const shell = messages("shell");
  await page
    .getByRole("navigation", { name: shell("nav.label") })
    .getByRole("link", { name: shell("nav.agents"), exact: true })
    .click();
  const question = page.getByRole("alertdialog", { name: profile("leave.title") });
  await expect(question).toContainText(profile("fields.dropVms"));
  await question.getByRole("button", { name: profile("leave.stay") }).click();
  release();
  await expect(page.getByRole("button", { name: profile("save.save") })).toBeVisible();
  await tab("voice").click();
  await expect(
    page.getByRole("button", { name: t("recordings.remove", { name: "We missed you" }) }),
  ).toBeVisible();
});

test("the error of an unplayable recording stays visible during retries", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("media");
  const agent = await make.agent();
  // A valid container with empty frames, which no decoder can play.
  const broken = makeM4a({ object: 0x40 });
  await page.goto(`/w/northwind/agents/${agent.id}?tab=voice`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: t("recordings.upload") }).click();
  await (await chooser).setFiles([{ name: "broken.m4a", mimeType: "audio/mp4", buffer: broken }]);
  await page
    .getByRole("button", {
      name: new RegExp(
        `^(${t("player.play", { name: "broken" })}|${t("player.again", { name: "broken" })})$`,
      ),
    })
    .click();
  const said = page.getByText(t("player.failed"));
  await expect(said).toBeVisible();
  // From here on, the message must not disappear even briefly.
  const vanished = said.waitFor({ state: "hidden", timeout: 3000 }).then(
    () => true,
    () => false,
  );
  for (let again = 0; again < 3; again += 1)
    await page.getByRole("button", { name: t("player.again", { name: "broken" }) }).click();
  expect(await vanished).toBe(false);
});

test("an agent whose browser blocks the microphone sees why and what to do", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("media");
  const agent = await make.agent();
  // Simulates a blocked microphone, because headless browsers show no permission prompt.
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
  });
  await page.goto(`/w/northwind/agents/${agent.id}?tab=voice`);
  await page.getByRole("button", { name: t("recordings.record"), exact: true }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("recorder.start") })
    .click();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(t("recorder.problem.denied"));
});
