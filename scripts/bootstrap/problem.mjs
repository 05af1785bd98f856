/**
 * An error whose message is shown without a stack trace. Same as `Problem` in `scripts/problem.ts`, for use
 * before tsx is available.
 */
export class Problem extends Error {
  name = "Problem";
}
