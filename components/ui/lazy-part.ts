import { type ComponentType, lazy } from "react";

/**
 * Returns a component that is loaded when it is first shown. While the browser is offline, it waits for the
 * connection: a rejected `lazy` part would replace the whole page by an error, with all unsaved changes.
 */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await loadOnline(load) }));
}

async function loadOnline<Part>(load: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine) throw error;
      await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
    }
  }
}
