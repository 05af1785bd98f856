import { expect, test } from "@/e2e/support/ui/fixtures";
import { invitationPath } from "@/e2e/support/ui/page-list";

test("the sign-in page and an invitation focus their first field", async ({ page, api, make }) => {
  await page.goto("/sign-in");
  await expect(page.locator("input[type=email]")).toBeFocused();
  await page.goto(await invitationPath({ api, make }));
  await expect(page.locator("input[autocomplete=name]")).toBeFocused();
});

test("the form does not move while the browser receives the rest of the page", async ({ page }) => {
  await page.goto("/sign-in");
  const header = page.getByRole("main").locator("header");
  const before = await header.boundingBox();
  expect(before?.height).toBeGreaterThan(0);
  await page.evaluate(() => document.querySelector("main form")?.remove());
  expect(await header.boundingBox()).toEqual(before);
});
