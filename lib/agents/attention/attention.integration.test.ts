import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAttentionRepository } from "@/lib/agents/attention/server/repository";
import { type AttentionReason, attentionReasons, usualAwayMinutes } from "@/lib/agents/attention/values";
import { createDatabase } from "@/lib/platform/database/db";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { repeatedSeed, testDatabaseUrl } from "@/lib/testing/environment";
import {
  combineRows,
  insertRows,
  makeAgent,
  makeMembership,
  makePerson,
  makeWorkspace,
} from "@/lib/testing/factories";
import { findHours, noHours } from "@/lib/testing/hours";

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());

const publicUrl = "http://127.0.0.1:3000";
const repository = createAttentionRepository(db, publicUrl);
const workspaceId = newId<AuthorizedWorkspaceId>();
const now = new Date();
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const teamIds = [newId(), newId()];
const rules = [
  { id: newId(), messaging: 3, email: 5, isDefault: true },
  { id: newId(), messaging: 6, email: 1, isDefault: false },
];

const minutes = fc.constantFrom(5, usualAwayMinutes - 1, usualAwayMinutes + 1, 600);
const states = fc.record({
  isBot: fc.integer({ min: 0, max: 5 }).map((value) => value === 0),
  membership: fc.constantFrom(
    "active" as const,
    "active" as const,
    "active" as const,
    "invited",
    "suspended",
  ),
  status: fc.constantFrom("active" as const, "active" as const, "away" as const, "offline" as const),
  activity: fc.constantFrom("available" as const, "onBreak" as const, "busy" as const),
  statusFor: minutes,
  activityFor: minutes,
  endsIn: fc.constantFrom(null, -1, 10),
  isAlwaysInHours: fc.boolean(),
  messaging: fc.nat(8),
  email: fc.nat(8),
  ownRule: fc.boolean(),
  teams: fc.subarray(teamIds),
  session: fc.constantFrom("none" as const, "open" as const, "over" as const),
});

const agents = fc
  .sample(states, { numRuns: 400, ...repeatedSeed() })
  .map((state) => ({ ...state, id: newId<AgentId>() }));
type Agent = (typeof agents)[number];

/** Only activities other than `available` have an end. */
const endOf = ({ activity, endsIn }: Agent) =>
  activity === "available" || endsIn === null ? null : ago(-endsIn);

beforeAll(async () => {
  const base = { workspaceId, createdAt: now, updatedAt: now };
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      {
        teams: teamIds.map((id) => ({ ...base, id, name: id })),
        capacityRules: rules.map(({ id, messaging, email, isDefault }) => ({
          ...base,
          id,
          name: id,
          description: "",
          messagingCapacity: messaging,
          emailCapacity: email,
          isDefault,
        })),
      },
      ...agents.map((agent) => {
        const userId = agent.isBot ? undefined : newId();
        return combineRows([
          ...(userId
            ? [
                makePerson({ id: userId }),
                makeMembership({ workspaceId, userId, status: agent.membership as "active" }),
              ]
            : []),
          makeAgent(
            {
              workspaceId,
              id: agent.id,
              ...(userId && { userId }),
              ...(agent.isAlwaysInHours ? {} : { weeklySchedule: {} }),
            },
            {
              status: agent.status,
              activity: agent.activity,
              activityExpiresAt: endOf(agent),
              lastStatusSet: ago(agent.statusFor),
              lastActivitySet: ago(agent.activityFor),
              messagingCount: agent.messaging,
              emailCount: agent.email,
              assignedCount: agent.messaging + agent.email,
              capacityRuleId: agent.ownRule ? (rules[1]?.id ?? null) : null,
            },
          ),
          {
            teamMembers: agent.teams.map((teamId) => ({
              workspaceId,
              teamId,
              agentId: agent.id,
              memberSince: now,
            })),
            presenceSessions:
              agent.session === "none"
                ? []
                : [
                    {
                      workspaceId,
                      agentId: agent.id,
                      id: newId(),
                      device: "desktop" as const,
                      visible: true,
                      lastInputAt: now,
                      startedAt: now,
                      lastSeenAt: now,
                      endsAt: agent.session === "open" ? ago(-60) : ago(1),
                    },
                  ],
          },
        ]);
      }),
    ]),
  );
});

