import { createHolidayService } from "@/lib/hours/public-holidays/server/service";
import type { StoredHours, StoredVersion } from "@/lib/hours/schedule/stored";
import { datedIn } from "@/lib/hours/weeks/versions";
import { foldText } from "@/lib/platform/text/text-folding";
import {
  DAY_MS,
  epochDay,
  isoDate,
  type Weekday,
  weekdayIndex,
  weekdays,
} from "@/lib/platform/time/calendar";
import { localDate } from "@/lib/platform/time/wall-clock";
import { combineRows, type Rows } from "@/lib/testing/factories";
import type { Random } from "@/lib/testing/random";
import { demoAgent } from "./agents";
import { type CalendarData, timeOffTypes } from "./data/calendar";
import type { Doer } from "./history";
import type { Member } from "./members";
import { type DemoWorkspace, idOf } from "./settings";

type AgentRow = Rows["agents"][number] & { id: string };
type TimeOffRow = Rows["timeOff"][number];

interface Context {
  workspace: DemoWorkspace;
  members: readonly Member[];
  /** Decides requests. */
  boss: Doer;
  now: number;
  /** A separate random generator from that of agents, so that changes to one don't affect the other. */
  random: Random;
}

/** This year and the next two. */
const years = 3;
/** Before today's week, so that every rotation of up to four weeks is in its first one today. */
const weeksOfRotation = 12;
const lunch = { from: 12 * 60 + 30, to: 13 * 60 + 30 };

const dateOf = (day: number) => new Date(day * DAY_MS);

/** Returns the types of time off that a new workspace has. */
export function makeTimeOffTypes(workspace: DemoWorkspace, random: Random): Rows["timeOffTypes"] {
  const at = new Date(workspace.createdAt);
  return timeOffTypes.map((type, position) => ({
    workspaceId: workspace.id,
    id: random.id(workspace.createdAt),
    nameKey: foldText(type.name),
    ...type,
    position,
    createdAt: at,
    updatedAt: at,
  }));
}

