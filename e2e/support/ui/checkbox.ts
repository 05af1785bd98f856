import type { Locator } from "@playwright/test";

/** Presses a box with the mouse where it is drawn: beside the input, which is there for screen readers and keys alone. */
export async function pressBox(box: Locator): Promise<void> {
  await box.locator("xpath=ancestor::label[1]").click();
}
