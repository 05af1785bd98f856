/** The change that takes a change back: each property as it was, `null` where there was none. */
export function reverse<Change extends object>(before: object, change: Change): Change {
  const was = before as Record<string, unknown>;
  return Object.fromEntries(Object.keys(change).map((key) => [key, was[key] ?? null])) as Change;
}

/** Those values that the person has changed. */
export function changed<Values extends object>(
  values: Values,
  dirty: Partial<Record<keyof Values, unknown>>,
): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => isDirty(dirty[key as keyof Values])),
  ) as Partial<Values>;
}

const isDirty = (mark: unknown): boolean =>
  mark === true || (typeof mark === "object" && mark !== null && Object.values(mark).some(isDirty));
