/** A wall-clock time without date or time zone. */
export interface TimeOfDay {
  hour: number;
  minute: number;
}

/** Returns the times of a day from midnight on, `step` minutes apart. */
export function dayTimes(step: number): TimeOfDay[] {
  return Array.from({ length: Math.ceil(1440 / step) }, (_, index) => ({
    hour: Math.floor((index * step) / 60),
    minute: (index * step) % 60,
  }));
}

/** Formats a time as `09:30` in any locale. */
export function idOfTime({ hour, minute }: TimeOfDay): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Parses the format of `idOfTime`. */
export function timeOfId(id: string): TimeOfDay {
  const [hour = "0", minute = "0"] = id.split(":");
  return { hour: Number(hour), minute: Number(minute) };
}
