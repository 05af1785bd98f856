/** Names the words for a length of time, below `availability.duration`, and their figures. */
export type DurationParts =
  | { key: "minutes"; count: number }
  | { key: "hours"; count: number }
  | { key: "hoursAndMinutes"; hours: number; minutes: number };

/** A length of time in whole minutes, to the minute. What is nought is left out. */
export function exactParts(minutes: number): DurationParts {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return { key: "minutes", count: rest };
  return rest === 0 ? { key: "hours", count: hours } : { key: "hoursAndMinutes", hours, minutes: rest };
}
