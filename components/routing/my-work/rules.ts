import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import type { Channel } from "@/lib/availability/effective/values";
import type { Conversation } from "@/lib/routing/conversations/contract";
import type { Offer } from "@/lib/routing/offers/contract";

/** How a conversation leaves its agent. */
export type Leaving = "close" | "handBack";

/** Whole seconds until an instant, 0 once it has passed. `now` is in epoch milliseconds. */
export function secondsUntil(instant: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / 1000));
}

/** The remaining share of a period, from 1 to 0. */
export function shareLeft({ from, until }: { from: string; until: string }, now: number): number {
  const [start, end] = [Date.parse(from), Date.parse(until)];
  return end > start ? Math.min(1, Math.max(0, (end - now) / (end - start))) : 0;
}

/** Splits seconds into minutes and seconds: 75 is 1 and 15. */
export const clockParts = (seconds: number) => ({ minutes: Math.floor(seconds / 60), seconds: seconds % 60 });

/** Remaining seconds at which a screen reader announces the time. */
const spokenSeconds = [30, 10] as const;

/**
 * Returns the remaining seconds to announce; undefined before the first step. A step applies only to offers
 * that last clearly longer.
 */
export function spokenStep(offer: Pick<Offer, "createdAt" | "expiresAt">, now: number): number | undefined {
  const left = secondsUntil(offer.expiresAt, now);
  const whole = secondsUntil(offer.expiresAt, Date.parse(offer.createdAt));
  return spokenSeconds.findLast((step) => left <= step && whole >= step * 2);
}

/** Why an offer can no longer be answered, as far as this page knows. */
export type Gone = "expired" | "withdrawn" | "tooLate";

/** Milliseconds by which the clocks of browser and server may differ. */
const slack = 1500;

/**
 * Returns why an offer disappeared without an answer from this page. Undefined if the agent has its
 * conversation, because they answered elsewhere.
 */
export function goneBecause(offer: Offer, open: readonly Conversation[], now: number): Gone | undefined {
  if (open.some(({ id }) => id === offer.conversationId)) return undefined;
  return Date.parse(offer.expiresAt) <= now + slack ? "expired" : "withdrawn";
}

/** Returns conversations in the order of assignment, so that a new one does not move the others. */
export function inOrder(conversations: readonly Conversation[]): Conversation[] {
  const at = ({ assignedAt, createdAt }: Conversation) => Date.parse(assignedAt ?? createdAt);
  return conversations.toSorted((one, other) => at(one) - at(other));
}

type Deciders = AvailabilityExplanation["deciders"];

/** Conditions that prevent the next conversation and can be ended with "Ready now". */
export type Pause =
  | { kind: "notResponding"; channels: readonly Channel[] }
  | { kind: "wrapUp"; from: string; until: string }
  | { kind: "none" };

export function pauseOf(deciders: Deciders, at: string): Pause {
  const missed = deciders.find(({ code }) => code === "notResponding");
  if (missed) return { kind: "notResponding", channels: missed.channels };
  const wrapUp = deciders.find(({ code }) => code === "wrappingUp");
  if (wrapUp?.until === undefined) return { kind: "none" };
  return { kind: "wrapUp", from: wrapUp.since ?? at, until: wrapUp.until };
}

/** Closing a call lets the next one in, so it asks for confirmation. Others close with one tap. */
export const asksBeforeClose = ({ channel }: Pick<Conversation, "channel">) => channel === "voice";
