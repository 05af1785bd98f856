import type { Locator } from "@playwright/test";

/** Clicks a checkbox where it is drawn. The input itself is visually hidden and does not receive clicks. */
export async function pressBox(box: Locator): Promise<void> {
  await box.locator("xpath=ancestor::label[1]").click();
}
