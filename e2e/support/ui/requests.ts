import type { Page } from "@playwright/test";

/**
 * Lets a page's first request to a URL fail like a lost connection, once `held` is over. The route stays: while the last
 * one of a page is removed, another request can get lost for good.
 */
export async function failFirst(page: Page, url: string, held?: Promise<void>): Promise<void> {
  let isFirst = true;
  await page.route(url, async (route) => {
    if (!isFirst) return route.continue();
    isFirst = false;
    await held;
    await route.abort("connectionreset");
  });
}

/** Holds a page's requests to a URL back until the returned function is called. */
export async function holdBack(page: Page, url: string): Promise<() => void> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(url, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}
