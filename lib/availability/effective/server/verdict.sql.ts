import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import { type Channel, type Code, channels, codes } from "@/lib/availability/effective/values";
import { daysValue, offHours, usedHours } from "@/lib/hours/schedule/server/hours.sql";
import { bind, type Values } from "@/lib/platform/database/bind";
import { MINUTE_MS } from "@/lib/platform/time/calendar";

// The SQL twin of `verdictsAt`, for lists and counts. A test holds the two together. Builds text only. Expressions are
// about `agents a` and `agent_states s`, and use `:workspaceId`.

/** What answers about all agents of a workspace depend on. */
export interface Circumstances {
  policy: AvailabilityPolicy;
  /** Time zones in use in the workspace. */
  timezones: readonly string[];
}

/** What a question is about. Times are epoch milliseconds. */
export interface Question extends Circumstances {
  at: number;
  /** The time of the request; `at` is not before it. */
  now: number;
  /** Replaces the database's clock in tests. */
  clock?: string;
}

/** SQL that answers a question. A statement takes those of the values that it uses: `valuesIn`. */
export interface VerdictSql {
  values: Values;
  /** Common table expressions, as `name AS …`. */
  tables: readonly string[];
  /** The first code that closes the channel; NULL if it is open. */
  firstCode: (channel: Channel) => string;
}

/** The present by the database's clock, as sessions are: clocks of applications may differ. */
const CLOCK = "statement_timestamp()";

export function verdictSql({ policy, timezones, at, now, clock = CLOCK }: Question): VerdictSql {
  const { idleAfterMinutes, enforceHours } = policy;
  const moment = at > now ? `(${clock} + ${milliseconds(":ahead")})` : clock;
  return {
    values: {
      at,
      ahead: at - now,
      days: enforceHours ? daysValue(timezones, at) : "",
      idleAfter: (idleAfterMinutes ?? 0) * MINUTE_MS,
    },
    tables: enforceHours ? [usedHours, offHours] : [],
    firstCode(channel) {
      const conditions = conditionsOf(channel, policy, clock, moment);
      const whens = codes.flatMap((code) => {
        const condition = conditions[code];
        return condition === null || isAllowed(policy, code, channel)
          ? []
          : [`WHEN ${condition} THEN '${code}'`];
      });
      return `CASE ${whens.join("\n        ")} END`;
    },
  };
}

/** Returns the values of the parameters that a text uses. */
export function valuesIn(text: string, values: Values): Values {
  const { names } = bind(text);
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

const milliseconds = (parameter: string) => `${parameter}::double precision * interval '1 millisecond'`;

function isAllowed({ allow }: AvailabilityPolicy, code: Code, channel: Channel): boolean {
  const despite: { readonly [code in Code]?: readonly Channel[] | undefined } = allow;
  return despite[code]?.includes(channel) ?? false;
}

/** For each code, when it closes the channel, before the policy's `allow`; null if nothing is recorded for it yet. */
function conditionsOf(
  channel: Channel,
  { presence, idleAfterMinutes, enforceHours }: AvailabilityPolicy,
  clock: string,
  moment: string,
): { [code in Code]: string | null } {
  const person = "a.type = 'user'";
  const isMember = (status: string) =>
    `${person} AND a.user_id IN (SELECT m.user_id FROM memberships m
          WHERE m.workspace_id = :workspaceId::uuid AND m.status = '${status}')`;
  const does = (activity: string) =>
    `s.activity = '${activity}' AND (s.activity_expires_at IS NULL OR s.activity_expires_at > ${AT})`;
  const isOff = (code: string) =>
    enforceHours
      ? `${person} AND a.hours_key IN (SELECT o.key FROM off_hours o WHERE o.code = '${code}')`
      : null;
  const session = (which: string) => `EXISTS (SELECT 1 FROM presence_sessions o
          WHERE o.workspace_id = :workspaceId::uuid AND o.agent_id = s.agent_id
            AND o.ends_at > CASE WHEN o.ended_at IS NULL THEN ${clock} ELSE ${moment} END${which})`;
  const inUse = ` AND o.last_input_at > ${moment} - ${milliseconds(":idleAfter")}`;
  const reachable = channel === "voice" ? " AND NOT coalesce(a.forward_enabled, false)" : "";
  return {
    invited: isMember("invited"),
    suspended: isMember("suspended"),
    offline: "s.status = 'offline'",
    away: "s.status = 'away'",
    busy: does("busy"),
    onCall: does("onCall"),
    wrapUp: does("wrapUp"),
    onBreak: does("onBreak"),
    inMeeting: does("inMeeting"),
    timeOff: null,
    holiday: isOff("holiday"),
    outOfHours: isOff("outOfHours"),
    absent: presence === "off" ? null : `${person}${reachable} AND NOT ${session("")}`,
    idle:
      presence === "off" || idleAfterMinutes === null
        ? null
        : `${person} AND ${session("")} AND NOT ${session(inUse)}`,
    wrappingUp: null,
    atCapacity: `${openOn(channel)} >= ${capacityOf(channel)}`,
    inCall: null,
    notResponding: null,
  };
}

const AT = "to_timestamp(:at::double precision / 1000)";

/** The effective activity. */
export const activityAt = `CASE WHEN s.activity_expires_at <= ${AT} THEN 'available' ELSE s.activity END`;

/** Conversations of a channel that are open. Calls and offers are not recorded yet. */
export function openOn(channel: Channel): string {
  return { messaging: "s.messaging_count", email: "s.email_count", voice: "0" }[channel];
}

/** The capacity of a channel; NULL if unlimited. The default rule is read once for a statement. */
export function capacityOf(channel: Channel): string {
  if (channel === "voice") return "1";
  const rule = (which: string) => `(SELECT r.${channel}_capacity FROM capacity_rules r
          WHERE r.workspace_id = :workspaceId::uuid AND ${which})`;
  return `CASE WHEN s.capacity_rule_id IS NULL THEN ${rule("r.is_default")} ELSE ${rule("r.id = s.capacity_rule_id")} END`;
}

/**
 * All agents of the workspace with their states, as `a` and `s`. The full join of two tables with the same ids is
 * never planned as a nested loop (docs/decisions/0020-plans-that-do-not-change.md); an index covers `a`.
 */
export const allAgents = `(SELECT id, type, user_id, hours_key, forward_enabled FROM agents
      WHERE workspace_id = :workspaceId::uuid) a
    FULL JOIN (SELECT agent_id, status, activity, activity_expires_at, messaging_count, email_count, capacity_rule_id,
        last_assigned_at
      FROM agent_states WHERE workspace_id = :workspaceId::uuid) s ON s.agent_id = a.id`;

/** The agents of a query of distinct ids, as `a` and `s`, each read by its key. */
export const agentsAmong = (ids: string) => `(${ids}) f(id)
    CROSS JOIN LATERAL (SELECT * FROM agents WHERE workspace_id = :workspaceId::uuid AND id = f.id OFFSET 0) a
    CROSS JOIN LATERAL (SELECT * FROM agent_states
      WHERE workspace_id = :workspaceId::uuid AND agent_id = f.id OFFSET 0) s`;

/** Whether the agent can take a conversation on one of the channels. */
export const canTake = ({ firstCode }: VerdictSql, wanted: readonly Channel[]) =>
  `(${channels
    .filter((channel) => wanted.includes(channel))
    .map((channel) => `(${firstCode(channel)}) IS NULL`)
    .join(" OR ")})`;
