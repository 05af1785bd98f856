import { z } from "zod";
import { text } from "@/lib/platform/http/text";
import { longestMonth, minuteOfDay } from "@/lib/platform/time/calendar";
import { isTimeZone } from "@/lib/platform/time/zone";

/** A time zone name, kept as sent. */
export const timezoneSchema = z
  .string({ error: "must be a string." })
  .refine(isTimeZone, {
    error:
      "must be an IANA time zone such as Europe/Berlin or UTC. Offsets such as +02:00 are not supported.",
  })
  .meta({ description: "An IANA time zone or an alias.", example: "Europe/Berlin" });

/**
 * Not `z.int()`: if it fails, zod skips the checks of the surrounding objects and lists, and the response
 * would miss errors.
 */
function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}.`;
  return z
    .number({ error })
    .refine((value) => Number.isInteger(value) && value >= min && value <= max, { error })
    .meta({ type: "integer", minimum: min, maximum: max });
}

function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape, what: string) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "invalid_type" ? `must be ${what}.` : undefined),
  });
}

/** A wall-clock time to the minute. */
export const wallTimeSchema = strict(
  { hour: wholeNumber(0, 23), minute: wholeNumber(0, 59) },
  'an object such as {"hour": 9, "minute": 30}',
);

const dayHoursSchema = strict(
  { from: wallTimeSchema, to: wallTimeSchema },
  'an object such as {"from": {"hour": 9, "minute": 0}, "to": {"hour": 17, "minute": 30}}',
).meta({
  description:
    "The shift that starts on this day, in the agent's local time. `to` is the next occurrence of that " +
    "time after `from`: 22:00 to 06:00 ends the next day, 00:00 to 00:00 is the whole day.",
});

/** Working hours within a date, or into the next one. */
export const intervalSchema = dayHoursSchema.meta({
  id: "Interval",
  description:
    "In local time. `to` is the next occurrence of that time after `from`: 22:00 to 06:00 ends the next day, 00:00 to 00:00 is the whole day.",
});

export type IntervalOfDay = z.output<typeof intervalSchema>;
export type IntervalWeek = z.output<typeof intervalWeekSchema>;

const endOf = ({ from, to }: IntervalOfDay) =>
  minuteOfDay(to) > minuteOfDay(from) ? minuteOfDay(to) : minuteOfDay(to) + 24 * 60;

/** The intervals of one date: up to `max`, sorted, not overlapping. */
export function intervalsSchema({ min = 0, max = 8 }: { min?: number; max?: number } = {}) {
  return z
    .array(intervalSchema, { error: "must be a list of intervals." })
    .min(min, { error: `must have at least ${min} ${min === 1 ? "interval" : "intervals"}.` })
    .max(max, { error: `must have at most ${max} intervals.` })
    .overwrite((intervals) => intervals.toSorted((a, b) => minuteOfDay(a.from) - minuteOfDay(b.from)))
    .superRefine((intervals, context) => {
      for (const [index, interval] of intervals.entries()) {
        const before = intervals[index - 1];
        if (before && endOf(before) > minuteOfDay(interval.from))
          context.addIssue({
            code: "custom",
            path: [index, "from"],
            message: "must not be before the end of the interval before it.",
          });
      }
    });
}

/** A week with several intervals a day, which don't overlap those of the next day. */
export const intervalWeekSchema = z
  .strictObject(week(intervalsSchema().optional()))
  .superRefine((days, context) => {
    const names = Object.keys(week(intervalSchema)) as (keyof typeof days)[];
    for (const [index, name] of names.entries()) {
      const next = names[(index + 1) % names.length] as keyof typeof days;
      const [last, first] = [days[name]?.at(-1), days[next]?.[0]];
      if (last && first && endOf(last) - 24 * 60 > minuteOfDay(first.from))
        context.addIssue({
          code: "custom",
          path: [name],
          message: `must end before the hours of ${next} start.`,
        });
    }
  })
  .meta({ description: "Hours by the weekday on which they start. An absent or empty day is a day off." });

const weekExample =
  'an object with any of the days monday to sunday, such as {"monday": {"from": …, "to": …}}';

function week<Day extends z.ZodType>(day: Day) {
  return {
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: day,
    saturday: day,
    sunday: day,
  };
}

/**
 * A weekly schedule in a request; replaces the previous one. A day that is null or omitted is a day off: `{}`
 * means seven days off, unlike no schedule, which means always working.
 */
export const weeklyScheduleSchema = strict(week(dayHoursSchema.nullable().optional()), weekExample).meta({
  description: "Weekly hours in the agent's time zone. A day that is null or absent is a day off.",
});

/** A weekly schedule in a response. Days off are omitted. */
export const weeklyScheduleResponseSchema = strict(week(dayHoursSchema.optional()), weekExample).meta({
  description: "Weekly hours in the agent's time zone. An absent day is a day off.",
});

/** A weekly schedule as sent: days off are null or omitted. */
export type WeeklyScheduleInput = z.output<typeof weeklyScheduleSchema>;

/** A weekly schedule as returned: days off are omitted. */
export type WeeklySchedule = z.output<typeof weeklyScheduleResponseSchema>;

const holidayShape = { day: wholeNumber(1, 31), month: wholeNumber(1, 12) };
const holidayExample = 'an object such as {"name": "New Year", "day": 1, "month": 1}';
const holidayDescription = "A day off every year on this date. 29 February counts only in leap years.";

/**
 * Makes cross-field checks run even if other fields are invalid, so that one response lists every error. Such
 * checks can't rely on the value's type.
 */
const always = { when: () => true };

const holidaySchema = strict(
  { name: text({ min: 1, max: 255, trim: true }), ...holidayShape },
  holidayExample,
)
  .superRefine((value, context) => {
    const { day, month } = fieldsOf(value);
    if (!holidayShape.day.safeParse(day).success || !holidayShape.month.safeParse(month).success) return;
    const last = longestMonth(Number(month));
    if (Number(day) > last)
      context.addIssue({
        code: "custom",
        path: ["day"],
        message: `must be at most ${last} in month ${month}.`,
      });
  }, always)
  .meta({ description: holidayDescription });

/** The holidays of an agent in a request; replaces the previous list. At most 366, without duplicates. */
export const holidaysSchema = z
  .array(holidaySchema, { error: "must be a list of holidays. Send [] for none." })
  .max(366, { error: "must have at most 366 holidays. Remove some." })
  .superRefine((value: unknown, context) => {
    if (!Array.isArray(value)) return;
    const seen = new Map<string, number>();
    value.forEach((item: unknown, position) => {
      const { name, day, month } = fieldsOf(item);
      if (typeof name !== "string" || !Number.isInteger(day) || !Number.isInteger(month)) return;
      const key = `${month}-${day} ${name}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, position);
      else
        context.addIssue({
          code: "custom",
          path: [position],
          message: `is the same holiday as number ${first + 1} in the list. Remove one of them.`,
        });
    });
  }, always)
  .meta({
    description:
      "Days off every year. A shift is off if it starts on one of these dates in the agent's time zone.",
  });

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

export const holidayResponseSchema = strict({ name: z.string(), ...holidayShape }, holidayExample).meta({
  description: holidayDescription,
});

export type Holiday = z.output<typeof holidayResponseSchema>;
