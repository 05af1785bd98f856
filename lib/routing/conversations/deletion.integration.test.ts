import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { createDeletion } from "@/lib/agents/agents/server/delete";
import { createAgentRepository } from "@/lib/agents/agents/server/repository";
import { createEffectiveService } from "@/lib/availability/effective/server/service";
import { createDatabase } from "@/lib/platform/database/db";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import type { SkillId } from "@/lib/routing/conversations/contract";
import { createConversationRepository } from "@/lib/routing/conversations/server/repository";
import { createConversationService } from "@/lib/routing/conversations/server/service";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { makeEffective } from "@/lib/testing/hours";
import { makeRouting, makeRun } from "@/lib/testing/routing";
import { createSkillRepository } from "@/lib/workforce/skills/server/repository";
import { createSkillService } from "@/lib/workforce/skills/server/service";

const db = createDatabase(testDatabaseUrl(), 4, () => undefined);
const second = createDatabase(testDatabaseUrl(), 4, () => undefined);

afterAll(async () => void (await Promise.all([db.close(), second.close()])));

const supervisor = (workspaceId: AuthorizedWorkspaceId): Actor => ({
  kind: "accessKey",
  id: newId(),
  name: "Inbox",
  via: "accessKey",
  workspaceId,
  permissions: new Set(["routing.read", "routing.write"]),
  agentId: undefined,
});

const pageTokens = createPageTokens(createSecrets("a secret of the tests, which is long"));

const conversations = createConversationService({
  db: second,
  repository: createConversationRepository(second),
  effective: createEffectiveService({
    db: second,
    ...makeEffective(second),
    audit: { record: async () => undefined },
  }),
  pageTokens,
  matcher: { wake: () => undefined },
});

interface Scene {
  actor: Actor;
  agentId: AgentId;
  skillId: SkillId;
  /** A waiting conversation and one assigned to the agent; both require the skill. */
  waiting: string;
  held: string;
}

/** Changes that lock the agent's state and another row that a deletion needs. */
const changes: [string, (scene: Scene) => Promise<unknown>][] = [
  [
    "reports a conversation of the agent",
    ({ actor, agentId, skillId }) =>
      conversations.create(
        actor,
        {
          externalId: newId(),
          channel: "messaging",
          agentId,
          priority: 50,
          requiredSkills: [{ skillId, valueIds: [] }],
        },
        new Date(),
      ),
  ],
  [
    "assigns a conversation to the agent",
    ({ actor, agentId, waiting }) =>
      conversations.assign(actor, waiting, { agentId, force: true }, new Date()),
  ],
  [
    "prefers the agent for a conversation that they have",
    ({ actor, agentId, held }) =>
      conversations.change(
        actor,
        held,
        { preferredAgentId: agentId },
        { ifMatch: undefined, now: new Date() },
      ),
  ],
  ["closes a conversation of the agent", ({ actor, held }) => conversations.close(actor, held, new Date())],
  [
    "requires the skill of a conversation that the agent has",
    ({ actor, held, skillId }) =>
      conversations.change(
        actor,
        held,
        { requiredSkills: [{ skillId, valueIds: [] }], priority: 60 },
        { ifMatch: undefined, now: new Date() },
      ),
  ],
  ["matches", ({ actor }) => makeRun(second)(actor.workspaceId)],
];

/** An active bot with a skill, and two conversations that require the skill. */
async function makeScene(): Promise<Scene> {
  const routing = await makeRouting(db, { messaging: 3, email: 3 });
  const skillId = ((await routing.skills(1))[0] ?? "") as SkillId;
  const requiredSkills = [{ skillId, valueIds: [] }];
  const [agentId] = await routing.agents(1, () => ({ skills: requiredSkills }));
  if (!agentId) throw new Error("no agent");
  const actor = supervisor(routing.workspaceId);
  const row = { queueId: await routing.queue(), requiredSkills, queuedAt: Date.now() };
  const [waiting = "", held = ""] = await routing.conversations([row, row]);
  await conversations.assign(actor, held, { agentId, force: true }, new Date());
  return { actor, agentId, skillId, waiting, held };
}

/**
 * A callback in the middle of a deletion: starts the change, and limits how long the deletion then waits for
 * locks.
 */
function meanwhile(work: () => Promise<unknown>) {
  let working: Promise<unknown> | undefined;
  return {
    async begin() {
      if (working) return;
      working = work().catch((error: unknown) => error);
      await Promise.race([working, sleep(300)]);
      await db.query("SET LOCAL lock_timeout = '500ms'");
    },
    ended: async () => void (await working),
  };
}

const open = (workspaceId: AuthorizedWorkspaceId) =>
  db.query(
    `SELECT state::text AS state, agent_id AS "agentId", preferred_agent_id AS "preferredAgentId",
       required_skills AS "requiredSkills"
     FROM conversations WHERE workspace_id = :workspaceId::uuid AND state <> 'closed'`,
    { workspaceId },
  );

// A deadlock costs both sides at least a second, and a retry can deadlock again.
describe("the deletion of an agent", () => {
  it.each(changes)("gets no deadlock with a request that %s", async (_, change) => {
    const scene = await makeScene();
    const { actor, agentId } = scene;
    const { begin, ended } = meanwhile(() => change(scene));
    const repository = createAgentRepository(db, "https://rollcall.example");
    const deletion = createDeletion({
      db,
      repository: {
        ...repository,
        async delete(...row: Parameters<typeof repository.delete>) {
          await begin();
          await repository.delete(...row);
        },
      },
      ledger: { recordDeleted: async () => undefined },
      idempotency: { forget: async () => undefined },
      publicUrl: "https://rollcall.example",
    });
    await deletion.delete(actor, agentId, { ifMatch: undefined, now: new Date() });
    await ended();

    const rows = await open(actor.workspaceId);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      expect(row).toMatchObject({ state: "queued", agentId: null, preferredAgentId: null });
  });
});

describe("the deletion of a skill", () => {
  it.each(changes)("gets no deadlock with a request that %s", async (_, change) => {
    const scene = await makeScene();
    const { actor, skillId } = scene;
    const { begin, ended } = meanwhile(() => change(scene));
    const holders = createAgentRepository(db, "https://rollcall.example");
    const skills = createSkillService({
      db,
      repository: createSkillRepository(db),
      agents: {
        async lockHolders({ workspaceId }, setting) {
          await holders.lockHolders(workspaceId, setting);
          await begin();
        },
        letGo: async ({ workspaceId }, setting) => await holders.letGo(workspaceId, setting),
      },
      pageTokens,
      routing: { ofSkill: async () => ({ waiting: 0, needs: 0 }) },
    });
    await skills.delete(actor, skillId, { ifMatch: undefined, now: new Date() });
    await ended();

    const rows = await open(actor.workspaceId);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatchObject({ requiredSkills: [] });
  });
});
