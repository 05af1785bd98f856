import fc from "fast-check";
import { expect, it } from "vitest";
import { stepGrid, stepStart } from "@/lib/agents/coverage/grid";
import { type Need, neededPerStep, needPeriods } from "@/lib/agents/coverage/needs";
import { findRisks } from "@/lib/agents/coverage/risks";
import { cohortsOf, isInScope, type RosterAgent } from "@/lib/agents/coverage/roster";
import { countCoverage } from "@/lib/agents/coverage/rules";
import { compileCalendar, compileHours, withExceptions } from "@/lib/hours/calendar/compile";
import type { AgentCalendar } from "@/lib/hours/calendar/data";
import { isInHours } from "@/lib/hours/calendar/hours";
import { DAY_MS, MINUTE_MS, weekdayIndex } from "@/lib/platform/time/calendar";
import { wallClockAt } from "@/lib/platform/time/wall-clock";
import { calendarCases } from "@/lib/testing/calendar-cases";
import { repeatedRuns, repeatedSeed } from "@/lib/testing/environment";

// Compares the numbers with a minute-by-minute count. `FC_RUNS` sets the number of cases.
const RUNS = repeatedRuns(150);

const teams = ["east", "west", "north"];
const skills = ["french", "billing"];
const zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];

const member = fc.record({
  teamIds: fc.subarray(teams),
  skillIds: fc.subarray(skills),
  channels: fc.subarray(["messaging", "email", "voice"] as const),
  shares: fc.boolean(),
});

const needs = fc.array(
  fc.record({
    teamId: fc.option(fc.constantFrom(...teams)),
    skillId: fc.option(fc.constantFrom(...skills)),
    channel: fc.option(fc.constantFrom("messaging", "voice"), { freq: 1 }),
    weekdays: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
    dayOffset: fc.option(fc.integer({ min: -1, max: 2 })),
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 0, max: 1439 }),
    minimum: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 6 },
);

const cases = fc.record({
  calendars: fc.array(calendarCases, { minLength: 1, maxLength: 3 }),
  members: fc.array(member, { minLength: 1, maxLength: 6 }),
  timezone: fc.constantFrom(...zones),
  step: fc.constantFrom(15, 30, 60),
  needs,
});

type Case = typeof cases extends fc.Arbitrary<infer Found> ? Found : never;

interface Brute {
  agent: RosterAgent;
  data: AgentCalendar;
}

function rosterOf({ calendars, members }: Case): Brute[] {
  const shared = calendars.map(({ calendar }) => compileHours(calendar));
  return members.map(({ shares, ...rest }, index) => {
    const place = index % calendars.length;
    const own = calendars[place];
    const hours = shared[place];
    if (!own || !hours) throw new Error("a case has a calendar for each place");
    const data = shares ? { ...own.calendar, overrides: [], timeOff: [] } : own.calendar;
    return { data, agent: { ...rest, id: `agent ${index}`, calendar: withExceptions(hours, data) } };
  });
}

const minutesOf = (start: number, end: number) =>
  Array.from({ length: Math.ceil((end - start) / MINUTE_MS) }, (_, minute) => start + minute * MINUTE_MS);

it(`counts like an agent-by-agent, minute-by-minute count in ${RUNS} random cases`, {
  timeout: 120_000 + RUNS * 500,
}, () => {
  fc.assert(
    fc.property(cases, (found) => {
      const roster = rosterOf(found);
      const firstDay = Math.floor((found.calendars[0]?.at ?? 0) / DAY_MS);
      const grid = stepGrid(found.timezone, firstDay, firstDay, found.step);
      const counts = countCoverage(
        cohortsOf(roster.map(({ agent }) => agent)),
        grid,
        teams.length,
        ({ teamIds }) => teamIds.map((id) => teams.indexOf(id)),
      );
      const questions = roster.map(({ agent, data }) => ({
        agent,
        present: compileCalendar(data),
        otherwise: compileCalendar({ ...data, holidays: [], calendars: [], timeOff: [] }),
      }));
      for (const [group, team] of teams.entries()) {
        const own = questions.filter(({ agent }) => agent.teamIds.includes(team));
        for (let step = 0; step < grid.count; step++) {
          const minutes = minutesOf(stepStart(grid, step), stepStart(grid, step + 1));
          const whole = (pick: "present" | "otherwise") =>
            own.filter((question) => minutes.every((at) => isInHours(question[pick], at))).length;
          const scheduled = whole("present");
          expect([counts[group]?.scheduled[step], counts[group]?.off[step]]).toEqual([
            scheduled,
            whole("otherwise") - scheduled,
          ]);
        }
      }
    }),
    { numRuns: RUNS, ...repeatedSeed() },
  );
});

