import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeWorkspace,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import { describeSettingWrites } from "@/e2e/support/api/setting-writes";
import type { Agent } from "@/lib/agents/agents/contract";
import type { SenderProfile } from "@/lib/workforce/senders/contract";

const email = { username: "support", domain: "mail.example" };

describeSettingWrites({
  noun: "sender profile",
  operations: {
    list: "listSenderProfiles",
    create: "createSenderProfile",
    get: "getSenderProfile",
    patch: "patchSenderProfile",
    remove: "deleteSenderProfile",
    usage: "getSenderProfileUsage",
  },
  param: "senderProfileId",
  notFound: "SenderProfileNotFound",
  invalid: "InvalidSenderProfile",
  draft: () => ({ name: `Sender ${randomUUID()}`, email }),
  defaults: {},
  change: () => ({
    name: "Billing",
    email: { username: "billing+eu", domain: "xn--bcher-kva.example" },
    signature: "Yours,\nBilling",
  }),
  required: ["name", "email"],
  invalidBoth: [
    [{ email: null }, ["email"]],
    [{ email: "support@mail.example" }, ["email"]],
    [{ email: {} }, ["email.domain", "email.username"]],
    [{ email: { ...email, name: "x" } }, ["email.name"]],
    ...["", "a b", ".a", "a..b", "a@b", "ä", "a".repeat(65), "a\r\nBcc: x"].map(
      (username) => [{ email: { ...email, username } }, ["email.username"]] as const,
    ),
    ...[
      "",
      "localhost",
      "-a.example",
      "a_b.example",
      "a..example",
      "bücher.example",
      "1.2.3.4",
      "a.example.",
    ].map((domain) => [{ email: { ...email, domain } }, ["email.domain"]] as const),
    [{ email: { ...email, domain: `${"a".repeat(64)}.example` } }, ["email.domain"]],
    [{ email: { ...email, domain: `${"a.".repeat(125)}example` } }, ["email.domain"]],
    [{ signature: "a".repeat(10_001) }, ["signature"]],
    [{ signature: "a\0" }, ["signature"]],
  ],
});

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const params = (senderProfileId?: string) => ({
  workspaceId: here.id,
  ...(senderProfileId ? { senderProfileId } : {}),
});
const create = async () =>
  (
    await call<SenderProfile>("createSenderProfile", {
      params: params(),
      as: here.key,
      body: { name: "Support", email, signature: "Yours" },
    })
  ).body;
const remove = (id: string) => call("deleteSenderProfile", { params: params(id), as: here.supervisor.auth });
const agentOf = (agentId: string) =>
  call<Agent>("getAgent", { params: { workspaceId: here.id, agentId }, as: here.key });
const choose = (agentId: string, defaultSenderId: string) =>
  call<Agent>("patchAgent", {
    params: { workspaceId: here.id, agentId },
    as: here.key,
    body: { defaultSenderId },
  });

describe("the signature of a sender profile", () => {
  it("is cleared by null and then omitted", async () => {
    const profile = await create();
    expect(profile.signature).toBe("Yours");
    const { body } = await call("patchSenderProfile", {
      params: params(profile.id),
      as: here.key,
      body: { signature: null },
    });
    expect(body).toEqual({ id: profile.id, name: "Support", email });
  });
});

describe("deleting a sender profile", () => {
  it("removes it from its agents, each with one new version and one ledger entry", async () => {
    const [profile, other] = [await create(), await create()];
    const agents = await Promise.all(Array.from({ length: 4 }, () => makeAgent(here)));
    const versions = await Promise.all(
      agents.map(async (agent) => versionOf(await choose(agent.id, profile.id))),
    );
    const beside = await makeAgent(here);
    const untouched = versionOf(await choose(beside.id, other.id));
    const usage = await call("getSenderProfileUsage", { params: params(profile.id), as: here.key });
    expect(usage.body).toEqual({ agents: 4 });

    expect((await remove(profile.id)).status).toBe(204);
    for (const [at, agent] of agents.entries()) {
      const answer = await agentOf(agent.id);
      expect(versionOf(answer)).toBe((versions[at] ?? 0) + 1);
      expect(answer.body).not.toHaveProperty("defaultSenderId");
      expect(Date.parse(answer.body.updatedAt)).toBeGreaterThan(Date.parse(agent.updatedAt));
      expect((await ledger(agent.id)).at(-1)).toEqual(
        expect.objectContaining({
          action: "updated",
          actorKind: "user",
          actorId: here.supervisor.id,
          actorName: "Sam Supervisor",
          agentName: agent.name,
          cause: "api",
          fields: { defaultSenderId: { before: profile.id } },
        }),
      );
    }
    expect(versionOf(await agentOf(beside.id))).toBe(untouched);
  });

  it("leaves no agent with it, even if some choose it concurrently", async () => {
    const profile = await create();
    const agents = await Promise.all(Array.from({ length: 8 }, () => makeAgent(here)));
    const [gone, ...choices] = await Promise.all([
      remove(profile.id),
      ...agents.map((agent) => choose(agent.id, profile.id)),
    ]);
    expect(gone?.status).toBe(204);
    for (const choice of choices) expect([200, 422]).toContain(choice.status);
    for (const agent of agents) expect((await agentOf(agent.id)).body.defaultSenderId).toBeUndefined();
    expectRefusal(await choose(agents[0]?.id ?? "", profile.id), 422, "InvalidAgent", ["defaultSenderId"]);
  });
});