/** Adds shifts, rotations, time off, holidays and needs to a workspace's rows. Days are local ones of the workspace. */
export async function withCalendar(
  rows: Partial<Rows>,
  data: CalendarData,
  { workspace, members, boss, now, random }: Context,
): Promise<Partial<Rows>> {
  const workspaceId = workspace.id;
  const timezone = rows.workspaces?.[0]?.timezone ?? "UTC";
  const today = epochDay(localDate(timezone, now));
  const monday = today - weekdayIndex(today);
  const madeAt = now - 90 * DAY_MS;
  const made = () => ({
    workspaceId,
    id: random.id(madeAt),
    createdAt: new Date(madeAt),
    updatedAt: new Date(madeAt),
  });

  const agents = (rows.agents ?? []).map((agent): AgentRow => ({ ...agent, id: agent.id ?? "" }));
  const memberOf = new Map(members.map((member) => [member.userId, member]));
  const addressOf = (agent: AgentRow) => memberOf.get(agent.userId ?? "")?.address;
  const colleagues = (team: string) => {
    const teamId = idOf(workspace.teams, team);
    return new Set(rows.teamMembers?.flatMap((member) => (member.teamId === teamId ? [member.agentId] : [])));
  };
  const hero = agents.find((agent) => addressOf(agent) === demoAgent);
  if (!hero) throw new Error("The demo agent has no agent.");
  const namesakes = new Set(
    agents
      .filter(({ name }, index) => agents.findIndex((one) => one.name === name) < index)
      .map(({ name }) => name),
  );
  // Those with one plain role and a name of their own, who have been here for months.
  const free = agents.filter((agent) => {
    const member = memberOf.get(agent.userId ?? "");
    return (
      agent !== hero &&
      member?.status === "active" &&
      member.roles.join() === "Agent" &&
      member.joinedAt < madeAt &&
      !namesakes.has(agent.name)
    );
  });
  /** Picks agents whom nothing else here concerns. */
  function take(count: number, fits: (agent: AgentRow) => boolean): AgentRow[] {
    const taken = free.filter(fits).slice(0, count);
    if (taken.length < count)
      throw new Error(`Only ${taken.length} of ${count} agents are left for the calendar.`);
    for (const agent of taken) free.splice(free.indexOf(agent), 1);
    return taken;
  }
  const inZone = (agent: AgentRow) => agent.timezone === timezone;
  const isEuropean = (agent: AgentRow) => memberOf.get(agent.userId ?? "")?.country.region === "europe";
  const isPlain = (agent: AgentRow) => {
    const hours = agent.schedule?.[0]?.week;
    return hours?.monday?.[0]?.from === 9 * 60 && hours.friday?.[0]?.to === 17 * 60 + 30;
  };

  const shifts = data.shifts.map((shift): Rows["shifts"][number] => ({
    ...made(),
    ...shift,
    nameKey: foldText(shift.name),
    intervals: shift.intervals.map((interval) => ({ ...interval })),
  }));
  const shiftIds = new Map(shifts.map(({ name, id }) => [name, id]));
  const intervalsOf = (name: string) =>
    data.shifts.find((shift) => shift.name === name)?.intervals.map((interval) => ({ ...interval })) ?? [];

  const startDate = dateOf(monday - 7 * weeksOfRotation);
  const rotated = data.rotations.map(({ name, team, timezone: zone, weeks, members: count }, index) => {
    const rotation = { ...made(), name, nameKey: foldText(name), timezone: zone, startDate };
    const inTeam = colleagues(team);
    const others = take(count, (agent) => inTeam.has(agent.id) && (index > 0 || inZone(agent)));
    return {
      rotation,
      version: {
        workspaceId,
        rotationId: rotation.id,
        fromDate: startDate,
        weeks: weeks.map((week) =>
          Object.fromEntries(Object.entries(week).map(([day, shift]) => [day, idOf(shiftIds, shift)])),
        ),
      },
      agents: index === 0 ? [hero, ...others] : others,
      weeks,
    };
  });
  const rotationMembers = rotated.flatMap(({ rotation, agents: turning, weeks }) =>
    turning.map((agent, index) => ({
      workspaceId,
      id: random.id(madeAt),
      rotationId: rotation.id,
      agentId: agent.id,
      offset: index % weeks.length,
      fromDate: startDate,
      untilDate: null,
    })),
  );

  // Next week, the first of the three groups works late, the second one at night, and the third one early.
  const [, night, early, late] = rotated[0]?.agents ?? [];
  if (!night || !early || !late) throw new Error("The first rotation has too few members.");
  const friday = monday + 7 + 4;
  const decided = (at: number) => ({
    deciderKind: boss.kind,
    deciderId: boss.id,
    deciderName: boss.name,
    decidedAt: new Date(at),
    updatedAt: new Date(at),
  });
  const swapped = {
    ...made(),
    agentId: early.id,
    date: dateOf(friday),
    withAgentId: late.id,
    withDate: dateOf(friday),
    state: "approved" as const,
    note: "School play in the morning",
    createdAt: new Date(now - 3 * DAY_MS),
    ...decided(now - 2 * DAY_MS),
  };
  const offered = {
    ...made(),
    agentId: night.id,
    // The only night that the demo agent has free on both sides.
    date: dateOf(monday + 13),
    withAgentId: hero.id,
    state: "offered" as const,
    note: "Could you take this night? My flight lands late.",
    createdAt: new Date(now - DAY_MS / 4),
    updatedAt: new Date(now - DAY_MS / 4),
  };
  const agentOverrides = [
    { agent: early, shift: "Late" },
    { agent: late, shift: "Early" },
  ].map(({ agent, shift }): Rows["agentOverrides"][number] => ({
    workspaceId,
    agentId: agent.id,
    date: dateOf(friday),
    intervals: intervalsOf(shift),
    source: "swap",
    sourceId: swapped.id,
    createdAt: swapped.updatedAt,
    updatedAt: swapped.updatedAt,
  }));

  const [split, changing] = take(2, (agent) => inZone(agent) && isPlain(agent));
  const [helper] = take(1, isEuropean);
  if (!split || !changing || !helper) throw new Error("Too few agents work by day.");
  agentOverrides.push({
    workspaceId,
    agentId: helper.id,
    date: dateOf(monday + 7 + 5),
    intervals: [{ from: 10 * 60, to: 14 * 60 }],
    note: "Stocktaking",
    createdAt: new Date(now - 5 * DAY_MS),
    updatedAt: new Date(now - 5 * DAY_MS),
  });
  const withHours = new Map([
    [split.id, (split.schedule ?? []).map(withLunch)],
    [changing.id, datedIn(timezone, [...(changing.schedule ?? []), halfDaysFrom(nextMonth(today))])],
  ]);

  const typesByName = makeTimeOffTypes(workspace, random);
  const typeIds = new Map(typesByName.map(({ name, id }) => [name, id]));
  const observers = data.holidayCalendars.map(({ country, agents: count }) =>
    take(count, (agent) => memberOf.get(agent.userId ?? "")?.country.code === country),
  );
  const absent = take(9, isEuropean);
  const timeOff: TimeOffRow[] = [];
  function add(
    agent: AgentRow | undefined,
    type: (typeof timeOffTypes)[number]["name"],
    state: TimeOffRow["state"],
    [first, last]: readonly [first: number, last: number],
    more: Partial<TimeOffRow> = {},
  ) {
    if (!agent) return;
    const createdAt = Math.min(now - (2 + timeOff.length) * (DAY_MS / 3), (first - 14) * DAY_MS);
    const askedAt = new Date(type === "Sick" ? now - DAY_MS / 6 : createdAt);
    timeOff.push({
      workspaceId,
      id: random.id(askedAt.getTime()),
      agentId: agent.id,
      typeId: idOf(typeIds, type),
      state,
      startDate: dateOf(first),
      endDate: dateOf(last),
      createdAt: askedAt,
      updatedAt: askedAt,
      ...(type !== "Sick" && state !== "requested" ? decided(createdAt + DAY_MS / 4) : {}),
      ...more,
    });
  }
  const inThreeWeeks = monday + 21;
  add(hero, "Vacation", "approved", [inThreeWeeks, inThreeWeeks + 4], {
    publicNote: "Back after the weekend",
    delegateAgentId: early.id,
  });
  add(hero, "Training", "approved", [monday - 14, monday - 13]);
  add(absent[0], "Vacation", "approved", [today - 40, today - 30]);
  add(absent[0], "Vacation", "requested", [today + 30, today + 40], { note: "With the family" });
  add(absent[1], "Training", "approved", [today - 10, today - 9]);
  add(absent[2], "Vacation", "approved", [today - 2, today + 4], {
    publicNote: "Hiking",
    delegateAgentId: split.id,
  });
  add(absent[3], "Sick", "approved", [today, today + 1], { note: "Flu" });
  add(absent[4], "Vacation", "approved", [today + 10, today + 18]);
  add(absent[5], "Vacation", "requested", [today + 12, today + 16]);
  add(absent[6], "Other", "requested", [today + 6, today + 6], { startMinute: 13 * 60, note: "Notary" });
  add(absent[7], "Vacation", "declined", [today + 20, today + 24], {
    comment: "Three of the team are away already. The week after works.",
  });
  add(absent[8], "Vacation", "approved", [today + 2, today + 2], { startMinute: 12 * 60 });

  const service = createHolidayService();
  const holidays: Partial<Rows>[] = [];
  for (const [index, { name, country, region }] of data.holidayCalendars.entries()) {
    const calendar = { ...made(), name, nameKey: foldText(name), country, region: region ?? null };
    const days = await service.daysOf(
      { countryCode: country, region },
      dateOf(today).getUTCFullYear(),
      years,
    );
    holidays.push(calendarRows(calendar, days, observers[index] ?? []));
  }
  const { name, day, agents: count } = data.companyDays;
  // A Friday, so that there always is a holiday in the next month.
  const companyDay = monday + 14 + 4;
  holidays.push(
    calendarRows(
      { ...made(), name, nameKey: foldText(name) },
      [companyDay, companyDay + 371].map((date) => ({ date: isoDate(date), name: day })),
      take(count, isEuropean),
    ),
  );

  const coverageNeeds = data.needs.map(({ team, weekdays: days, ...need }) => ({
    ...made(),
    ...need,
    teamId: idOf(workspace.teams, team),
    ...(days ? { weekdays: [...days] } : { weekdays: [], date: dateOf(today + 1) }),
  }));

  return combineRows([
    {
      ...rows,
      agents: agents.map((agent) => ({
        ...agent,
        schedule: withHours.get(agent.id) ?? agent.schedule ?? null,
      })),
    },
    {
      timeOffTypes: typesByName,
      timeOff,
      shifts,
      rotations: rotated.map(({ rotation }) => rotation),
      rotationVersions: rotated.map(({ version }) => version),
      rotationMembers,
      shiftSwaps: [swapped, offered],
      agentOverrides,
      coverageNeeds,
    },
    ...holidays,
  ]);
}

