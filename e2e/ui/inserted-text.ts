import type { BrowserContext } from "@playwright/test";

/**
 * Makes `fill` work in Firefox. Through WebDriver BiDi, Playwright inserts text by assigning `value` in the page's own
 * world, where React tracks that property: React then ignores the input event and restores the old text.
 */
export async function insertTextAsTyped(context: BrowserContext): Promise<void> {
  if (context.browser()?.browserType().name() === "firefox") await context.addInitScript(replaceInsertText);
}

/** Runs in the page before its own scripts: Firefox itself inserts the text, as if it were typed. */
function replaceInsertText(): void {
  Object.defineProperty(window, "__pw_bidiInsertText", {
    get: () => (text: string) => {
      document.execCommand("insertText", false, text);
    },
    // Playwright assigns its own function later.
    set: () => undefined,
  });
}
