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

// Both sizes, because a laptop's window is lower than a desktop's.
const sizes = [
  { on: "a desk", viewport: windows.desk, alsoIn: windows.laptop },
  { on: "a phone", viewport: windows.phone, alsoIn: undefined },
];

// The guard checks console messages.
for (const listed of listedPages)
  for (const { on, viewport, alsoIn } of sizes)
    test(`${listed.name}, on ${on}: is stable, fits its window and is accessible`, async ({
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