function calendarRows(
  calendar: Rows["holidayCalendars"][number],
  days: readonly { date: string; name: string }[],
  agents: readonly AgentRow[],
): Partial<Rows> {
  const { workspaceId, id: calendarId } = calendar;
  return {
    holidayCalendars: [calendar],
    holidayCalendarDays: days.map(({ date, name }) => ({
      workspaceId,
      calendarId,
      date: new Date(date),
      name,
    })),
    agentHolidayCalendars: agents.map(({ id: agentId }) => ({ workspaceId, agentId, calendarId })),
  };
}

/** Interrupts the days of a week for lunch. */
function withLunch(version: StoredVersion): StoredVersion {
  const week: { [day in Weekday]?: StoredHours[] } = {};
  for (const day of weekdays) {
    const intervals = version.week[day];
    if (intervals)
      week[day] = intervals.flatMap(({ from, to }) => [
        { from, to: lunch.from },
        { from: lunch.to, to },
      ]);
  }
  return { ...version, week };
}

function halfDaysFrom(day: number): StoredVersion {
  const hours = [{ from: 9 * 60, to: 13 * 60 }];
  const week = { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours };
  return { from: isoDate(day), fromAt: null, week };
}

/** Returns the first day of the next month. */
function nextMonth(day: number): number {
  const date = dateOf(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY_MS;
}
