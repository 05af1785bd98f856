import { horizonMs } from "@/lib/availability/effective/rules";
import { ApiError } from "@/lib/platform/http/errors";

/** Returns the time of a question in epoch milliseconds. Throws `InvalidQuery` beyond 400 days. */
export function timeAsked(at: number | undefined, now: Date): number {
  const present = now.getTime();
  const asked = at ?? present;
  if (Math.abs(asked - present) > horizonMs)
    throw new ApiError("InvalidQuery", "The time is out of range. Check at.", {
      details: { at: ["must be at most 400 days before or after now."] },
    });
  return asked;
}
