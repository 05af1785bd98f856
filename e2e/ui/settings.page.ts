import { expect, expectAccessible, expectNoLayoutShift, expectNoSidewaysScroll, test } from "./fixtures";

const sections = ["teams", "skills", "capacity", "roles", "senders", "people", "access-keys"];

for (const section of sections) {
  test(`the settings of ${section}, and their panels, are for everybody and fit a phone`, async ({
    asSupervisor: page,
  }) => {
    const path = `/w/northwind/settings/${section}`;
    await page.goto(path);
    const first = page.getByRole("rowheader").first().getByRole("link");
    await expect(first).toBeVisible();
    await expectAccessible(page);
    await first.click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${path}?new=1`);
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
}

test("the list of teams comes without moving anything", async ({ asSupervisor: page }) => {
  await page.goto("/w/northwind/settings/teams");
  await expect(page.getByRole("rowheader").first()).toBeVisible();
  await expectNoLayoutShift(page);
});
