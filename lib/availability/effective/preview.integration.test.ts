import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";
import { previewPolicies } from "./server/preview";
import { createEffectiveRepository } from "./server/repository";
import { defaultPolicy } from "./values";

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());
const repository = createEffectiveRepository(db);

const workspaceId = newId<AuthorizedWorkspaceId>();
const now = new Date("2026-03-04T10:00:00.000Z");
const trial = { ...defaultPolicy, allow: { ...defaultPolicy.allow, onBreak: ["email"] } } as const;
const agents = 1_300;

beforeAll(async () => {
  // Two of five take work, two are on a break and one is away.
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

const preview = (limit?: number) =>
  previewPolicies(repository, workspaceId, { before: defaultPolicy, after: trial }, now, limit);

describe("the preview of a policy", () => {
  it("counts each agent once, over several pages", async () => {
    expect(await preview()).toEqual({
      at: now.toISOString(),
      agents,
      channels: {
        messaging: { before: 520, after: 520 },
        email: { before: 520, after: 1040 },
        voice: { before: 520, after: 520 },
      },
    });
  });

  it("projects the counts of a large workspace from a sample of bounded size", async () => {
    const { sample = 0, channels } = await preview(650);
    expect(sample).toBeGreaterThan(550);
    expect(sample).toBeLessThan(750);
    for (const [count, expected] of [
      [channels.email.before, 520],
      [channels.email.after, 1040],
      [channels.voice.after, 520],
    ] as const)
      expect(Math.abs(count - expected)).toBeLessThan(0.1 * agents);
    expect(await preview(650)).toEqual(await preview(650));
  });
});
