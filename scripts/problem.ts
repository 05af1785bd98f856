/**
 * Something that the person at the terminal can understand and put right: its message is one clear line, shown
 * without a stack trace. Anything else that is thrown is a defect of ours and keeps its trace.
 */
export class Problem extends Error {
  override name = "Problem";
}

/** The `code` of a Node or PostgreSQL error, such as `ENOENT` or `28P01`; "" when it has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/** What an error says, in one line. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(messageOf).join(", ");
  const text = error instanceof Error ? error.message : String(error);
  return text.split(/\s*\n\s*/).join(" ");
}
