import { type ComponentType, lazy } from "react";

/** A part of the page that failed to load. React caches the failure, so only a page reload retries. */
export class PartNotLoaded extends Error {
  override name = "PartNotLoaded";
}

/**
 * Returns a component that loads when it is first rendered. While the browser is offline, it waits: a
 * rejected `lazy` component would replace the whole page with an error and lose unsaved changes. Throws
 * `PartNotLoaded` if the server does not respond for a few seconds.
 */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await loadOnline(load) }));
}

const PAUSES_MS = [500, 1_000, 2_000, 4_000];

async function loadOnline<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let failures = 0; ; ) {
    try {
      return await load();
    } catch (cause) {
      if (!navigator.onLine) {
        await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
        continue;
      }
      const pause = PAUSES_MS[failures];
      failures += 1;
      if (pause === undefined) throw new PartNotLoaded("A part of the page could not be loaded.", { cause });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
