import { entityTag } from "@/lib/platform/http/server/entity-tag";

/**
 * Returns a response's entity tag. With `isFleeting`, a later response may differ without a change, because
 * it contains the remaining seconds of an activity.
 */
export function tagged(version: number, answer: string): { etag: string; isFleeting: boolean } {
  // Quotes inside strings are escaped, so this only matches the property.
  return { etag: entityTag(version, answer), isFleeting: /,"activityTtl":\d+/.test(answer) };
}
