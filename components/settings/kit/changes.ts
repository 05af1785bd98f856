/** Returns the change that undoes `change`: the previous value of each property, or `null` if it had none. */
export function reverse<Change extends object>(before: object, change: Change): Change {
  const was = before as Record<string, unknown>;
  return Object.fromEntries(Object.keys(change).map((key) => [key, was[key] ?? null])) as Change;
}

/** Returns the values that the person has edited. */
export function changed<Values extends object>(values: Values, dirty: object): Partial<Values> {
  const marks = dirty as Record<string, unknown>;
  return Object.fromEntries(Object.entries(values).filter(([key]) => isDirty(marks[key]))) as Partial<Values>;
}

const isDirty = (mark: unknown): boolean =>
  mark === true || (typeof mark === "object" && mark !== null && Object.values(mark).some(isDirty));

/** Returns the values without empty texts. */
export function withoutEmpty<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")) as Values;
}

/** Returns the values with `null` for empty texts, which clears them in a change. */
export function emptyAsNull<Values extends object>(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value === "" ? null : value]),
  ) as Values;
}
