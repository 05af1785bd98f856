import { afterAll, expect, it } from "vitest";
import { createAvailabilityRepository } from "@/lib/availability/declared/server/repository";
import { createAvailabilityService } from "@/lib/availability/declared/server/service";
import { createPresenceRepository } from "@/lib/availability/presence/server/repository";
import { createPresenceService } from "@/lib/availability/presence/server/service";
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
const serviceFor = (isEnabled: boolean) =>
  createDemoService({
    repository: createDemoRepository(db),
    availability,
    presence,
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

/** Agents that have changed or were present, and what kind they are. */
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

it("the demo does nothing after it was stopped, or on a server that leaves it alone", async () => {
  const { workspaceId, actor } = await makePlace({ isDemo: true });
  const service = serviceFor(true);
  expect(await service.change(actor, { running: false })).toEqual({ available: true, running: false });
  await service.step(new Date());
  expect(await touched(workspaceId)).toEqual([]);
  expect(await service.change(actor, { running: true })).toEqual({ available: true, running: true });
  expect(await serviceFor(false).get(actor)).toEqual({ available: false, running: false });
  expect(serviceFor(false).isEnabled).toBe(false);
});
