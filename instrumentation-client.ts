// Runs in the browser before anything else of the product.

declare global {
  /** zod's settings, which it looks for before it has any of its own. */
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

// zod would try whether it may compile code. The content policy forbids it, and Firefox tells everybody who looks.
globalThis.__zod_globalConfig = { jitless: true };

export {};
