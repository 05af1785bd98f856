import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import type { Dice } from "./dice";

/** What a step of the demo looks at. */
export interface Actor {
  status: "active" | "away" | "offline";
  /** In effect now. */
  activity: string;
  messaging: number;
  email: number;
  /** How many conversations the agent can take. */
  capacity: { messaging: number; email: number };
}

/** What an agent of the demo does next. */
export interface Step {
  availability?: AvailabilityChange;
  load?: { messaging: number; email: number };
}

/** Activities with text and seconds. */
type Occupation = readonly [NonNullable<AvailabilityChange["activity"]>, string | undefined, number];

const activities: readonly [Occupation, ...Occupation[]] = [
  ["onBreak", "Coffee ☕", 600],
  ["onBreak", "Lunch", 1800],
  ["busy", "Writing to a supplier", 900],
  ["inMeeting", "Stand-up 🧍", 900],
  ["wrapUp", undefined, 120],
];

/** Chances per step that keep about two thirds of the agents at work. */
const chances = { leave: 0.04, arrive: 0.1, pause: 0.08, resume: 0.2 } as const;

/** Returns what an agent does next: most steps move a conversation, some change what the agent declares. */
export function nextStep(actor: Actor, dice: Dice): Step {
  if (actor.status !== "active")
    return dice.chance(chances.arrive) ? { availability: { status: "active" } } : {};
  if (actor.activity !== "available")
    return dice.chance(chances.resume) ? { availability: { activity: "available" } } : {};
  if (dice.chance(chances.leave))
    return {
      availability: { status: dice.pick(["away", "offline"] as const) },
      load: { messaging: 0, email: actor.email },
    };
  if (dice.chance(chances.pause)) {
    const [activity, activityText, activityTtl] = dice.pick(activities);
    return { availability: { activity, activityTtl, ...(activityText ? { activityText } : {}) } };
  }
  const load = { messaging: actor.messaging, email: actor.email };
  const channel = dice.pick(["messaging", "messaging", "email"] as const);
  const isFull = load[channel] >= actor.capacity[channel];
  if (!isFull && (load[channel] === 0 || dice.chance(0.5))) load[channel]++;
  else if (load[channel] > 0) load[channel]--;
  return { load };
}
