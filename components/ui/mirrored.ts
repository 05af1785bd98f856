/** Returns whether an element is laid out from right to left. */
export function isMirrored(element: Element): boolean {
  return getComputedStyle(element).direction === "rtl";
}
