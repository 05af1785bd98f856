import type { BrowserContext, Page } from "@playwright/test";

/**
 * Waits until React has hydrated all interactive elements; earlier clicks and input would be lost. Detects
 * the property that React sets on hydrated elements.
 */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForLoadState("domcontentloaded");
  await page.waitForFunction(() => {
    const controls = document.querySelectorAll("form, button, input, select, textarea");
    return [...controls].every((control) =>
      Object.keys(control).some((key) => key.startsWith("__reactFiber$")),
    );
  });
  // Global shortcuts are registered in effects, which run after hydration when React is idle.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestIdleCallback(() => resolve(), { timeout: 20_000 }));
        // A hidden page renders no frames.
        if (document.hidden) setTimeout(resolve, 3_000);
      }),
  );
}

/**
 * Makes `goto` and `reload` wait for hydration. After a page load that the product triggers, the test must
 * wait itself.
 */
export function waitForHydration(context: BrowserContext): void {
  context.on("page", (page) => {
    const goto = page.goto.bind(page);
    page.goto = async (...args) => {
      const response = await goto(...args);
      if (response?.headers()["content-type"]?.startsWith("text/html")) await hydrated(page);
      return response;
    };
    const reload = page.reload.bind(page);
    page.reload = async (...args) => {
      const response = await reload(...args);
      await hydrated(page);
      return response;
    };
  });
}
