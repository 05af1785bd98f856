import { expect, expectAccessible, expectNoLayoutShift, expectNoSidewaysScroll, test } from "./fixtures";
import { invitationPath } from "./page-list";

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

test("the sign-in page and an invitation wait for what is typed first", async ({ page, api, make }) => {
  await page.goto("/sign-in");
  await expect(page.locator("input[type=email]")).toBeFocused();
  await page.goto(await invitationPath({ api, make }));
  await expect(page.locator("input[autocomplete=name]")).toBeFocused();
});
