import {
  expectAccessible,
  expectFitsWindow,
  expectMirrored,
  expectNoLayoutShift,
  expectUsableSizes,
  settled,
  test,
  windows,
} from "@/e2e/support/ui/fixtures";
import { listedPages, openListed } from "@/e2e/support/ui/page-list";

// On a desktop, in a lower laptop window, and on a phone. The guard checks console messages.
for (const listed of listedPages)
  test(`${listed.name}: is stable, fits its window and is accessible`, async ({
    openAs,
    make,
    api,
    guard,
  }) => {
    const { isEnglish, isDocument = false, isForPhones } = listed;
    const fixtures = { openAs, make, api, guard };
    guard.tolerateDeletedRequests();
    const page = await openListed(listed, windows.desk, fixtures);
    await expectNoLayoutShift(page);
    await expectFitsWindow(page, { isDocument });
    await expectAccessible(page, { inDark: true });
    if (!isEnglish) await expectMirrored(page);
    await page.setViewportSize(windows.laptop);
    await settled(page);
    await expectFitsWindow(page, { isDocument });
    if (isForPhones) {
      const opened = await openListed(listed, windows.phone, fixtures);
      await expectNoLayoutShift(opened);
      await expectFitsWindow(opened, { isDocument });
      await expectAccessible(opened, { inDark: false });
      if (!isEnglish) await expectMirrored(opened);
    } else {
      await page.setViewportSize(windows.phone);
      await settled(page);
      await expectFitsWindow(page, { isDocument });
      await expectUsableSizes(page);
      if (!isEnglish) await expectMirrored(page);
    }
  });
