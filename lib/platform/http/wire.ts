/** A stored timestamp: a `Date` from a column, or a string from JSON built in SQL. */
export type StoredInstant = Date | string;

/** Formats a timestamp for the API: RFC 3339, UTC, milliseconds. */
export function timestamp(instant: StoredInstant): string {
  return (typeof instant === "string" ? new Date(instant) : instant).toISOString();
}

/** Returns `{[name]: value}`, or `{}` without a value: the API omits such properties. */
export function optional<const Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { [key in Name]?: Value } {
  return (value === null || value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value };
}

/** A decision as stored; all null while nobody has decided. */
export interface StoredDecision {
  deciderId: string | null;
  deciderName: string | null;
  decidedAt: StoredInstant | null;
  comment: string | null;
}

/** Converts a decision for the API. */
export function decisionOf({ deciderId, deciderName, decidedAt, comment }: StoredDecision) {
  return {
    ...(deciderName === null ? {} : { decidedBy: { ...optional("id", deciderId), name: deciderName } }),
    ...(decidedAt === null ? {} : { decidedAt: timestamp(decidedAt) }),
    ...optional("comment", comment),
  };
}

/** Returns the properties that are not `undefined`; `null` counts as set. */
export function given<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
