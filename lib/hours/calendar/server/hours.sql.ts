import type { HoursAt } from "@/lib/hours/calendar/server/workspace-hours";
import type { Values } from "@/lib/platform/database/bind";

// SQL conditions on who is in hours. The engine computes that (docs/decisions/0041-hours-once-a-key.md). Statements
// get it as arrays, the parameters of `hoursValues`, and use the tables `hours_now` and `specials`. Agents are `a`.

/** Returns the values of the parameters. */
export function hoursValues({ hourKeys, hourCodes, specialIds, specialCodes, specialOff }: HoursAt): Values {
  return { hourKeys, hourCodes, specialIds, specialCodes, specialOff };
}

/** Common table expressions: reason codes by `hours_key`, and those of agents with an override or time off. */
export const hoursTables: readonly string[] = [
  `hours_now AS MATERIALIZED (
      SELECT k.key, k.code FROM unnest(:hourKeys::uuid[], :hourCodes::text[]) k(key, code))`,
  `specials AS MATERIALIZED (
      SELECT x.id, x.code, x.off
      FROM unnest(:specialIds::uuid[], :specialCodes::text[], :specialOff::boolean[]) x(id, code, off))`,
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
export const isInHours = (id = "a.id") => `CASE WHEN ${special(id)}
          THEN ${special(id, "x.code IS NULL AND NOT x.off")} ELSE ${keyed("k.code IS NULL")} END`;
