/**
 * Loads a part of the page. While the browser is offline, waits for the connection: a rejected `lazy` part
 * would replace the whole page by an error, with all unsaved changes.
 */
export async function loadOnline<Module>(load: () => Promise<Module>): Promise<Module> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine) throw error;
      await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
    }
  }
}
