import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { type AuthorizedWorkspaceId, newId, type UserId } from "@/lib/platform/ids";
import { type Actor, permissions } from "@/lib/platform/security/permissions";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";
import { makeEffective } from "@/lib/testing/hours";
import type { AvailabilityPolicyChange } from "./contract";
import { createEffectiveService } from "./server/service";

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());

const workspaceId = newId<AuthorizedWorkspaceId>();
const now = new Date("2026-03-04T10:00:00.000Z");
const allow: AvailabilityPolicyChange["allow"] = { absent: ["email"], onBreak: ["email"] };
const agents = 1_300;

beforeAll(async () => {
  // Of five agents, two can take work, two are on a break and one is away.
  const states = [
    { status: "active" },
    { status: "active", activity: "onBreak" },
    { status: "away" },
    { status: "active" },
    { status: "active", activity: "onBreak" },
  ] as const;
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      ...Array.from({ length: agents }, (_, index) => makeAgent({ workspaceId }, states[index % 5])),
    ]),
  );
});

const actor: Actor = {
  kind: "user",
  id: newId<UserId>(),
  name: "Robin",
  via: "session",
  workspaceId,
  permissions: new Set(permissions),
  agentId: undefined,
};
const audit = { record: async () => undefined };
const service = createEffectiveService({ db, ...makeEffective(db), audit });

it("the preview of a policy counts each agent once", async () => {
  expect(await service.previewPolicy(actor, { allow }, now)).toEqual({
    at: now.toISOString(),
    agents,
    channels: {
      messaging: { before: 520, after: 520 },
      email: { before: 520, after: 1040 },
      voice: { before: 520, after: 520 },
    },
  });
});
