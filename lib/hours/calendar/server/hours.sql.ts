import type { HoursAt } from "@/lib/hours/calendar/server/workspace-hours";
import type { Values } from "@/lib/platform/database/bind";

// SQL conditions on who is in hours. The engine computes that (docs/decisions/0041-hours-once-a-key.md). Statements
// get it as arrays, the parameters of `hoursValues`, and use the tables `hours_now` and `specials`. Agents are `a`. The
// list asks only who is in hours, so it gets less: the parameters of `inHoursValues` and the table `differing`.

/** Returns the values of the parameters. */
export function hoursValues({ hourKeys, hourCodes, specialIds, specialCodes, specialOff }: HoursAt): Values {
  return { hourKeys, hourCodes, specialIds, specialCodes, specialOff };
}

/** Returns the values of the parameters of `inHoursTables`. */
export function inHoursValues({ hourKeys, hourCodes, differing, shift }: HoursAt): Values {
  return { hourKeys, hourCodes, differing, shift };
}

const keyTable = `hours_now AS MATERIALIZED (
      SELECT k.key, k.code FROM unnest(:hourKeys::uuid[], :hourCodes::text[]) k(key, code))`;

/** Common table expressions: reason codes by `hours_key`, and those of agents with an override or time off. */
export const hoursTables: readonly string[] = [
  keyTable,
  `specials AS MATERIALIZED (
      SELECT x.id, x.code, x.off
      FROM unnest(:specialIds::uuid[], :specialCodes::text[], :specialOff::boolean[]) x(id, code, off))`,
];

/**
 * Common table expressions: reason codes by `hours_key`, the agents for whom the key has the wrong answer to whether they
 * are in hours, and how many more agents are in hours than by key (`hours_shift`).
 */
export const inHoursTables: readonly string[] = [
  keyTable,
  "differing AS MATERIALIZED (SELECT unnest(:differing::uuid[]) AS id)",
  "hours_shift AS MATERIALIZED (SELECT :shift::int AS amount)",
];

// PostgreSQL hashes each subquery once per statement.
const special = (id: string, condition = "true") =>
  `${id} IN (SELECT x.id FROM specials x WHERE ${condition})`;
const keyed = (condition: string) => `a.hours_key IN (SELECT k.key FROM hours_now k WHERE ${condition})`;

/** Whether the agent is on time off. */
export const isOff = special("a.id", "x.off");

/** Whether a holiday keeps the agent from working. Ignores time off. */
export const isHoliday = `CASE WHEN ${special("a.id")} THEN ${special("a.id", "x.code = 'holiday'")}
          ELSE ${keyed("k.code = 'holiday'")} END`;

/** Whether the agent is out of hours without a holiday. Ignores time off. Unknown keys are out of hours. */
export const isOutOfHours = `CASE WHEN ${special("a.id")} THEN ${special("a.id", "x.code = 'outOfHours'")}
          ELSE NOT ${keyed("true")} END`;

/** Whether the agent is in hours and not on time off. */
export const isInHours = `CASE WHEN ${special("a.id")}
          THEN ${special("a.id", "x.code IS NULL AND NOT x.off")} ELSE ${keyed("k.code IS NULL")} END`;

/** Like `isInHours`, with `inHoursTables`. `id` is the column with the agent's id. */
export const isInHoursBrief = (id: string) =>
  `(${keyed("k.code IS NULL")} <> (${id} IN (SELECT d.id FROM differing d)))`;
