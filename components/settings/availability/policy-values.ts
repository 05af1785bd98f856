import type {
  AvailabilityPolicyAnswer,
  AvailabilityPolicyChange,
} from "@/lib/availability/effective/contract";
import {
  type AllowableCode,
  allowableCodes,
  type Channel,
  type Code,
  channels,
} from "@/lib/availability/effective/values";
import { isSame } from "@/lib/platform/sameness";

/** The policy as edited: without the time of the last change, and with `allow` in a fixed order. */
export type PolicyValues = Required<Omit<AvailabilityPolicyAnswer, "updatedAt">>;

export const policyFields = [
  "presence",
  "idleAfterMinutes",
  "missedOffers",
  "enforceHours",
  "allow",
  "reassignOnLeave",
] as const satisfies readonly (keyof PolicyValues)[];

/** Smallest and largest numbers that the fields take. */
export const policyLimits = {
  idleAfterMinutes: { minValue: 1, maxValue: 240 },
  missedOffers: { minValue: 1, maxValue: 10 },
  reassignMinutes: { minValue: 0, maxValue: 1440 },
} as const;

/** Returns whether all numbers are within their limits. */
export function isWithinLimits({ idleAfterMinutes, missedOffers, reassignOnLeave }: PolicyValues): boolean {
  const isWithin = (value: number | null, limit: keyof typeof policyLimits) =>
    value === null || (value >= policyLimits[limit].minValue && value <= policyLimits[limit].maxValue);
  return (
    isWithin(idleAfterMinutes, "idleAfterMinutes") &&
    isWithin(missedOffers, "missedOffers") &&
    channels.every((channel) => isWithin((reassignOnLeave?.[channel] ?? 0) / 60, "reassignMinutes"))
  );
}

export type PolicyField = (typeof policyFields)[number];

export function valuesOf({ updatedAt: _, ...policy }: AvailabilityPolicyAnswer): PolicyValues {
  return {
    ...policy,
    allow: inOrder(policy.allow),
    reassignOnLeave: channelsInOrder(policy.reassignOnLeave ?? {}),
  };
}

export const isOpenDespite = ({ allow }: PolicyValues, code: AllowableCode, channel: Channel) =>
  allow[code]?.includes(channel) ?? false;

/** Returns the values with one channel opened or closed for a code. */
export function withException(
  values: PolicyValues,
  code: AllowableCode,
  channel: Channel,
  isOpen: boolean,
): PolicyValues {
  const others = (values.allow[code] ?? []).filter((each) => each !== channel);
  const open = isOpen ? [...others, channel] : others;
  return { ...values, allow: inOrder({ ...values.allow, [code]: open }) };
}

/** Returns the values with another time for one channel; null means never. */
export function withReassignment(
  values: PolicyValues,
  channel: Channel,
  seconds: number | null,
): PolicyValues {
  const times = { ...values.reassignOnLeave, [channel]: seconds ?? undefined };
  return { ...values, reassignOnLeave: channelsInOrder(times) };
}

/** Removes channels without a time, so that equal settings compare as equal; null if none remain. */
function channelsInOrder(times: NonNullable<PolicyValues["reassignOnLeave"]>) {
  const named = channels.filter((channel) => times[channel] !== undefined);
  return named.length === 0 ? null : Object.fromEntries(named.map((channel) => [channel, times[channel]]));
}

/** Sorts codes and channels and removes empty codes, so that equal exceptions compare as equal. */
function inOrder(allow: PolicyValues["allow"]): PolicyValues["allow"] {
  return Object.fromEntries(
    allowableCodes.flatMap((code) => {
      const open = channels.filter((channel) => allow[code]?.includes(channel));
      return open.length > 0 ? [[code, open]] : [];
    }),
  );
}

/** Returns the fields that differ. */
export function changedFields(before: PolicyValues, after: PolicyValues): PolicyField[] {
  return policyFields.filter((field) => !isSame(before[field], after[field]));
}

export function changeOf(fields: readonly PolicyField[], values: PolicyValues): AvailabilityPolicyChange {
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}

/**
 * Merges a newer policy into edited values: fields that were not edited follow it. Returns undefined if an
 * edited field was changed by someone else, too.
 */
export function mergeValues(
  base: PolicyValues,
  mine: PolicyValues,
  theirs: PolicyValues,
): PolicyValues | undefined {
  const edited = changedFields(base, mine);
  const moved = changedFields(base, theirs);
  const clash = edited.some((field) => moved.includes(field) && !isSame(mine[field], theirs[field]));
  return clash ? undefined : { ...theirs, ...(changeOf(edited, mine) as Partial<PolicyValues>) };
}

/** Returns whether a code can occur with these settings. */
export function isUsed({ presence, idleAfterMinutes, missedOffers, enforceHours }: PolicyValues, code: Code) {
  if (code === "absent") return presence !== "off";
  if (code === "idle") return presence !== "off" && idleAfterMinutes !== null;
  if (code === "notResponding") return missedOffers !== null;
  if (code === "holiday" || code === "outOfHours") return enforceHours;
  return true;
}
