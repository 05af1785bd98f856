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
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";
import { createRandom } from "@/lib/testing/random";
import type { DeclaredSpan } from "./rules";
import { spansBetween } from "./rules";
import { createSpanRepository } from "./server/repository";

const db = createDatabase(testDatabaseUrl(), 8, () => {});
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
const ledger = createLedgerService(
  createLedgerRepository(db),
  createPageTokens(createSecrets("a secret of the tests, which is long")),
);
const availability = createAvailabilityService({
  db,
  repository: createAvailabilityRepository(db),
  ledger,
});
const spans = createSpanRepository(db);

const created = Date.parse("2026-03-02T08:00:00.000Z");
const end = created + 24 * 60 * 60 * 1000;

beforeAll(() => insertRows(db.query, combineRows([makeWorkspace({ id: workspaceId, slug: workspaceId })])));

async function newAgent(): Promise<AgentId> {
  const id = newId<AgentId>();
  await insertRows(db.query, makeAgent({ workspaceId, id, createdAt: new Date(created) }));
  return id;
}

const change = (id: AgentId, changes: AvailabilityChange, at: number) =>
  availability.change(actor, id, changes, { ifMatch: undefined, now: new Date(at) });

const shown = async (id: AgentId, to = end) =>
  spansBetween((await spans.between(workspaceId, id, created, to, 1_000)) ?? [], created, to);

/** The API's answer at an instant, read at that time. */
interface Seen {
  at: number;
  status: string;
  activity: string;
  text: string | undefined;
}

const heldIn = (list: readonly DeclaredSpan[], at: number) =>
  list.find(({ from, to }) => from <= at && at < to);

describe("spans", () => {
  it("start with the agent and follow each change, with its cause", async () => {
    const id = await newAgent();
    await change(id, { status: "active" }, created + 1_000);
    await change(id, { activity: "onBreak", activityTtl: 60, activityText: "Lunch" }, created + 2_000);
    expect(await shown(id, created + 100_000)).toEqual([
      {
        from: created,
        to: created + 1_000,
        status: "away",
        activity: "available",
        activityText: null,
        cause: "api",
      },
      {
        from: created + 1_000,
        to: created + 2_000,
        status: "active",
        activity: "available",
        activityText: null,
        cause: "supervisor",
      },
      {
        from: created + 2_000,
        to: created + 62_000,
        status: "active",
        activity: "onBreak",
        activityText: "Lunch",
        cause: "supervisor",
      },
      {
        from: created + 62_000,
        to: created + 100_000,
        status: "active",
        activity: "available",
        activityText: null,
        cause: "timeout",
      },
    ]);
  });

  it("say about the past what was answered then", async () => {
    const random = createRandom(7);
    for (let round = 0; round < 10; round++) {
      const id = await newAgent();
      const seen: Seen[] = [];
      let at = created;
      for (let step = 0; step < 30; step++) {
        at += random.integer(1, 90_000);
        const activity = random.pick(activities);
        const ttl = activity !== "available" && random.chance(0.5) ? random.integer(1, 120) : undefined;
        await change(
          id,
          random.chance(0.3)
            ? { status: random.pick(agentStatuses) }
            : {
                activity,
                ...(ttl ? { activityTtl: ttl } : {}),
                ...(random.chance(0.3) ? { activityText: "Desk" } : {}),
              },
          at,
        );
        for (const later of [at, at + random.integer(0, 500)]) {
          const { data } = await availability.get(actor, id, new Date(later));
          seen.push({ at: later, status: data.status, activity: data.activity, text: data.activityText });
          at = later;
        }
      }
      const list = await shown(id);
      for (const { at: then, ...answer } of seen.filter(
        ({ at: then }, index) => then !== seen[index + 1]?.at,
      )) {
        const held = heldIn(list, then);
        expect({
          status: held?.status,
          activity: held?.activity,
          text: held?.activityText ?? undefined,
        }).toEqual(answer);
      }
    }
  });

  it("end with the present state after concurrent changes with clocks that differ", async () => {
    const id = await newAgent();
    const random = createRandom(8);
    const writers = Array.from({ length: 8 }, async () => {
      for (let step = 0; step < 10; step++)
        await change(id, { status: random.pick(agentStatuses) }, created + random.integer(0, 5_000));
    });
    await Promise.all(writers);
    const { data } = await availability.get(actor, id, new Date(end));
    expect((await shown(id)).at(-1)).toMatchObject({ status: data.status, to: end });
  });

  it("of a change that is rolled back don't exist", async () => {
    const id = await newAgent();
    const undone = db.transaction(async () => {
      await change(id, { status: "active" }, created + 1_000);
      throw new Error("taken back");
    });
    await expect(undone).rejects.toThrow("taken back");
    expect(await shown(id)).toHaveLength(1);
  });

  it("rebuilt from the ledger are the same", async () => {
    const id = await newAgent();
    await ledger.recordCreated(actor, { id, name: "Robin" }, {}, new Date(created));
    const random = createRandom(9);
    let at = created;
    for (let step = 0; step < 40; step++) {
      at += random.integer(1_000, 90_000);
      const activity = random.pick(activities);
      await change(
        id,
        random.chance(0.4)
          ? { status: random.pick(agentStatuses) }
          : { activity, ...(activity === "available" ? {} : { activityTtl: random.integer(1, 90) }) },
        at,
      );
    }
    const before = await shown(id);
    expect(before.length).toBeGreaterThan(20);
    await db.query("SELECT rebuild_agent_spans(:workspaceId::uuid)", { workspaceId });
    expect(await shown(id)).toEqual(before);
  });
});
