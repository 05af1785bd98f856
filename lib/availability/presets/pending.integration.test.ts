import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import { createAvailabilityRepository } from "@/lib/availability/declared/server/repository";
import { createAvailabilityService } from "@/lib/availability/declared/server/service";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import { createDatabase } from "@/lib/platform/database/db";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AgentId, type AuthorizedWorkspaceId, newId, type UserId } from "@/lib/platform/ids";
import { type Actor, permissions } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createLedgerRepository } from "@/lib/records/ledger/server/repository";
import { createLedgerService } from "@/lib/records/ledger/server/service";
import { testDatabaseUrl } from "@/lib/testing/environment";
import {
  combineRows,
  insertRows,
  makeAgent,
  makeMembership,
  makePerson,
  makeWorkspace,
} from "@/lib/testing/factories";
import { createRandom } from "@/lib/testing/random";
import type { PresetChoice, PresetDraft } from "./contract";
import { createPresetRepository } from "./server/repository";
import { createPresetService } from "./server/service";

const db = createDatabase(testDatabaseUrl(), 12, () => {});
afterAll(() => db.close());

const workspaceId = newId<AuthorizedWorkspaceId>();
const actor: Actor = {
  kind: "user",
  id: newId<UserId>(),
  name: "Robin",
  via: "session",
  workspaceId,
  permissions: new Set(permissions),
  agentId: undefined,
};
const pageTokens = createPageTokens(createSecrets("a secret of the tests, which is long"));
const ledger = createLedgerService(createLedgerRepository(db), pageTokens);
const availability = createAvailabilityService({
  db,
  repository: createAvailabilityRepository(db),
  ledger,
});
const presets = createPresetService({
  db,
  repository: createPresetRepository(db),
  availability,
  ledger,
  pageTokens,
});

const created = Date.parse("2026-03-02T08:00:00.000Z");

beforeAll(() => insertRows(db.query, combineRows([makeWorkspace({ id: workspaceId, slug: workspaceId })])));

async function newAgent(open = 1, userId?: string): Promise<AgentId> {
  const id = newId<AgentId>();
  await insertRows(
    db.query,
    makeAgent(
      { workspaceId, id, createdAt: new Date(created), ...(userId ? { userId } : {}) },
      { messagingCount: open, assignedCount: open },
    ),
  );
  return id;
}

const newPreset = async (draft: Partial<PresetDraft> = {}) =>
  (
    await presets.create(
      actor,
      { name: newId().slice(-12), status: "active", activity: "onBreak", ...draft },
      new Date(),
    )
  ).data.id as PresetChoice["presetId"];

const choose = (agentId: AgentId, choice: PresetChoice, now = new Date()) =>
  presets.choose(actor, agentId, choice, { ifMatch: undefined, now });

const change = (agentId: AgentId, changes: AvailabilityChange, now = new Date()) =>
  availability.change(actor, agentId, changes, { ifMatch: undefined, now });

const setOpen = (agentId: AgentId, open: number) =>
  db.query(
    `UPDATE agent_states SET messaging_count = :open::int, assigned_count = :open::int, workload_updated_at = now()
     WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid`,
    { workspace: workspaceId, agent: agentId, open },
  );

const isPending = async (agentId: AgentId) =>
  (
    await db.query(
      "SELECT 1 FROM pending_presets WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid",
      { workspace: workspaceId, agent: agentId },
    )
  ).length > 0;

