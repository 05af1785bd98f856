/**
 * Returns whether a file matches one of the types, in the format of an input's `accept`: `image/png`,
 * `image/*` or `.wav`. An empty list accepts every file.
 */
export function isAccepted(file: { name: string; type: string }, accept: readonly string[]): boolean {
  if (accept.length === 0) return true;
  const name = file.name.toLowerCase();
  const type = file.type.toLowerCase().split(";", 1)[0]?.trim() ?? "";
  return accept.some((each) => {
    const kind = each.trim().toLowerCase();
    if (kind.startsWith(".")) return name.endsWith(kind);
    if (kind.endsWith("/*")) return type.startsWith(kind.slice(0, -1));
    return type === kind;
  });
}
