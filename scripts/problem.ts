/**
 * An error that the user can fix: its message is one line, shown without a stack trace. Any other error is a
 * bug and keeps its trace.
 */
export class Problem extends Error {
  override name = "Problem";
}

/** Returns the `code` of a Node or PostgreSQL error, such as `ENOENT` or `28P01`, or "". */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(messageOf).join(", ");
  const text = error instanceof Error ? error.message : String(error);
  return text.split(/\s*\n\s*/).join(" ");
}
