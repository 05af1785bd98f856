import { entityTag } from "@/lib/platform/http/server/entity-tag";

/** The tag of an answer, and whether its next copy differs by the clock alone: it then holds the seconds left of an activity. */
export function tagged(version: number, answer: string): { etag: string; isFleeting: boolean } {
  // Quotes inside of a text are escaped, so that this can only be the property itself.
  return { etag: entityTag(version, answer), isFleeting: /,"activityTtl":\d+/.test(answer) };
}
