/** Without this file Next.js would load the product's, which needs a database. */
export function register() {
  globalThis.rollcallOpened?.();
}
