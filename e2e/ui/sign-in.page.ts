import { expectAccessible, expectNoLayoutShift, expectNoSidewaysScroll, test } from "./fixtures";

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
