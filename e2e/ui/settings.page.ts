import { expect, expectAccessible, expectNoLayoutShift, expectNoSidewaysScroll, test } from "./fixtures";

const sections = ["teams", "skills", "capacity", "roles", "senders", "people", "access-keys"];

for (const section of sections) {
  const path = `/w/northwind/settings/${section}`;

  test(`the list of ${section} is for everybody, and fits a phone`, async ({ asSupervisor: page }) => {
    await page.goto(path);
    await expect(page.getByRole("rowheader").first()).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  test(`the panel of the first of ${section} is for everybody, and fits a phone`, async ({
    asSupervisor: page,
  }) => {
    await page.goto(path);
    await page.getByRole("rowheader").first().getByRole("link").click();
    await expect(page.getByRole("dialog").getByRole("heading", { level: 2 })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  test(`the panel for a new one of ${section} is for everybody, and fits a phone`, async ({
    asSupervisor: page,
  }) => {
    await page.goto(`${path}?new=1`);
    await expect(page.getByRole("dialog").getByRole("heading", { level: 2 })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
}

test("the list of teams comes without moving anything", async ({ asSupervisor: page }) => {
  await page.goto("/w/northwind/settings/teams");
  await expect(page.getByRole("rowheader").first()).toBeVisible();
  await expectNoLayoutShift(page);
});
