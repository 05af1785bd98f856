/** System error codes for a full disk, and for one that fails or can't open files. */
const full = new Set(["ENOSPC", "EDQUOT"]);
const failing = new Set(["EROFS", "EIO", "EMFILE", "ENFILE"]);

/** Returns why a file could not be written; undefined when the error does not come from the disk. */
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
