import { expect, test } from "@/e2e/support/ui/fixtures";
import { invitationPath } from "@/e2e/support/ui/page-list";

test("the sign-in page and an invitation focus their first field", async ({ page, api, make }) => {
  await page.goto("/sign-in");
  await expect(page.locator("input[type=email]")).toBeFocused();
  await page.goto(await invitationPath({ api, make }));
  await expect(page.locator("input[autocomplete=name]")).toBeFocused();
});
