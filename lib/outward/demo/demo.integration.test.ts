import { afterAll, expect, it } from "vitest";
import { createAvailabilityRepository } from "@/lib/availability/declared/server/repository";
import { createAvailabilityService } from "@/lib/availability/declared/server/service";
import { createEffectiveService } from "@/lib/availability/effective/server/service";
import { createPresenceRepository } from "@/lib/availability/presence/server/repository";
import { createPresenceService } from "@/lib/availability/presence/server/service";
import { createDatabase } from "@/lib/platform/database/db";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AgentId, type AuthorizedWorkspaceId, newId, type UserId } from "@/lib/platform/ids";
import { type Actor, permissions } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createLedgerRepository } from "@/lib/records/ledger/server/repository";
import { createLedgerService } from "@/lib/records/ledger/server/service";
import { createConversationRepository } from "@/lib/routing/conversations/server/repository";
import { createConversationService } from "@/lib/routing/conversations/server/service";
import { createExplainService } from "@/lib/routing/matching/server/explain";
import { createExplainRepository } from "@/lib/routing/matching/server/explain-repository";
import { createOfferRepository } from "@/lib/routing/offers/server/repository";
import { createOfferService } from "@/lib/routing/offers/server/service";
import { testDatabaseUrl } from "@/lib/testing/environment";
import {
  combineRows,
  insertRows,
  makeAgent,
  makeMembership,
  makePerson,
  makeWorkspace,
} from "@/lib/testing/factories";
import { makeEffective } from "@/lib/testing/hours";
import { createRandom } from "@/lib/testing/random";
import { makeDelegates, makeRun } from "@/lib/testing/routing";
import { createDice } from "./dice";
import { createDemoRepository } from "./server/repository";
import { createDemoService } from "./server/service";

const db = createDatabase(testDatabaseUrl(), 8, () => {});
const tokens = createPageTokens(createSecrets("a secret of the tests, which is long"));
const ledger = createLedgerService(createLedgerRepository(db), tokens);
const availability = createAvailabilityService({ db, repository: createAvailabilityRepository(db), ledger });
const presence = createPresenceService({
  db,
  repository: createPresenceRepository(db),
  availability,
  random: () => 0.5,
});
const effective = createEffectiveService({
  db,
  ...makeEffective(db),
  audit: { record: async () => undefined },
});
const conversations = createConversationService({
  db,
  repository: createConversationRepository(db),
  effective,
  pageTokens: tokens,
  matcher: { wake: () => undefined },
});
const offers = createOfferService({ db, repository: createOfferRepository(db), conversations, effective });
const repository = createDemoRepository(db);
const serviceFor = (isEnabled: boolean) =>
  createDemoService({
    repository,
    availability,
    presence,
    conversations,
    offers,
    explanations: createExplainService({
      repository: createExplainRepository(db, "http://127.0.0.1:3000"),
      effective,
      delegates: makeDelegates(db),
      pageTokens: tokens,
    }),
    dice: createDice(createRandom(3).fraction),
    isEnabled,
  });

const demos: AuthorizedWorkspaceId[] = [];
afterAll(async () => {
  await db.query("DELETE FROM demo_simulations WHERE workspace_id = ANY(:demos::uuid[])", { demos });
  await db.close();
});

/** A workspace with 12 agents of people, one of a person with a password, and a bot. */
async function makePlace({ isDemo }: { isDemo: boolean }) {
  const workspaceId = newId<AuthorizedWorkspaceId>();
  const people = Array.from({ length: 13 }, (_, index) => {
    const id = newId<UserId>();
    return combineRows([
      makePerson({ id, passwordHash: index === 0 ? "known" : null }),
      makeMembership({ workspaceId, userId: id }),
      makeAgent({ workspaceId, id: newId<AgentId>(), userId: id }),
    ]);
  });
  const bot = makeAgent({ workspaceId, id: newId<AgentId>() });
  const rows = combineRows([makeWorkspace({ id: workspaceId, slug: workspaceId }), ...people, bot]);
  await insertRows(db.query, rows);
  if (isDemo) {
    demos.push(workspaceId);
    await db.query("INSERT INTO demo_simulations VALUES (:workspaceId::uuid, true)", { workspaceId });
  }
  const actor: Actor = {
    kind: "user",
    id: newId<UserId>(),
    name: "Robin",
    via: "session",
    workspaceId,
    permissions: new Set(permissions),
    agentId: undefined,
  };
  return { workspaceId, actor };
}

/** Agents that have changed or were present, and their kinds. */
const touched = (workspaceId: string) =>
  db.query<{ password: boolean; bot: boolean }>(
    `SELECT u.password_hash IS NOT NULL AS password, a.user_id IS NULL AS bot
     FROM agents a JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
     LEFT JOIN users u ON u.id = a.user_id
     WHERE a.workspace_id = :workspaceId::uuid AND (s.version > 1 OR s.assigned_count > 0 OR EXISTS (
       SELECT 1 FROM presence_sessions p WHERE p.workspace_id = a.workspace_id AND p.agent_id = a.id))`,
    { workspaceId },
  );