/** Returns the minimum of each need that applies at a time, by the wall clock. */
function applying(needs: readonly Need[], timezone: string, at: number): Need[] {
  const wall = wallClockAt(timezone, at);
  const [day, minute] = [Math.floor(wall / DAY_MS), Math.floor((wall % DAY_MS) / MINUTE_MS)];
  const sameScope = (one: Need, other: Need) => isSameScope(one, other);
  return needs.filter((need) => {
    const startsOn = (date: number) =>
      needs.some((other) => sameScope(need, other) && other.day === date)
        ? need.day === date
        : need.weekdays.includes(weekdayIndex(date));
    const ends = need.to > need.from ? need.to : 1440 + need.to;
    return (
      (startsOn(day) && need.from <= minute && minute < ends) ||
      (startsOn(day - 1) && need.from <= minute + 1440 && minute + 1440 < ends)
    );
  });
}

const isSameScope = (one: Need, other: Need) =>
  one.teamId === other.teamId && one.skillId === other.skillId && one.channel === other.channel;

it(`finds the same needs and risks as a minute-by-minute search in ${RUNS} random cases`, {
  timeout: 120_000 + RUNS * 500,
}, () => {
  fc.assert(
    fc.property(cases, (found) => {
      // A zone without clock changes, in which wall-clock minutes are unambiguous.
      const timezone = "Asia/Kathmandu";
      const firstDay = Math.max(6000, Math.floor((found.calendars[0]?.at ?? 0) / DAY_MS));
      const all: Need[] = found.needs.map(({ dayOffset, weekdays, ...need }, index) => ({
        ...need,
        id: `need ${index}`,
        day: dayOffset === null ? null : firstDay + dayOffset,
        weekdays: dayOffset === null ? weekdays : [],
      }));
      const periods = needPeriods(all, timezone, firstDay, firstDay + 1);
      const grid = stepGrid(timezone, firstDay, firstDay + 1, 15);
      const needed = neededPerStep(grid, periods);
      const minutes = minutesOf(grid.start, grid.end);
      for (const [step, number] of needed.entries()) {
        const within = minutes.slice(step * 15, step * 15 + 15);
        const least = within.flatMap((at) => applying(all, timezone, at).map(({ minimum }) => minimum));
        expect(number).toBe(Math.max(0, ...least));
      }

      const roster = rosterOf(found);
      const risks = findRisks(cohortsOf(roster.map(({ agent }) => agent)), periods, grid);
      for (const at of minutes) {
        const expected = applying(all, timezone, at).flatMap((need) => {
          const inHours = roster
            .filter(({ agent }) => isInScope(agent, need) && isInHours(agent.calendar, at))
            .map(({ agent }) => agent.id);
          return [
            ...(inHours.length < need.minimum ? [`belowMinimum ${need.id}`] : []),
            ...(inHours.length === 1 && need.skillId ? [`onlyOne ${need.id} ${inHours[0]}`] : []),
          ];
        });
        const actual = risks
          .filter(({ start, end }) => start <= at && at < end)
          .map(({ kind, needId, agentIds }) =>
            kind === "onlyOne" ? `${kind} ${needId} ${agentIds.join()}` : `${kind} ${needId}`,
          );
        expect(actual.toSorted()).toEqual(expected.toSorted());
      }
    }),
    { numRuns: RUNS, ...repeatedSeed() },
  );
});

it("has 92 and 100 quarters on dates on which clocks change", () => {
  const quarters = (date: string) => {
    const day = Date.parse(date) / DAY_MS;
    return stepGrid("Europe/Berlin", day, day, 15).count;
  };
  expect([quarters("2026-03-29"), quarters("2026-10-25"), quarters("2026-06-01")]).toEqual([92, 100, 96]);
});