/** How urgently an agent needs attention; undefined if they don't. */
function need(reason: AttentionReason, agent: Agent): number | undefined {
  const { status, statusFor, activityFor, isAlwaysInHours: inHours } = agent;
  if (reason === "overCapacity") {
    const rule = agent.ownRule ? rules[1] : rules[0];
    const excess = Math.max(agent.messaging - (rule?.messaging ?? 0), agent.email - (rule?.email ?? 0));
    return excess > 0 ? excess : undefined;
  }
  if (agent.isBot || agent.membership !== "active") return undefined;
  const onBreak = agent.activity === "onBreak" && (agent.endsIn === null || agent.endsIn > 0);
  switch (reason) {
    case "longAway":
      if (!inHours) return undefined;
      if (status === "away") return statusFor > usualAwayMinutes ? statusFor : undefined;
      return status === "active" && onBreak && activityFor > usualAwayMinutes ? activityFor : undefined;
    case "activeOutOfHours":
      return status === "active" && !inHours ? statusFor : undefined;
    case "notPresent":
      return status === "active" && inHours && agent.session !== "open" ? statusFor : undefined;
  }
}

/** Returns the agents with a reason, most urgent first, then by id. */
const needing = (reason: AttentionReason, among: readonly Agent[]) =>
  among
    .flatMap((agent) => {
      const value = need(reason, agent);
      return value === undefined ? [] : [{ id: agent.id, value }];
    })
    .sort((one, other) => other.value - one.value || (one.id < other.id ? -1 : 1))
    .map(({ id }) => id);

async function setPolicy(presence: "off" | "gate", enforceHours = true): Promise<void> {
  await db.query(
    `INSERT INTO availability_policies (workspace_id, presence, missed_offers, enforce_hours, allow, updated_at)
     VALUES (:workspaceId::uuid, :presence::text::presence_mode, 2, :enforceHours::boolean, '{}', now())
     ON CONFLICT (workspace_id) DO UPDATE SET presence = excluded.presence, enforce_hours = excluded.enforce_hours`,
    { workspaceId, presence, enforceHours },
  );
}

const withReason = async (query: { teamIds?: string[]; limit?: number } = {}) => {
  const { usesPresence, rows } = await repository.find(workspaceId, {
    teamIds: query.teamIds,
    limit: query.limit ?? 1_000,
    hours: await findHours(db, workspaceId, now.getTime()),
    now,
  });
  return {
    usesPresence,
    of: (reason: AttentionReason) => rows.filter((row) => row.reason === reason),
  };
};

describe("agents who need attention", () => {
  it("are those of the rules, worst first, with totals", async () => {
    await setPolicy("gate");
    const { of, usesPresence } = await withReason();
    expect(usesPresence).toBe(true);
    for (const reason of attentionReasons) {
      const wanted = needing(reason, agents);
      expect(wanted.length, reason).toBeGreaterThan(2);
      expect(
        of(reason).map(({ agentId }) => agentId),
        reason,
      ).toEqual(wanted);
      expect(new Set(of(reason).map(({ total }) => total)), reason).toEqual(new Set([wanted.length]));
    }
  });

  it("are cut to the limit, with the total of all", async () => {
    const { of } = await withReason({ limit: 2 });
    for (const reason of attentionReasons) {
      const wanted = needing(reason, agents);
      expect(of(reason).map(({ agentId }) => agentId)).toEqual(wanted.slice(0, 2));
      expect(of(reason)[0]?.total).toBe(wanted.length);
    }
  });

  it("can be limited to teams", async () => {
    for (const chosen of [teamIds.slice(0, 1), teamIds]) {
      const { of } = await withReason({ teamIds: chosen });
      const members = agents.filter(({ teams }) => teams.some((id) => chosen.includes(id)));
      for (const reason of attentionReasons)
        expect(of(reason).map(({ agentId }) => agentId)).toEqual(needing(reason, members));
    }
  });

  it("include no one for presence or hours that the policy does not use", async () => {
    await setPolicy("off", false);
    const { of, usesPresence } = await withReason();
    expect(usesPresence).toBe(false);
    expect(of("notPresent")).toEqual([]);
    expect(of("activeOutOfHours")).toEqual([]);
    expect(of("longAway")).toHaveLength(needing("longAway", agents).length);
  });

  it("are none in an empty workspace", async () => {
    const empty = newId<AuthorizedWorkspaceId>();
    await insertRows(db.query, makeWorkspace({ id: empty, slug: empty }));
    expect(await repository.find(empty, { teamIds: undefined, limit: 5, hours: noHours, now })).toEqual({
      usesPresence: false,
      rows: [],
    });
  });
});
