// Runs in the browser before all other code of the product.

declare global {
  /** zod's configuration, which it reads when it loads. */
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

// Otherwise zod tests whether `eval` works. The CSP blocks it, and Firefox logs the violation to the console.
globalThis.__zod_globalConfig = { jitless: true };

export {};
