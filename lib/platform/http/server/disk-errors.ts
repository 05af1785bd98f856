/** Codes of the system when a disk has no room left, and when it fails or takes no files. */
const full = new Set(["ENOSPC", "EDQUOT"]);
const failing = new Set(["EROFS", "EIO", "EMFILE", "ENFILE"]);

/**
 * Why a file could not be written, going by what was thrown: there is no room left, or the disk takes none at all;
 * undefined: something else.
 */
export function diskTrouble(error: unknown): "full" | "failing" | undefined {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth++
  ) {
    const { code, syscall } = current as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) continue;
    if (full.has(code)) return "full";
    if (failing.has(code)) return "failing";
  }
  return undefined;
}
