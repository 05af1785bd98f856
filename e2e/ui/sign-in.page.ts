import { expect, expectAccessible, expectNoLayoutShift, expectNoSidewaysScroll, test } from "./fixtures";

test("the sign-in page leaves nobody out", async ({ page }) => {
  await page.goto("/sign-in");
  await expectAccessible(page);
});

test("the sign-in page fits a phone", async ({ page }) => {
  await page.goto("/sign-in");
  await expectNoSidewaysScroll(page);
});

test("the sign-in page stands still", async ({ page }) => {
  await page.goto("/sign-in");
  await expectNoLayoutShift(page);
});

test("the sign-in page waits for the address", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.locator("input[type=email]")).toBeFocused();
});
