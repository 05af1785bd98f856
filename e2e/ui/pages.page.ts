import {
  expect,
  expectAccessible,
  expectFitsWindow,
  expectMirrored,
  expectNoLayoutShift,
  settled,
  test,
  windows,
} from "./fixtures";
import { listedPages } from "./page-list";

// A laptop's window is less high than a desk's: what fits there may not fit here.
const sizes = [
  { on: "a desk", viewport: windows.desk, alsoIn: windows.laptop },
  { on: "a phone", viewport: windows.phone, alsoIn: undefined },
];

// What a page writes into the console, the guard hears.
for (const { name, as, path, status, isEnglish, isDocument = false } of listedPages)
  for (const { on, viewport, alsoIn } of sizes)
    test(`${name}, on ${on}: stands still, fits and leaves nobody out`, async ({
      openAs,
      make,
      api,
      guard,
    }) => {
      const address = typeof path === "string" ? path : await path({ api, make });
      if (status) guard.allowStatus(status);
      const page = await openAs(as);
      await page.setViewportSize(viewport);
      await page.goto(address);
      // What the page reads is there: it asks again only after half a minute.
      await page.waitForLoadState("networkidle");
      await expect(page.locator("[data-skeleton]"), "places that are still held").toHaveCount(0);
      await expectNoLayoutShift(page);
      await expectFitsWindow(page, { isDocument });
      await expectAccessible(page, { inDark: viewport !== windows.phone });
      if (!isEnglish) await expectMirrored(page);
      if (!alsoIn) return;
      await page.setViewportSize(alsoIn);
      await settled(page);
      await expectFitsWindow(page, { isDocument });
    });
