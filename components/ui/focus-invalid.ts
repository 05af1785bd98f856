const fields = ["input", "textarea", "button", "[role=spinbutton]"];

/** Focuses the first field in an element that shows an error. Returns whether there is one. */
export function focusInvalid(root: Element | null): boolean {
  const field = root?.querySelector<HTMLElement>(fields.map((each) => `${each}[aria-invalid="true"]`).join());
  field?.focus();
  // A bar at the edge of the window may cover it.
  field?.scrollIntoView({ block: "center" });
  return field !== null && field !== undefined;
}
