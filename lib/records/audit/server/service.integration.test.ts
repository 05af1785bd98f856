import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AuthorizedWorkspaceId, newId, type UserId } from "@/lib/platform/ids";
import { createLogger } from "@/lib/platform/logger";
import type { Actor } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createAuditRepository } from "@/lib/records/audit/server/repository";
import { type AuditEntry, createAuditService } from "@/lib/records/audit/server/service";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeWorkspace } from "@/lib/testing/factories";

const db = createDatabase(testDatabaseUrl(), 4, () => {});
afterAll(() => db.close());

const workspaceId = newId<AuthorizedWorkspaceId>();
const actor: Actor = {
  kind: "user",
  id: newId<UserId>(),
  name: "Robin",
  via: "token",
  workspaceId,
  permissions: new Set(),
  agentId: undefined,
};
const day = 24 * 60 * 60 * 1000;
const repository = createAuditRepository(db);
let noted = 0;

const makeService = (mayNote = true) =>
  createAuditService({
    repository,
    limits: {
      mayNoteRefusal: async () => {
        noted++;
        return mayNote;
      },
    },
    pageTokens: createPageTokens(createSecrets("a secret of the tests, which is long")),
    logger: createLogger("silent"),
    keepDays: 400,
  });
const audit = makeService();

beforeAll(async () => {
  await insertRows(db.query, combineRows([makeWorkspace({ id: workspaceId, slug: workspaceId })]));
});

const kept = async () =>
  (await audit.list(actor, { limit: 100 }, undefined, new Date())) as {
    data: { results: { action: string; at: string }[] };
  };
const entry: AuditEntry = { action: "role.created" };

describe("an event", () => {
  it("is stored only if its transaction commits", async () => {
    await expect(
      db.transaction(async () => {
        await audit.record(actor, entry, new Date());
        throw new Error("taken back");
      }),
    ).rejects.toThrow("taken back");
    expect((await kept()).data.results).toEqual([]);
    await db.transaction(() => audit.record(actor, entry, new Date()));
    expect((await kept()).data.results).toHaveLength(1);
  });

  it("of a denied request never throws, even if the database fails", async () => {
    const broken = createAuditService({
      repository: { ...repository, insert: () => Promise.reject(new Error("the disk is full")) },
      limits: { mayNoteRefusal: async () => true },
      pageTokens: createPageTokens(createSecrets("a secret of the tests, which is long")),
      logger: createLogger("silent"),
      keepDays: 400,
    });
    const refusal = { action: "role.created", params: {}, reason: "no" } as const;
    expect(broken.refused(actor, refusal, new Date())).toBeUndefined();
  });

  it("of a denied request is dropped over the limit", async () => {
    const before = noted;
    const limited = makeService(false);
    limited.refused(actor, { action: "role.deleted", params: { roleId: "me" }, reason: "no" }, new Date());
    expect(noted).toBe(before + 1);
    const actions = (await kept()).data.results.map(({ action }) => action);
    expect(actions).not.toContain("role.deleted");
  });
});

describe("sweep", () => {
  it("deletes only expired events, in batches", async () => {
    const now = new Date();
    await db.query(
      `INSERT INTO audit_events (workspace_id, id, action, outcome, at)
       SELECT :workspace::uuid, gen_random_uuid(), 'token.created', 'ok', :at::timestamptz FROM generate_series(1, 2300)`,
      { workspace: workspaceId, at: new Date(now.getTime() - 400 * day - 1) },
    );
    const young = new Date(now.getTime() - 400 * day + 3_600_000);
    await audit.record(actor, { action: "skill.created" }, young);
    const swept = await audit.sweep(now);
    expect(swept?.removed).toBeGreaterThanOrEqual(2300);
    const left = (await kept()).data.results;
    expect(left.map(({ action }) => action)).toContain("skill.created");
    expect(left.map(({ action }) => action)).not.toContain("token.created");
  });

  it("runs in one process at a time", async () => {
    let release = () => {};
    let held: Promise<unknown> = Promise.resolve();
    await new Promise<void>((holds) => {
      held = repository.exclusively(() => {
        holds();
        return new Promise<void>((resolve) => (release = resolve));
      });
    });
    expect(await audit.sweep(new Date())).toBeUndefined();
    release();
    await held;
    expect(await audit.sweep(new Date())).toEqual({ removed: 0 });
  });
});
