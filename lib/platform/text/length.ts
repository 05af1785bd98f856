/**
 * Returns whether a text without its surrounding spaces has more than `max` characters, counted like the API does: in
 * code points.
 */
export function isTooLong(text: string, max: number): boolean {
  return [...text.trim()].length > max;
}
