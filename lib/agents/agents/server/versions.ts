import { createHash } from "node:crypto";
import type { Agent } from "@/lib/agents/agents/contract";
import { isSame } from "@/lib/platform/sameness";

/**
 * The entity tag of an agent: its version, and a fingerprint of the whole answer (JSON text). The fingerprint also moves
 * with what lies outside the agent: teams, roles, rules.
 */
export function entityTag(version: number, answer: string): string {
  const fingerprint = createHash("sha256").update(answer).digest("base64url").slice(0, 16);
  return `"${version}.${fingerprint}"`;
}

/** The tag of an answer, and whether its next copy differs by the clock alone: it then holds the seconds left of an activity. */
export function tagged(version: number, answer: string): { etag: string; isFleeting: boolean } {
  // Quotes inside of a text are escaped, so that this can only be the property itself.
  return { etag: entityTag(version, answer), isFleeting: /,"activityTtl":\d+/.test(answer) };
}

/** What is wrong with a list of agents in a body: each id that is not among the known ones, under its position. */
export function unknownAgents(
  property: string,
  ids: readonly string[],
  known: ReadonlySet<string>,
): Record<string, string[]> {
  return Object.fromEntries(
    ids.flatMap((id, position) =>
      known.has(id) ? [] : [[`${property}.${position}`, ["is no agent of this workspace."]]],
    ),
  );
}

/** What the ledger records of a change: each property that differs, with what it was and what it became. */
export function changedFields<T extends object>(
  before: T,
  after: T,
  properties: readonly (keyof T & string)[],
): Record<string, { before?: unknown; after?: unknown }> {
  const fields: Record<string, { before?: unknown; after?: unknown }> = {};
  for (const property of properties) {
    if (isSame(before[property], after[property])) continue;
    fields[property] = {
      ...(before[property] === undefined ? {} : { before: before[property] }),
      ...(after[property] === undefined ? {} : { after: after[property] }),
    };
  }
  return fields;
}

/** The properties of an agent that a change can touch, as the ledger names them. */
export const recordedProperties = [
  "name",
  "bio",
  "avatarUrl",
  "dropVms",
  "wrapUpTime",
  "timezone",
  "defaultCountryCode",
  "defaultCallerId",
  "forwardNumber",
  "transcriptionLocale",
  "weeklySchedule",
  "holidays",
  "assignedSkills",
  "defaultSenderId",
  "outOfOfficeResponse",
] as const satisfies readonly (keyof Agent)[];