/** The state, with times in milliseconds after the last change. */
async function stateOf(agentId: AgentId) {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT status, status_before_offline, activity, activity_text, version,
       (extract(epoch FROM activity_expires_at - availability_updated_at) * 1000)::int AS ends,
       last_status_set = availability_updated_at AS set_status, last_activity_set = availability_updated_at AS set_activity,
       last_set_to_away_at = availability_updated_at AS set_to_away
     FROM agent_states WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid`,
    { workspace: workspaceId, agent: agentId },
  );
  return row;
}

const entriesOf = (agentId: AgentId) =>
  db.query<Record<string, unknown>>(
    `SELECT action, actor_kind, actor_id, actor_name, cause, fields, agent_name FROM changes
     WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid ORDER BY id`,
    { workspace: workspaceId, agent: agentId },
  );

const lastSpan = async (agentId: AgentId) =>
  (
    await db.query<Record<string, unknown>>(
      `SELECT status, activity, activity_text, cause FROM agent_spans
       WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid ORDER BY from_at DESC LIMIT 1`,
      { workspace: workspaceId, agent: agentId },
    )
  )[0];

describe("a pending preset", () => {
  it("is applied as if it had been chosen then: the same state, ledger entry and span", async () => {
    const random = createRandom(12);
    for (let round = 0; round < 60; round++) {
      const [later, now] = [await newAgent(2), await newAgent(0)];
      const before: AvailabilityChange = {
        status: random.pick(agentStatuses),
        activity: random.pick(activities),
        ...(random.chance(0.5) ? { activityText: "Before" } : {}),
      };
      // Some activities have expired by the time the preset applies.
      if (before.activity !== "available" && random.chance(0.5))
        before.activityTtl = random.pick([60, 86_400]);
      const started = new Date(Date.now() - 3_600_000);
      const activity = random.pick(activities);
      const presetId = await newPreset({
        status: random.pick(agentStatuses),
        activity,
        ...(activity !== "available" && random.chance(0.7) ? { activityTtl: random.integer(1, 86_400) } : {}),
        ...(random.chance(0.5) ? { activityText: "Chosen" } : {}),
      });
      for (const agent of [later, now]) await change(agent, before, started);

      await choose(later, { presetId, when: "afterConversations" });
      await setOpen(later, 1);
      expect(await isPending(later)).toBe(true);
      await setOpen(later, 0);
      await choose(now, { presetId, when: "now" });

      expect(await isPending(later)).toBe(false);
      const rounded = (row: Record<string, unknown>) => ({
        ...row,
        fields: withoutSecondsLeft(row.fields as Fields),
      });
      expect(await stateOf(later)).toEqual(await stateOf(now));
      expect((await entriesOf(later)).map(rounded)).toEqual((await entriesOf(now)).map(rounded));
      expect(await lastSpan(later)).toEqual(await lastSpan(now));
      await presets.delete(actor, presetId, { ifMatch: undefined });
    }
  });

  it("is replaced by a later choice, and applied once", async () => {
    const [agent, first, second] = [
      await newAgent(),
      await newPreset(),
      await newPreset({ activity: "busy" }),
    ];
    for (const presetId of [first, second]) await choose(agent, { presetId, when: "afterConversations" });
    await setOpen(agent, 0);
    await setOpen(agent, 1);
    await setOpen(agent, 0);
    expect(await stateOf(agent)).toMatchObject({ status: "active", activity: "busy", version: 2 });
    expect(await entriesOf(agent)).toHaveLength(1);
  });

  it("is withdrawn by any change of the availability, but not by one without effect", async () => {
    const [agent, presetId] = [await newAgent(), await newPreset()];
    for (const changes of [
      { status: "active" },
      { activity: "busy" },
      { activityText: "Back soon" },
      { activityTtl: 600 },
    ] as const) {
      await choose(agent, { presetId, when: "afterConversations" });
      await change(agent, changes);
      expect(await isPending(agent)).toBe(false);
    }
    await choose(agent, { presetId, when: "afterConversations" });
    await change(agent, { status: "active" });
    await setOpen(agent, 3);
    expect(await isPending(agent)).toBe(true);
    await setOpen(agent, 0);
    expect(await stateOf(agent)).toMatchObject({ activity: "onBreak" });
  });

  it("yields to a change of the availability in the statement that closes the last conversation", async () => {
    const [agent, presetId] = [await newAgent(), await newPreset()];
    await choose(agent, { presetId, when: "afterConversations" });
    await db.query(
      `UPDATE agent_states SET messaging_count = 0, assigned_count = 0, status = 'offline'
       WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid`,
      { workspace: workspaceId, agent },
    );
    expect(await isPending(agent)).toBe(false);
    expect(await stateOf(agent)).toMatchObject({ status: "offline", activity: "available" });
  });

  it("doesn't activate an agent whose person was suspended meanwhile", async () => {
    const userId = newId();
    await insertRows(
      db.query,
      combineRows([makePerson({ id: userId }), makeMembership({ workspaceId, userId })]),
    );
    const [agent, presetId] = [await newAgent(1, userId), await newPreset()];
    await choose(agent, { presetId, when: "afterConversations" });
    await db.query(
      "UPDATE memberships SET status = 'suspended' WHERE workspace_id = :workspace::uuid AND user_id = :user::uuid",
      { workspace: workspaceId, user: userId },
    );
    await setOpen(agent, 0);
    expect(await stateOf(agent)).toMatchObject({ status: "away", activity: "available", version: 1 });
    expect(await isPending(agent)).toBe(false);
    await expect(choose(agent, { presetId, when: "now" })).rejects.toMatchObject({ code: "PersonSuspended" });
  });

  it("goes with its preset", async () => {
    const [agent, presetId] = [await newAgent(), await newPreset()];
    await choose(agent, { presetId, when: "afterConversations" });
    expect(await presets.usage(actor, presetId)).toEqual({ waiting: 1 });
    await presets.delete(actor, presetId, { ifMatch: undefined });
    expect(await isPending(agent)).toBe(false);
    await setOpen(agent, 0);
    expect(await stateOf(agent)).toMatchObject({ activity: "available" });
  });
});

describe("races", () => {
  it("never leave a preset pending when no conversation is open", async () => {
    const presetId = await newPreset();
    for (let round = 0; round < 25; round++) {
      const agent = await newAgent();
      await Promise.all([choose(agent, { presetId, when: "afterConversations" }), setOpen(agent, 0)]);
      expect(await isPending(agent)).toBe(false);
      expect(await stateOf(agent)).toMatchObject({ activity: "onBreak" });
      expect(await entriesOf(agent)).toHaveLength(1);
    }
  });

  it("between choices, closing conversations and other changes end without deadlock in one of them", async () => {
    const [one, other] = [
      await newPreset({ activityText: "One" }),
      await newPreset({ activityText: "Other" }),
    ];
    for (let round = 0; round < 15; round++) {
      const agent = await newAgent();
      await Promise.all([
        choose(agent, { presetId: one, when: "afterConversations" }),
        choose(agent, { presetId: other, when: "afterConversations" }),
        change(agent, { activity: "busy", activityText: `Round ${round}` }),
        setOpen(agent, 0),
        presets.withdraw(actor, agent),
      ]);
      expect(await isPending(agent)).toBe(false);
      const state = await stateOf(agent);
      expect(["One", "Other", `Round ${round}`]).toContain(state?.activity_text);
      expect(state?.version).toBe((await entriesOf(agent)).length + 1);
    }
  });

  it("between a choice and the deletion of its preset end without the preset", async () => {
    for (let round = 0; round < 15; round++) {
      const [agent, presetId] = [await newAgent(), await newPreset()];
      const [chosen] = await Promise.allSettled([
        choose(agent, { presetId, when: "afterConversations" }),
        presets.delete(actor, presetId, { ifMatch: undefined }),
      ]);
      if (chosen.status === "rejected") expect(chosen.reason).toMatchObject({ code: "InvalidAvailability" });
      expect(await isPending(agent)).toBe(false);
    }
  });
});

type Fields = Record<string, { before?: unknown; after?: unknown }>;

/** The remaining seconds of the earlier activity depend on the time. */
function withoutSecondsLeft({ activityTtl, ...fields }: Fields): Fields {
  return activityTtl ? { ...fields, activityTtl: { after: activityTtl.after } } : fields;
}