it("the demo moves people of its own workspace, but no visitor, no bot and no other workspace", async () => {
  const [demo, other] = [await makePlace({ isDemo: true }), await makePlace({ isDemo: false })];
  const service = serviceFor(true);
  expect(await service.get(demo.actor)).toEqual({ available: true, running: true });
  expect(await service.get(other.actor)).toEqual({ available: false, running: false });
  for (let step = 0; step < 30; step++) await service.step(new Date());
  expect(await touched(demo.workspaceId)).toEqual(
    Array.from({ length: 12 }, () => ({ password: false, bot: false })),
  );
  expect(await touched(other.workspaceId)).toEqual([]);
  await expect(service.change(other.actor, { running: true })).rejects.toMatchObject({ code: "NotADemo" });
  expect(await service.change(other.actor, { running: false })).toEqual({ available: false, running: false });
});

it("the demo does nothing after it was stopped, or on a server that doesn't simulate it", async () => {
  const { workspaceId, actor } = await makePlace({ isDemo: true });
  const service = serviceFor(true);
  expect(await service.change(actor, { running: false })).toEqual({ available: true, running: false });
  await service.step(new Date());
  expect(await touched(workspaceId)).toEqual([]);
  expect(await service.change(actor, { running: true })).toEqual({ available: true, running: true });
  expect(await serviceFor(false).get(actor)).toEqual({ available: false, running: false });
  expect(serviceFor(false).isEnabled).toBe(false);
});

const MINUTE = 60_000;

async function makeQueue(workspaceId: AuthorizedWorkspaceId, offerMode: "auto" | "accept") {
  const id = newId();
  const createdAt = new Date();
  await db.prisma.routingQueue.create({
    data: { workspaceId, id, name: offerMode, offerMode, offerTimeout: 600, createdAt, updatedAt: createdAt },
  });
  return id;
}

const countOf = async (text: string, workspaceId: string) => {
  const [row] = await db.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${text}`, {
    workspaceId,
  });
  return row?.count ?? 0;
};

it("conversations arrive at the demo's desk, are answered and closed, and deleted after a day", async () => {
  const { workspaceId } = await makePlace({ isDemo: true });
  await makeQueue(workspaceId, "auto");
  await makeQueue(workspaceId, "accept");
  await db.query(`UPDATE agent_states SET status = 'active' WHERE workspace_id = :workspaceId::uuid`, {
    workspaceId,
  });
  const service = serviceFor(true);
  const began = Date.now();
  let at = began;
  let most = 0;
  const run = makeRun(db, () => at);
  const live = "conversations WHERE workspace_id = :workspaceId::uuid AND starts_with(external_id, 'live-')";
  for (; at < began + 20 * MINUTE; at += 5_000) {
    await service.step(new Date(at));
    await run(workspaceId);
    most = Math.max(most, await countOf(`${live} AND state <> 'closed'`, workspaceId));
  }
  expect(most).toBeGreaterThan(5);
  expect(most).toBeLessThanOrEqual(60);
  const offers = "offers WHERE workspace_id = :workspaceId::uuid";
  expect(await countOf(`${offers} AND state = 'accepted'`, workspaceId)).toBeGreaterThan(3);
  expect(await countOf(`${live} AND state = 'closed'`, workspaceId)).toBeGreaterThan(10);
  await repository.sweepDesks(new Date(at + 23 * 60 * MINUTE));
  expect(await countOf(`${live} AND state = 'closed'`, workspaceId)).toBeGreaterThan(10);
  await repository.sweepDesks(new Date(at + 24 * 60 * MINUTE));
  expect(await countOf(`${live} AND state = 'closed'`, workspaceId)).toBe(0);
});

it("the demo leaves the offers and conversations of people who are signed in", async () => {
  const { workspaceId } = await makePlace({ isDemo: true });
  const queueId = await makeQueue(workspaceId, "accept");
  const agents = await db.query<{ id: AgentId; userId: UserId | null; password: boolean | null }>(
    `SELECT a.id, a.user_id AS "userId", u.password_hash IS NOT NULL AS password
     FROM agents a LEFT JOIN users u ON u.id = a.user_id WHERE a.workspace_id = :workspaceId::uuid
     ORDER BY password DESC, a.id`,
    { workspaceId },
  );
  const [visitor, other] = agents;
  if (!visitor?.userId || !visitor.password || !other) throw new Error("there is no visitor");
  const now = new Date();
  const before = new Date(now.getTime() - 10 * MINUTE);
  for (const { id: agentId } of [visitor, other]) {
    const shared = {
      workspaceId,
      channel: "messaging",
      queueId,
      createdAt: before,
      updatedAt: before,
    } as const;
    const [assigned, offered] = [newId(), newId()];
    await db.prisma.conversation.createMany({
      data: [
        {
          ...shared,
          id: assigned,
          externalId: `live-${assigned}`,
          state: "assigned",
          agentId,
          assignedAt: before,
        },
        { ...shared, id: offered, externalId: `live-${offered}`, state: "offered", queuedAt: before },
      ],
    });
    const expiresAt = new Date(now.getTime() + MINUTE);
    await db.prisma.offer.create({
      data: {
        workspaceId,
        id: newId(),
        conversationId: offered,
        agentId,
        channel: "messaging",
        createdAt: before,
        expiresAt,
      },
    });
  }
  const found = async () => ({
    answerable: (await repository.answerable(workspaceId, now)).length,
    closable: (await repository.closable(workspaceId, now)).length,
  });
  expect(await found()).toEqual({ answerable: 2, closable: 2 });
  await presence.beat(
    {
      kind: "user",
      id: visitor.userId,
      name: "Vic",
      via: "session",
      workspaceId,
      agentId: visitor.id,
      permissions: new Set(["own.write"]),
    },
    "me",
    newId(),
    { device: "desktop", visible: true, input: true },
  );
  expect(await found()).toEqual({ answerable: 1, closable: 1 });
});
