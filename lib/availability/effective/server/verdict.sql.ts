import { byActivity } from "@/lib/availability/declared/values";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import { type Channel, type Code, channels, codes, deciderCodes } from "@/lib/availability/effective/values";
import {
  hoursTables,
  hoursValues,
  isHoliday,
  isOff,
  isOutOfHours,
} from "@/lib/hours/calendar/server/hours.sql";
import type { WorkspaceHours } from "@/lib/hours/calendar/server/workspace-hours";
import { bind, type Values } from "@/lib/platform/database/bind";
import { MINUTE_MS } from "@/lib/platform/time/calendar";

// The SQL equivalent of `verdictsAt`, for lists and counts. A test compares both. Only builds text.
// Expressions refer to `agents a` and `agent_states s`, and use `:workspaceId`.

/** Workspace data needed to evaluate all agents. */
export interface Circumstances {
  policy: AvailabilityPolicy;
  hours: WorkspaceHours;
}

/** Input of a verdict query. Times are epoch milliseconds. */
export interface Question extends Circumstances {
  at: number;
  /** The time of the request; not after `at`. */
  now: number;
  /** Replaces the database's clock in tests. */
  clock?: string;
}

/** SQL for a verdict query. Bind only the parameters that the statement uses, with `valuesIn`. */
export interface VerdictSql {
  values: Values;
  /** Common table expressions, as `name AS …`. */
  tables: readonly string[];
  /** The first code that closes the channel; NULL if it is open. */
  firstCode: (channel: Channel) => string;
  /**
   * The first code of every channel, as `text[]` in the order of `channels`. Shared conditions are evaluated
   * once.
   */
  firstCodes: string;
  /** The number of offers on the channel that are still pending at that time. */
  offered: (channel: Channel) => string;
  /**
   * A FROM and WHERE clause for the workspace's agents as `a` and `s`, without agents whose status or
   * activity closes all channels.
   */
  mayBeOpen: string;
  /** A query of `code` and `agents`: the agents that `mayBeOpen` leaves out, by first code. */
  leftOut: string;
}

/** The current time by the database's clock, like session times: the clocks of servers may differ. */
const CLOCK = "statement_timestamp()";

export function verdictSql({ policy, hours, at, now, clock = CLOCK }: Question): VerdictSql {
  const { idleAfterMinutes } = policy;
  const moment = at > now ? `(${clock} + ${milliseconds(":ahead")})` : clock;
  function conditionsOn(channel: Channel): Step[] {
    const conditions = conditionsOf(channel, policy, clock, moment);
    return codes.map((code) => [code, isAllowed(policy, code, channel) ? null : conditions[code]]);
  }
  return {
    values: {
      at,
      ahead: at - now,
      ...hoursValues(hours.at(at)),
      idleAfter: (idleAfterMinutes ?? 0) * MINUTE_MS,
    },
    tables: hoursTables,
    offered: offeredOn,
    ...byState(policy),
    firstCode: (channel) => caseOf(conditionsOn(channel)),
    firstCodes: firstCodesOf(channels.map(conditionsOn)),
  };
}

/** A code that may close a channel, and its condition; null if it never does. */
type Step = readonly [code: Code, condition: string | null];

function caseOf(steps: readonly Step[], valueFor = (code: Code) => code as string, open = "NULL"): string {
  const whens = steps.flatMap(([code, condition]) =>
    condition === null ? [] : [`WHEN ${condition} THEN '${valueFor(code)}'`],
  );
  return `CASE ${whens.join("\n        ")} ELSE ${open} END`;
}

/** `capacity` differs between channels, so there is always a first step that they don't share. */
function firstCodesOf(steps: readonly (readonly Step[])[]): string {
  const [first = [], ...others] = steps;
  const shared = first.findIndex(([, condition], nth) =>
    others.some((other) => other[nth]?.[1] !== condition),
  );
  const own = steps.map((each) => caseOf(each.slice(shared)));
  return caseOf(
    first.slice(0, shared),
    (code) => `{${steps.map(() => code).join()}}`,
    `ARRAY[${own.join(", ")}]::text[]`,
  );
}

