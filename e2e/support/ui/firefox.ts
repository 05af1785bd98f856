import type { BrowserContext, Request } from "@playwright/test";

const bodyHeader = "x-sent-body";

/** Adds what Playwright lacks when it drives Firefox by WebDriver BiDi: `fill`, and the bodies of requests. */
export async function completeFirefox(context: BrowserContext): Promise<void> {
  if (context.browser()?.browserType().name() !== "firefox") return;
  await context.addInitScript(replaceInsertText);
  await context.addInitScript(repeatBodyInHeader, bodyHeader);
}

/** The body of a `PATCH` as it was sent. */
export function sentBody(request: Request): Record<string, unknown> {
  const repeated = request.headers()[bodyHeader];
  return repeated === undefined ? request.postDataJSON() : JSON.parse(decodeURIComponent(repeated));
}

/**
 * Runs in the page before its own scripts. Playwright assigns `value` in the page's own world, where React tracks that
 * property: React then ignores the input event and restores the old text. Firefox inserts text as if it were typed.
 */
function replaceInsertText(): void {
  Object.defineProperty(window, "__pw_bidiInsertText", {
    get: () => (text: string) => {
      document.execCommand("insertText", false, text);
    },
    // Playwright assigns its own function later.
    set: () => undefined,
  });
}

/** Runs in the page before its own scripts: Playwright reads the headers of a request, but not its body. */
function repeatBodyInHeader(header: string): void {
  const send = window.fetch;
  window.fetch = (resource, options) => {
    if (options?.method !== "PATCH" || typeof options.body !== "string") return send(resource, options);
    const headers = new Headers(options.headers);
    headers.set(header, encodeURIComponent(options.body));
    return send(resource, { ...options, headers });
  };
}
