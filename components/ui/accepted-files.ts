/**
 * Whether a file is one of the accepted kinds, written as for a file input: `image/png`, `image/*` or `.wav`. Without kinds
 * every file is.
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
