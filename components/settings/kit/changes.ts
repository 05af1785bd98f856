/** Returns the change that undoes `change`: the previous value of each property, or `null` if it had none. */
export function reverse<Change extends object>(before: object, change: Change): Change {
  const was = before as Record<string, unknown>;
  return Object.fromEntries(Object.keys(change).map((key) => [key, was[key] ?? null])) as Change;
}

/** Returns the values that the person has edited. */
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
