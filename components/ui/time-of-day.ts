/** A time on a clock, without a day and a zone. */
export interface TimeOfDay {
  hour: number;
  minute: number;
}

/** The times of a day from midnight on, so many minutes apart. */
export function dayTimes(step: number): TimeOfDay[] {
  return Array.from({ length: Math.ceil(1440 / step) }, (_, index) => ({
    hour: Math.floor((index * step) / 60),
    minute: (index * step) % 60,
  }));
}

/** `09:30`, whatever the reader's clock. */
export function idOfTime({ hour, minute }: TimeOfDay): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** The time that `idOfTime` wrote. */
export function timeOfId(id: string): TimeOfDay {
  const [hour = "0", minute = "0"] = id.split(":");
  return { hour: Number(hour), minute: Number(minute) };
}
