import type { Page } from "@playwright/test";
import sharp from "sharp";
import { expect, expectAccessible, expectNoSidewaysScroll, test } from "@/e2e/support/ui/fixtures";
import type { Messages } from "@/e2e/support/ui/messages";
import type { Agent } from "@/lib/agents/agents/contract";

async function openCrop(page: Page, t: Messages, agent: Agent): Promise<void> {
  await page.goto(`/w/northwind/agents/${agent.id}`);
  await page.getByRole("button", { name: t("avatar.change") }).click();
  const chooser = page.waitForEvent("filechooser");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("avatar.source.choose") })
    .click();
  const buffer = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#47a" } })
    .png()
    .toBuffer();
  await (await chooser).setFiles({ name: "a.png", mimeType: "image/png", buffer });
  await expect(page.getByRole("application")).toBeVisible();
}

test("the crop dialog is accessible", async ({ asSupervisor: page, make, messages }) => {
  // Slow: runs four accessibility checks of a dialog over a full page.
  test.slow();
  await openCrop(page, messages("media"), await make.agent());
  await expectAccessible(page);
});

test("the crop dialog fits a phone", async ({ asSupervisor: page, make, messages }) => {
  await openCrop(page, messages("media"), await make.agent());
  await expectNoSidewaysScroll(page);
});

test("the recorder dialog is accessible", async ({ asSupervisor: page, make, messages }) => {
  // Slow: runs four accessibility checks of a dialog over a full page.
  test.slow();
  const t = messages("media");
  const agent = await make.agent();
  await page.goto(`/w/northwind/agents/${agent.id}?tab=voice`);
  await page.getByRole("button", { name: t("recordings.record"), exact: true }).click();
  await expect(page.getByRole("button", { name: t("recorder.start") })).toBeVisible();
  await expectAccessible(page);
});
