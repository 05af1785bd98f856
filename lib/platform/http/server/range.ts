/** The requested part of a file; `start` and `end` are inclusive. */
export type Span = { kind: "all" } | { kind: "part"; start: number; end: number } | { kind: "unsatisfiable" };

/**
 * Parses a `Range` header for a file of `size` bytes (RFC 9110 §14). Ignores invalid headers, other units and
 * multiple ranges, as the RFC allows.
 */
export function readRange(header: string | null, size: number): Span {
  const [, first, last] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return { kind: "all" };
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? { kind: "unsatisfiable" } : { kind: "part", start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return { kind: "all" };
  return start >= size ? { kind: "unsatisfiable" } : { kind: "part", start, end };
}
