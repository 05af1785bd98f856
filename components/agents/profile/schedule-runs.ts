import type { WeeklySchedule } from "@/lib/hours/schedule/contract";
import { isSame } from "@/lib/platform/sameness";
import { type Weekday, weekdays } from "@/lib/platform/time/calendar";

type DayHours = NonNullable<WeeklySchedule[Weekday]>;

/** Consecutive days with the same hours; 0 is Monday. */
export interface Run<Hours> {
  first: number;
  last: number;
  hours: Hours;
}

/** Groups consecutive days with the same hours, without days off. */
export function runsOf<Hours>(schedule: { [day in Weekday]?: Hours | undefined }): Run<Hours>[] {
  return group(weekdays.map((day, index) => ({ index, value: schedule[day] }))).flatMap(
    ({ first, last, value }) => (value ? [{ first, last, hours: value }] : []),
  );
}

/** Consecutive days with the same hours before and the same hours after. */
export interface ChangedRun {
  first: number;
  last: number;
  before: DayHours | undefined;
  after: DayHours | undefined;
}

/** Groups the days that differ between two weeks. */
export function changedRuns(before: WeeklySchedule, after: WeeklySchedule): ChangedRun[] {
  const changed = weekdays.flatMap((day, index) =>
    isSame(before[day], after[day])
      ? []
      : [{ index, value: { before: before[day], after: after[day] } as const }],
  );
  return group(changed).map(({ first, last, value }) => ({ first, last, ...value }));
}

function group<Value>(days: readonly { index: number; value: Value }[]) {
  const runs: { first: number; last: number; value: Value }[] = [];
  for (const { index, value } of days) {
    const run = runs.at(-1);
    if (run && run.last === index - 1 && isSame(run.value, value)) run.last = index;
    else runs.push({ first: index, last: index, value });
  }
  return runs;
}
