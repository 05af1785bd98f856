/** A key below `availability.duration` in the catalog with its arguments. */
export type DurationParts =
  | { key: "minutes"; count: number }
  | { key: "hours"; count: number }
  | { key: "hoursAndMinutes"; hours: number; minutes: number };

/** Splits whole minutes into hours and minutes without zero parts. */
export function exactParts(minutes: number): DurationParts {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return { key: "minutes", count: rest };
  return rest === 0 ? { key: "hours", count: hours } : { key: "hoursAndMinutes", hours, minutes: rest };
}