/** Returns the values of the parameters that a text uses. */
export function valuesIn(text: string, values: Values): Values {
  const { names } = bind(text);
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

/**
 * Finds active, available agents by index. Counts the others by index and from maintained counts. Agents who
 * are not active members are counted again, because membership comes before status.
 */
function byState(policy: AvailabilityPolicy): Pick<VerdictSql, "mayBeOpen" | "leftOut"> {
  const inWorkspace = "workspace_id = :workspaceId::uuid";
  const { activity: activities } = deciderCodes;
  const list = (some: readonly string[]) => `('{${some.join()}}'::activity[])`;
  const isHarmless = (code: Code) => channels.some((channel) => isAllowed(policy, code, channel));
  const closing = list(activities.filter((code) => !isHarmless(code)));
  const harmless = list(["available", ...activities.filter(isHarmless)]);
  // `IS TRUE` makes it a value, not a condition, so that PostgreSQL uses the index on expiry.
  const isOver = `s.${inWorkspace} AND s.activity_expires_at <= ${AT}
        AND (s.status = 'active' AND s.activity = ANY${closing}) IS TRUE`;
  return {
    // With `s.agent_id IS NOT NULL`, PostgreSQL would turn the full join into a left join, which can become a
    // nested loop.
    mayBeOpen: `${agentsWith(`SELECT ${stateColumns} FROM agent_states s
        WHERE s.${inWorkspace} AND s.status = 'active' AND s.activity = ANY${harmless}
        UNION ALL SELECT ${stateColumns} FROM agent_states s WHERE ${isOver}`)} WHERE (s.agent_id IS NULL) IS NOT TRUE`,
    leftOut: `SELECT code, sum(agents)::int AS agents FROM (
        SELECT n.value AS code, n.amount AS agents FROM agent_counts n
        WHERE n.${inWorkspace} AND n.facet = 'status' AND n.value <> 'active'
        UNION ALL
        SELECT c.activity::text, (SELECT count(*) FROM agent_states s
          WHERE s.${inWorkspace} AND s.activity = c.activity AND s.status = 'active')
        FROM unnest(${closing}) c(activity)
        UNION ALL
        SELECT s.activity::text, -count(*) FROM agent_states s WHERE ${isOver} GROUP BY s.activity
        UNION ALL
        SELECT c.code, c.agents FROM memberships m
        CROSS JOIN LATERAL (SELECT * FROM agents WHERE ${inWorkspace} AND user_id = m.user_id OFFSET 0) a
        CROSS JOIN LATERAL (SELECT * FROM agent_states WHERE ${inWorkspace} AND agent_id = a.id OFFSET 0) s
        CROSS JOIN LATERAL (VALUES (m.status::text, 1),
          (CASE s.status WHEN 'active' THEN s.activity::text ELSE s.status::text END, -1)) c(code, agents)
        WHERE m.${inWorkspace} AND m.status <> 'active' AND (s.status <> 'active'
          OR (s.activity = ANY${closing} AND (s.activity_expires_at IS NULL OR s.activity_expires_at > ${AT})))
        ) parts GROUP BY code HAVING sum(agents) > 0`,
  };
}

const milliseconds = (parameter: string) => `${parameter}::double precision * interval '1 millisecond'`;

function isAllowed({ allow }: AvailabilityPolicy, code: Code, channel: Channel): boolean {
  const despite: { readonly [code in Code]?: readonly Channel[] | undefined } = allow;
  return despite[code]?.includes(channel) ?? false;
}

/** The condition under which each code closes the channel, before the policy's `allow`; null if never. */
function conditionsOf(
  channel: Channel,
  { presence, idleAfterMinutes, missedOffers, enforceHours }: AvailabilityPolicy,
  clock: string,
  moment: string,
): { [code in Code]: string | null } {
  const person = "a.type = 'user'";
  const isMember = (status: string) =>
    `${person} AND a.user_id IN (SELECT m.user_id FROM memberships m
          WHERE m.workspace_id = :workspaceId::uuid AND m.status = '${status}')`;
  const does = (activity: string) =>
    `s.activity = '${activity}' AND (s.activity_expires_at IS NULL OR s.activity_expires_at > ${AT})`;
  const enforced = (condition: string) => (enforceHours ? `${person} AND ${condition}` : null);
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
    ...byActivity(does),
    timeOff: `${person} AND ${isOff}`,
    holiday: enforced(isHoliday),
    outOfHours: enforced(isOutOfHours),
    absent: presence === "off" ? null : `${person}${reachable} AND NOT ${session("")}`,
    idle:
      presence === "off" || idleAfterMinutes === null
        ? null
        : `${person} AND ${session("")} AND NOT ${session(inUse)}`,
    wrappingUp: `s.last_closed_at IS NOT NULL AND s.last_closed_at + make_interval(secs => a.wrap_up_time) > ${AT}`,
    atCapacity: `${openOn(channel)} + ${offeredOn(channel)} >= ${capacityOf(channel)}`,
    inCall: channel === "voice" ? null : `(${openOn("voice")} > 0 OR ${hasOffer(liveOn("voice"))})`,
    notResponding: missedOffers === null ? null : `${person} AND ${missed} >= ${missedOffers}`,
  };
}

