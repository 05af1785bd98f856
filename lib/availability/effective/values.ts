import { byActivity, closingActivities } from "@/lib/availability/declared/values";

export { type Channel, channels } from "./channels";

/**
 * All deciders with their codes, in the order of all responses. A closed channel counts under its first code.
 */
export const deciderCodes = {
  membership: ["invited", "suspended"],
  status: ["offline", "away"],
  activity: closingActivities,
  timeOff: ["timeOff"],
  hours: ["holiday", "outOfHours"],
  presence: ["absent"],
  idle: ["idle"],
  wrapUp: ["wrappingUp"],
  capacity: ["atCapacity"],
  call: ["inCall"],
  response: ["notResponding"],
} as const;

export type DeciderName = keyof typeof deciderCodes;
export type CodeOf<Decider extends DeciderName> = (typeof deciderCodes)[Decider][number];
export type Code = CodeOf<DeciderName>;

export const deciderNames = Object.keys(deciderCodes) as readonly DeciderName[];
export const codes: readonly Code[] = Object.values(deciderCodes).flat();

/** Who can open the channel again, or `time` if it opens automatically. */
export const remedies = ["agent", "supervisor", "time"] as const;

export type Remedy = (typeof remedies)[number];

export const remedyOf: { readonly [code in Code]: Remedy } = {
  invited: "supervisor",
  suspended: "supervisor",
  offline: "agent",
  away: "agent",
  ...byActivity<Remedy>(() => "agent"),
  timeOff: "time",
  holiday: "time",
  outOfHours: "time",
  absent: "agent",
  idle: "agent",
  wrappingUp: "time",
  atCapacity: "supervisor",
  inCall: "time",
  notResponding: "agent",
};

/** Deciders that a policy can ignore per channel. */
export const allowableDeciders = [
  "activity",
  "hours",
  "presence",
  "idle",
  "wrapUp",
  "response",
] as const satisfies readonly DeciderName[];

export type AllowableCode = CodeOf<(typeof allowableDeciders)[number]>;

export const allowableCodes: readonly AllowableCode[] = allowableDeciders.flatMap(
  (decider): readonly AllowableCode[] => deciderCodes[decider],
);

/** The effect of presence: none, closing channels, or also setting the status. */
export const presenceModes = ["off", "gate", "sync"] as const;

/** The policy of a new workspace. */
export const defaultPolicy = {
  presence: "off",
  idleAfterMinutes: null,
  missedOffers: 2,
  enforceHours: true,
  allow: { absent: ["email"], idle: ["email"], notResponding: ["email"] },
  reassignOnLeave: null,
} as const;
