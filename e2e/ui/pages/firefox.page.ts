import { expectFitsWindow, settled, test, windows } from "@/e2e/support/ui/fixtures";
import { listedPages, openListed } from "@/e2e/support/ui/page-list";

// Runs only in the project `firefox`. The guard checks console messages and CSP violations.
for (const listed of listedPages)
  test(`${listed.name}: fits its window without errors`, async ({ openAs, make, api, guard }) => {
    const page = await openListed(listed, windows.desk, { openAs, make, api, guard });
    for (const viewport of [windows.desk, windows.laptop, windows.phone]) {
      await page.setViewportSize(viewport);
      await settled(page);
      await expectFitsWindow(page, { isDocument: listed.isDocument ?? false });
    }
  });
