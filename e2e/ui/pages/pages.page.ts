import {
  expectAccessible,
  expectFitsWindow,
  expectMirrored,
  expectNoLayoutShift,
  settled,
  test,
  windows,
} from "@/e2e/support/ui/fixtures";
import { listedPages, openListed } from "@/e2e/support/ui/page-list";

// A laptop's window is less high than a desk's: what fits there may not fit here.
const sizes = [
  { on: "a desk", viewport: windows.desk, alsoIn: windows.laptop },
  { on: "a phone", viewport: windows.phone, alsoIn: undefined },
];

// What a page writes into the console, the guard hears.
for (const listed of listedPages)
  for (const { on, viewport, alsoIn } of sizes)
    test(`${listed.name}, on ${on}: stands still, fits and leaves nobody out`, async ({
      openAs,
      make,
      api,
      guard,
    }) => {
      const { isEnglish, isDocument = false } = listed;
      const page = await openListed(listed, viewport, { openAs, make, api, guard });
      await expectNoLayoutShift(page);
      await expectFitsWindow(page, { isDocument });
      await expectAccessible(page, { inDark: viewport !== windows.phone });
      if (!isEnglish) await expectMirrored(page);
      if (!alsoIn) return;
      await page.setViewportSize(alsoIn);
      await settled(page);
      await expectFitsWindow(page, { isDocument });
    });
