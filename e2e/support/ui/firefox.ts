import type { BrowserContext, Request } from "@playwright/test";

const bodyHeader = "x-sent-body";

/** Adds what Playwright lacks for Firefox over WebDriver BiDi: `fill` and request bodies. */
export async function completeFirefox(context: BrowserContext): Promise<void> {
  if (context.browser()?.browserType().name() !== "firefox") return;
  await context.addInitScript(replaceInsertText);
  await context.addInitScript(repeatBodyInHeader, bodyHeader);
}

/** Returns the body of a `PATCH` or `PUT` request. */
export function sentBody(request: Request): Record<string, unknown> {
  const repeated = request.headers()[bodyHeader];
  return repeated === undefined ? request.postDataJSON() : JSON.parse(decodeURIComponent(repeated));
}

/**
 * Runs in the page before its scripts. Playwright assigns `value` in the page's own world, where React tracks
 * it, so React ignores the input event and restores the old text. Replaced by inserting the text as if typed.
 */
function replaceInsertText(): void {
  Object.defineProperty(window, "__pw_bidiInsertText", {
    get: () => (text: string) => {
      document.execCommand("insertText", false, text);
    },
    // Ignores Playwright's own assignment, which comes later.
    set: () => undefined,
  });
}

/**
 * Runs in the page before its scripts. Copies the body into a header, because Playwright can read headers but
 * not bodies.
 */
function repeatBodyInHeader(header: string): void {
  const send = window.fetch;
  window.fetch = (resource, options) => {
    const isChange = options?.method === "PATCH" || options?.method === "PUT";
    if (!isChange || typeof options.body !== "string") return send(resource, options);
    const headers = new Headers(options.headers);
    headers.set(header, encodeURIComponent(options.body));
    return send(resource, { ...options, headers });
  };
}
