import { setTimeout as sleep } from "node:timers/promises";
import type { Page, Request } from "@playwright/test";

/** Milliseconds until a page that keeps sending requests is given up. */
const longestWait = 60_000;

/**
 * Returns a function that waits until the page has had no request for `quietTime` ms; it throws after a
 * minute of requests. Call it before opening the page. Event streams don't count, because they never end:
 * Playwright's `networkidle` counts them, and always waits for 500 ms.
 */
export function watchRequests(page: Page, quietTime: number): () => Promise<void> {
  const running = new Set<Request>();
  let since = Date.now();
  page.on("request", (request) => {
    // Firefox does not say which requests are event streams, but sends the same header.
    if (request.headers().accept !== "text/event-stream") running.add(request);
  });
  const end = (request: Request) => {
    running.delete(request);
    since = Date.now();
  };
  page.on("requestfinished", end);
  page.on("requestfailed", end);
  return async () => {
    const latest = Date.now() + longestWait;
    while (running.size > 0 || Date.now() - since < quietTime) {
      if (Date.now() > latest)
        throw new Error(
          `The page keeps sending requests; running: ${[...running].map((each) => each.url())}`,
        );
      await sleep(50);
    }
  };
}
