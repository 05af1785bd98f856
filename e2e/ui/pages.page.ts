import {
  expect,
  expectAccessible,
  expectMirrored,
  expectNoLayoutShift,
  expectNoSidewaysScroll,
  test,
} from "./fixtures";
import { listedPages } from "./page-list";

const sizes = [
  { on: "a desk", viewport: { width: 1440, height: 900 } },
  { on: "a phone", viewport: { width: 360, height: 780 } },
];

// What a page writes into the console, the guard hears.
for (const { name, as, path, status, isEnglish } of listedPages)
  for (const { on, viewport } of sizes)
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
      if (viewport.width === 360) await expectNoSidewaysScroll(page);
      await expectAccessible(page, { byChoice: false });
      if (!isEnglish) await expectMirrored(page);
    });
