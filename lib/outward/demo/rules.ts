import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import type { Channel } from "@/lib/availability/effective/values";
import type { Dice } from "./dice";
import { subjects } from "./subjects";

/** Input of one step of the demo. */
export interface Actor {
  status: "active" | "away" | "offline";
  /** The effective value, not an expired one. */
  activity: string;
}

/** Activities with text and duration in seconds. */
type Occupation = readonly [NonNullable<AvailabilityChange["activity"]>, string | undefined, number];

const activities: readonly [Occupation, ...Occupation[]] = [
  ["onBreak", "Coffee ☕", 600],
  ["onBreak", "Lunch", 1800],
  ["busy", "Writing to a supplier", 900],
  ["inMeeting", "Stand-up 🧍", 900],
  ["wrapUp", undefined, 120],
];

/** Probabilities per step that keep about two thirds of the agents at work. */
const chances = { leave: 0.04, arrive: 0.1, pause: 0.08, resume: 0.2 } as const;

/** Returns an agent's next change; undefined for none. */
export function nextChange(actor: Actor, dice: Dice): AvailabilityChange | undefined {
  if (actor.status !== "active") return dice.chance(chances.arrive) ? { status: "active" } : undefined;
  if (actor.activity !== "available")
    return dice.chance(chances.resume) ? { activity: "available" } : undefined;
  if (dice.chance(chances.leave)) return { status: dice.pick(["away", "offline"] as const) };
  if (!dice.chance(chances.pause)) return undefined;
  const [activity, activityText, activityTtl] = dice.pick(activities);
  return { activity, activityTtl, ...(activityText ? { activityText } : {}) };
}

/** A demo queue. */
export interface DemoQueue {
  id: string;
  /** Whether the queue has calls; other queues have messages and email. */
  hasCalls: boolean;
  /** How many agents can currently take a conversation. */
  canTake: { [channel in Channel]: number };
}

/** A skill that some agent has, with one of that agent's values if any. */
export interface DemoSkill {
  skillId: string;
  valueIds: string[];
}

/** An incoming conversation. */
export interface Arrival {
  channel: Channel;
  queueId: string;
  priority: number;
  subject?: string;
  requiredSkills: DemoSkill[];
}

/** Maximum number of open conversations of a live desk. */
export const mostOpen = 60;
/**
 * In seconds: the minimum age before a conversation may close, how long customers wait, and how long an agent
 * takes to answer.
 */
export const deskTimes = { handling: 90, patience: 900, callPatience: 180, thinking: 2 } as const;

/** Probabilities per five-second step: about four arrivals a minute, each open for about five minutes. */
const deskChances = {
  arrive: 0.33,
  skill: 0.3,
  stuck: 0.05,
  close: 0.025,
  answer: 0.5,
  decline: 0.1,
} as const;

/** Returns the conversation that arrives in this step, if any. */
export function nextArrival(
  { open, queues, skills }: { open: number; queues: readonly DemoQueue[]; skills: readonly DemoSkill[] },
  dice: Dice,
): Arrival | undefined {
  if (open >= mostOpen || !dice.chance(deskChances.arrive)) return undefined;
  const places = queues.flatMap(({ id, hasCalls, canTake }) =>
    (hasCalls ? (["voice"] as const) : (["messaging", "messaging", "email"] as const)).map((channel) => ({
      queueId: id,
      channel,
      isOpen: canTake[channel] > 0,
    })),
  );
  const isOpen = !dice.chance(deskChances.stuck);
  const [place] = dice.some(
    places.filter((each) => each.isOpen === isOpen),
    1,
  );
  if (!place) return undefined;
  const { queueId, channel } = place;
  return {
    channel,
    queueId,
    priority: dice.pick([50, 50, 50, 80]),
    ...(channel === "voice" ? {} : { subject: dice.pick(subjects[channel]) }),
    requiredSkills: dice.chance(deskChances.skill) ? dice.some(skills, 1) : [],
  };
}

/** Returns whether an agent finishes a conversation in this step. */
export const closesNow = (dice: Dice) => dice.chance(deskChances.close);

/** Returns how an agent answers an offer in this step; undefined if they don't. */
export function nextAnswer(dice: Dice): "accept" | "decline" | undefined {
  if (!dice.chance(deskChances.answer)) return undefined;
  return dice.chance(deskChances.decline) ? "decline" : "accept";
}
