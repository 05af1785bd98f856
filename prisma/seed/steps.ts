import type { Activity, AgentStatus, AvailabilityChange } from "@/lib/availability/declared/contract";
import { toWeeklySchedule } from "@/lib/hours/schedule/stored";
import type { Random } from "@/lib/testing/random";
import { commonSchedules, schedules } from "./data/schedules";
import { activityTexts } from "./data/texts";
import type { Doer, Step } from "./history";
import type { Profile } from "./profiles";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The state that an agent ends with. */
export interface Ending {
  status: AgentStatus;
  /** Defaults to the result of the steps, usually `available`. */
  activity?: Exclude<Activity, "available">;
  text?: string;
  /** Duration of the activity and how much of it has passed; if more than all of it, it has expired. */
  ttl?: { seconds: number; passed: number };
}

interface Setting {
  now: number;
  createdAt: number;
  /** The agent's person, or a bot's program. */
  self: Doer;
  supervisor: Doer;
  program: Doer;
  random: Random;
}

/** Picks a final activity for someone at work. */
export function pickActivity(random: Random): Omit<Ending, "status"> {
  const [activity, text, seconds] = random.pick(activityTexts);
  return {
    activity,
    ...(text === undefined ? {} : { text }),
    ...(seconds === undefined ? {} : { ttl: { seconds, passed: random.fraction() * 1.15 } }),
  };
}

/** Returns changes of status and activity over the last weeks that lead to the ending. */
export function availabilitySteps(ending: Ending, setting: Setting): Step[] {
  const { now, createdAt, random } = setting;
  const start = Math.max(createdAt + HOUR, now - 28 * DAY);
  const sinceStatus = Math.min(pickAge(ending.status, random), (now - start) * 0.8);
  const statusAt = now - sinceStatus;
  const doer = () => pickDoer(setting);

  const steps: Step[] = [];
  for (let count = random.integer(1, 4); count > 0; count--) {
    const status = random.pick(["active", "active", "away", "offline"] as const);
    steps.push({ at: between(start, statusAt - HOUR / 2, random), doer: doer(), availability: { status } });
  }
  // Sets another status first, so that the last step is a change.
  const before = ending.status === "active" ? "away" : "active";
  const shortlyBefore = Math.max(start + MINUTE, statusAt - random.integer(20, 240) * MINUTE);
  steps.push({
    at: Math.min(shortlyBefore, statusAt - MINUTE),
    doer: doer(),
    availability: { status: before },
  });
  steps.push({ at: statusAt, doer: doer(), availability: { status: ending.status } });

  const sinceActivity = ending.ttl
    ? ending.ttl.seconds * 1000 * ending.ttl.passed
    : Math.min(random.integer(2, 240) * MINUTE, (now - start) / 3);
  const activityAt = now - Math.max(sinceActivity, 2000);
  for (let count = random.integer(0, 2); count > 0; count--) {
    const { activity, text } = pickActivity(random);
    if (!activity) continue;
    const at = between(start, activityAt - 2 * HOUR, random);
    const seconds = random.pick([900, 1800, 2700, 3600]);
    steps.push({ at, doer: setting.self, availability: declare(activity, text, seconds) });
  }
  if (ending.activity)
    steps.push({
      at: activityAt,
      doer: setting.self,
      availability: declare(ending.activity, ending.text, ending.ttl?.seconds),
    });
  return steps.filter((step) => step.at > createdAt);
}

function declare(
  activity: Activity,
  text: string | undefined,
  seconds: number | undefined,
): AvailabilityChange {
  return {
    activity,
    ...(text === undefined ? {} : { activityText: text }),
    ...(seconds === undefined ? {} : { activityTtl: seconds }),
  };
}

/** Picks how long ago a status was set: mostly today, sometimes days or weeks ago. */
function pickAge(status: AgentStatus, random: Random): number {
  const kind = random.fraction();
  if (status === "offline" && kind > 0.4) return random.integer(10 * HOUR, 4 * DAY);
  if (kind < 0.25) return random.integer(MINUTE, 45 * MINUTE);
  if (kind < 0.8) return random.integer(45 * MINUTE, 9 * HOUR);
  if (kind < 0.93) return random.integer(9 * HOUR, 5 * DAY);
  return random.integer(5 * DAY, 24 * DAY);
}

function pickDoer({ self, supervisor, program, random }: Setting): Doer {
  const chance = random.fraction();
  if (chance < 0.78) return self;
  return chance < 0.92 ? supervisor : program;
}

function between(from: number, to: number, random: Random): number {
  return Math.floor(from + random.fraction() * Math.max(to - from, MINUTE));
}

/** Properties that can't be set at creation, only by a change. */
const laterOnly = [
  "wrapUpTime",
  "defaultCallerId",
  "forwardNumber",
  "transcriptionLocale",
  "assignedSkills",
  "defaultSenderId",
  "outOfOfficeResponse",
] as const;

/**
 * Returns the history of a profile: its initial values, the setup by a supervisor, then small changes over
 * the last weeks if the person has joined. The result is exactly `profile`.
 */
export function profileSteps(
  profile: Profile,
  setting: Setting & { hasCome: boolean },
): { initial: Profile; steps: Step[] } {
  const { now, createdAt, self, supervisor, random } = setting;
  const weeksAgo = Math.max(createdAt + 2 * HOUR, now - 30 * DAY);
  let state: Profile = profile;
  const steps: Step[] = [];
  /** Undoes one change; called from the latest to the earliest. */
  const undo = (before: Profile, at: number, doer: Doer) => {
    steps.push({ at, doer, profile: { before, after: state } });
    state = before;
  };

  const recent: ((current: Profile) => Profile)[] = [];
  if (profile.bio !== undefined && random.chance(0.35))
    recent.push((current) => ({ ...without(current, "bio"), ...shortened(profile.bio) }));
  if (profile.outOfOfficeResponse !== undefined && random.chance(0.6))
    recent.push((current) => without(current, "outOfOfficeResponse"));
  if (profile.forwardNumber && random.chance(0.6))
    recent.push((current) => without(current, "forwardNumber"));
  if (random.chance(0.3)) {
    const before = schedules[random.pick(commonSchedules)];
    recent.push((current) => ({
      ...without(current, "weeklySchedule"),
      ...(before === null ? {} : { weeklySchedule: toWeeklySchedule(before) }),
    }));
  }
  if (random.chance(0.2)) recent.push((current) => ({ ...current, wrapUpTime: random.pick([0, 45, 180]) }));
  if (!setting.hasCome) recent.length = 0;
  const times = recent.map(() => between(weeksAgo, now - HOUR, random)).sort((a, b) => b - a);
  recent.forEach((take, index) => {
    const before = take(state);
    // Agents can't change their own wrap-up time.
    const own = before.wrapUpTime === state.wrapUpTime && random.chance(0.7);
    undo(before, times[index] ?? now - HOUR, own ? self : supervisor);
  });

  const bare = { ...laterOnly.reduce<Profile>((kept, property) => without(kept, property), state) };
  undo(
    { ...bare, wrapUpTime: 0, assignedSkills: [] },
    createdAt + random.integer(5, 90) * MINUTE,
    supervisor,
  );
  return { initial: state, steps: steps.reverse() };
}

function without(profile: Profile, property: keyof Profile): Profile {
  const { [property]: _, ...rest } = profile;
  return rest;
}

function shortened(bio: string | undefined): Profile {
  const first = bio?.split(". ")[0];
  return first === undefined || first === bio ? {} : { bio: `${first}.` };
}
