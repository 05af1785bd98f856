import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until `target` has the focus. Throws if it does not within `most` presses. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await pressUntilFocused(page, "Tab", target, most);
}

/** Like `tabTo`, with Shift+Tab. */
export async function tabBackTo(page: Page, target: Locator, most = 60): Promise<void> {
  await pressUntilFocused(page, "Shift+Tab", target, most);
}

/** Moves from the page to the toasts by F6, and presses the button of one of them. */
export async function pressInToast(page: Page, toast: Locator, button: string): Promise<void> {
  await page.keyboard.press("F6");
  await tabTo(page, toast.getByRole("button", { name: button }));
  await page.keyboard.press("Enter");
}

/** Milliseconds after which a key press is taken to leave the focus where it is. */
const longestMove = 2_000;

/**
 * Presses a key, such as an arrow key in a menu, a toolbar or a table row, until `target` has the focus. Throws if it
 * does not within `most` presses.
 */
export async function pressUntilFocused(page: Page, key: string, target: Locator, most = 70): Promise<void> {
  // Waits in case the page is not ready yet.
  await expect(target).toBeVisible();
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let press = 0; press < most; press += 1) {
    if (await focused()) return;
    const before = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press(key);
    // Menus and tables move the focus in a later frame.
    await page
      .waitForFunction((element) => document.activeElement !== element, before, { timeout: longestMove })
      .catch(() => undefined);
  }
  if (!(await focused()))
    throw new Error(`${target} did not get the focus within ${most} presses of ${key}.`);
}
