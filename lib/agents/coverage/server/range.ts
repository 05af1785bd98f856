import { ApiError, type ErrorCode } from "@/lib/platform/http/errors";
import { epochDay } from "@/lib/platform/time/calendar";

/** Returns a range of dates as epoch days. Throws an error with the code if it is empty or longer than the limit. */
export function daysOf(
  { from, to }: { from: string; to: string },
  limit: number,
  code: ErrorCode = "InvalidQuery",
): { from: number; to: number } {
  const days = { from: epochDay(from), to: epochDay(to) };
  const length = days.to - days.from + 1;
  if (length >= 1 && length <= limit) return days;
  const reason = length < 1 ? "must not be before from." : `must be at most ${limit - 1} days after from.`;
  throw new ApiError(code, `The range of dates is not valid. Check to: it ${reason}`, {
    details: { to: [reason] },
  });
}
