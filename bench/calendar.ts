import { stepGrid } from "@/lib/agents/coverage/grid";
import { previewChanges } from "@/lib/agents/coverage/preview";
import { cohortsOf, type RosterAgent } from "@/lib/agents/coverage/roster";
import { countCoverage } from "@/lib/agents/coverage/rules";
import { type CompiledHours, compileHours, withExceptions } from "@/lib/hours/calendar/compile";
import type { DayPlan } from "@/lib/hours/calendar/data";
import { openZones } from "@/lib/platform/time/server/zones";
import { zones } from "./dataset";
import { drawn } from "./people";

// Measures how long coverage takes to compute, without the database.

const FIRST_DAY = 20_521;
const DAYS = 14;
const TEAMS = 10;
const RUNS = 21;

interface Measured {
  name: string;
  agents: number;
  /** Of the process: what other processes on the machine hardly affect. */
  cpuMs: number;
  medianMs: number;
  p95Ms: number;
}

/** One agent in ten has an override. With `shared`, agents have one of 60 recurring plans; otherwise each has its own. */
function roster(count: number, shared: boolean): RosterAgent[] {
  const known = new Map<string, CompiledHours>();
  return Array.from({ length: count }, (_, index) => {
    const timezone = zones[index % zones.length] ?? "UTC";
    const from = 360 + 30 * drawn(index, 1, 10);
    const key = shared ? `${timezone} ${from}` : String(index);
    const day: DayPlan = [
      { from, to: from + 240 },
      { from: from + 270, to: from + 510 },
    ];
    const hours =
      known.get(key) ??
      compileHours({
        timezone,
        travel: [],
        versions: [{ from: null, week: [day, day, day, day, day, [], []] }],
        holidays: [{ name: "Holiday", month: 3, day: 10 }],
        calendars: [],
        rotations: [],
        shifts: [],
      });
    known.set(key, hours);
    const overrides =
      index % 10 === 0 ? [{ day: FIRST_DAY + (index % DAYS), spans: [{ from: 600, to: 900 }] }] : [];
    return {
      id: String(index),
      teamIds: [String(index % TEAMS)],
      skillIds: [],
      channels: ["messaging", "email", "voice"],
      calendar: withExceptions(hours, { overrides, timeOff: [] }),
    };
  });
}

function measure(name: string, agents: number, work: () => void): Measured {
  const before = process.cpuUsage();
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((one, other) => one - other);
  const { user, system } = process.cpuUsage(before);
  const cpuMs = Number(((user + system) / 1_000 / RUNS).toFixed(1));
  const at = (part: number) => Number((times[Math.floor((RUNS - 1) * part)] ?? 0).toFixed(1));
  return { name, agents, cpuMs, medianMs: at(0.5), p95Ms: at(0.95) };
}

/** Measures coverage and previews of 14 dates in steps of 15 minutes. Calendars are compiled again in each run. */
function measureAll(): Measured[] {
  const grid = stepGrid("Europe/Berlin", FIRST_DAY, FIRST_DAY + DAYS - 1, 15);
  const found: Measured[] = [];
  for (const count of [1_000, 10_000])
    for (const shared of [true, false])
      found.push(
        measure(shared ? "coverage, shared plans" : "coverage, own plans", count, () =>
          countCoverage(cohortsOf(roster(count, shared)), grid, TEAMS, ({ teamIds }) => teamIds.map(Number)),
        ),
      );
  found.push(
    measure("preview of 100 changes, own plans", 1_000, () => {
      const agents = roster(1_000, false);
      const changed = agents.slice(0, 100).map((agent): [string, RosterAgent] => [
        agent.id,
        {
          ...agent,
          calendar: withExceptions(agent.calendar.hours, {
            overrides: [{ day: FIRST_DAY + 1, spans: [] }],
            timeOff: [],
          }),
        },
      ]);
      const need = {
        id: "need",
        teamId: "1",
        skillId: null,
        channel: null,
        weekdays: [0, 1, 2, 3, 4],
        day: null,
        from: 540,
        to: 1020,
        minimum: 40,
      };
      previewChanges(agents, new Map(changed), [{ ...grid, need }], grid);
    }),
  );
  return found;
}

/** Prints the table of `npm run bench -- calendar`. */
export function benchCalendar(): void {
  openZones("node_modules/moment-timezone/data/packed/latest.json");
  console.table(measureAll());
}