const AT = "to_timestamp(:at::double precision / 1000)";

/** Pending offers, including expired ones that are not settled yet. */
const pendingOffers = `FROM offers o
          WHERE o.workspace_id = :workspaceId::uuid AND o.state = 'pending'`;

/** A hashed subquery, evaluated once per statement. Most agents have no offer, so they cost one lookup. */
const hasOffer = (which: string) => `s.agent_id IN (SELECT o.agent_id ${pendingOffers} AND ${which})`;

/** Read only for agents who have an offer. */
const offersThat = (which: string) => `CASE WHEN ${hasOffer(which)}
          THEN (SELECT count(*)::int ${pendingOffers} AND o.agent_id = s.agent_id AND ${which}) ELSE 0 END`;

const liveOn = (channel: Channel) => `o.channel = '${channel}' AND o.expires_at > ${AT}`;

const offeredOn = (channel: Channel) => offersThat(liveOn(channel));

/**
 * When the agent of state `s` last responded. Offers that expired before that are not missed, even if not
 * settled yet.
 */
export const respondedAt = (s: string) =>
  `GREATEST(${s}.ready_at, ${s}.last_status_set, ${s}.last_activity_set)`;

/** Offers of the current series that expired without an answer. */
const missed = `cardinality(s.missed_offers_at) + ${offersThat(
  `o.expires_at <= ${AT} AND o.expires_at > (SELECT ${respondedAt("t")} FROM agent_states t
            WHERE t.workspace_id = o.workspace_id AND t.agent_id = o.agent_id)`,
)}`;

/** The effective activity. */
export const activityAt = `CASE WHEN s.activity_expires_at <= ${AT} THEN 'available' ELSE s.activity END`;

/** Open conversations of a channel. */
export function openOn(channel: Channel): string {
  return `s.${channel}_count`;
}

/** The capacity of a channel; NULL if unlimited. The rules are read once per statement. */
export function capacityOf(channel: Channel): string {
  if (channel === "voice") return "1";
  const rules = `FROM capacity_rules r WHERE r.workspace_id = :workspaceId::uuid`;
  return `CASE WHEN s.capacity_rule_id IS NULL
          THEN (SELECT r.${channel}_capacity ${rules} AND r.is_default)
          ELSE ((SELECT jsonb_object_agg(r.id, r.${channel}_capacity) ${rules}) ->> s.capacity_rule_id::text)::int END`;
}

const stateColumns = `agent_id, status, activity, activity_expires_at, messaging_count, email_count, voice_count,
        capacity_rule_id, last_assigned_at, last_closed_at, missed_offers_at`;

/**
 * Agents of the workspace as `a`, joined with the states that a query returns as `s`. PostgreSQL never plans
 * a full join as a nested loop, and merges it in this order
 * (docs/decisions/0020-plans-that-do-not-change.md). An index covers `a`.
 */
const agentsWith = (states: string) => `(SELECT id, type, user_id, hours_key, forward_enabled, wrap_up_time
      FROM agents WHERE workspace_id = :workspaceId::uuid ORDER BY id) a
    FULL JOIN (${states} ORDER BY agent_id) s ON s.agent_id = a.id`;

/** All agents of the workspace with their states, as `a` and `s`. */
export const allAgents = agentsWith(
  `SELECT ${stateColumns} FROM agent_states WHERE workspace_id = :workspaceId::uuid`,
);

/** The agents of a query of distinct ids, as `a` and `s`, each read by primary key. */
export const agentsAmong = (ids: string) => `(${ids}) f(id)
    CROSS JOIN LATERAL (SELECT * FROM agents WHERE workspace_id = :workspaceId::uuid AND id = f.id OFFSET 0) a
    CROSS JOIN LATERAL (SELECT * FROM agent_states
      WHERE workspace_id = :workspaceId::uuid AND agent_id = f.id OFFSET 0) s`;

/** SQL: whether the agent can take a conversation on one of the channels. */
export const canTake = ({ firstCode }: VerdictSql, wanted: readonly Channel[]) =>
  `(${channels
    .filter((channel) => wanted.includes(channel))
    .map((channel) => `(${firstCode(channel)}) IS NULL`)
    .join(" OR ")})`;
