/** An error of which only the message is shown; the same as `Problem` in `scripts/problem.ts`, before tsx is there. */
export class Problem extends Error {
  name = "Problem";
}
