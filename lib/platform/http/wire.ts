/** A stored instant: a Date from a column, or text from JSON made in the database. */
export type StoredInstant = Date | string;

/** An instant as the API writes it: RFC 3339, UTC, milliseconds. */
export function timestamp(instant: StoredInstant): string {
  return (typeof instant === "string" ? new Date(instant) : instant).toISOString();
}

/** `{[name]: value}`, or nothing where there is no value: the API leaves such properties out. */
export function optional<const Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { [key in Name]?: Value } {
  return (value === null || value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value };
}

/** Those properties of a change that were given; `null` is given, `undefined` is not. */
export function given<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
