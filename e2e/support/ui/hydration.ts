import type { BrowserContext, Page } from "@playwright/test";

/**
 * Waits until what can be clicked and filled in on a page listens. The server's markup is there before the scripts are,
 * and a test is faster than any hand: what it presses in between is lost. React leaves a mark on each element that it
 * has taken over.
 */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForLoadState("domcontentloaded");
  await page.waitForFunction(() => {
    const controls = document.querySelectorAll("form, button, input, select, textarea");
    return [...controls].every((control) =>
      Object.keys(control).some((key) => key.startsWith("__reactFiber$")),
    );
  });
  // Keys that work anywhere are listened to by effects, which React runs once it has nothing more urgent to do.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestIdleCallback(() => resolve(), { timeout: 2_000 }));
        setTimeout(resolve, 3_000);
      }),
  );
}

/** Makes opening and reloading a page by hand wait for it. Where the product itself loads a page, the test has to. */
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
