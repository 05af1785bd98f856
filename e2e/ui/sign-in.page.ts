import { expect, test } from "./fixtures";
import { invitationPath } from "./page-list";

test("the sign-in page and an invitation focus their first field", async ({ page, api, make }) => {
  await page.goto("/sign-in");
  await expect(page.locator("input[type=email]")).toBeFocused();
  await page.goto(await invitationPath({ api, make }));
  await expect(page.locator("input[autocomplete=name]")).toBeFocused();
});
