import { entityTag } from "@/lib/platform/http/server/entity-tag";

/**
 * Returns a response's entity tag. `isFleeting` means that a later copy may differ by the clock alone,
 * because it has the seconds left of an activity.
 */
export function tagged(version: number, answer: string): { etag: string; isFleeting: boolean } {
  // Quotes inside strings are escaped, so this only matches the property.
  return { etag: entityTag(version, answer), isFleeting: /,"activityTtl":\d+/.test(answer) };
}
