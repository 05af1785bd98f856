import { expectFitsWindow, settled, test, windows } from "@/e2e/support/ui/fixtures";
import { listedPages, openListed } from "@/e2e/support/ui/page-list";

// The project `firefox` alone has it. What pages write into its console, and code that the policy stops, the guard hears.
for (const listed of listedPages)
  test(`${listed.name}: fits its window, and complains about nothing`, async ({
    openAs,
    make,
    api,
    guard,
  }) => {
    const page = await openListed(listed, windows.desk, { openAs, make, api, guard });
    for (const viewport of [windows.desk, windows.laptop, windows.phone]) {
      await page.setViewportSize(viewport);
      await settled(page);
      await expectFitsWindow(page, { isDocument: listed.isDocument ?? false });
    }
  });
