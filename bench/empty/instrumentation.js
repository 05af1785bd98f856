/** Of its own, or Next would take the product's, which wants a database. */
export function register() {
  globalThis.rollcallOpened?.();
}
