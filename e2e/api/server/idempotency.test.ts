import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, call, raw } from "@/e2e/support/api/client";
import {
  expectRefusal,
  join,
  ledger,
  makeKey,
  makeMember,
  makePerson,
  makeTeam,
  makeWorkspace,
  managedRole,
  sql,
  type TestWorkspace,
  token,
} from "@/e2e/support/api/fixtures";
import type { Agent } from "@/lib/agents/agents/contract";

let here: TestWorkspace;

beforeAll(async () => {
  here = await makeWorkspace();
});

const post = (key: string, body: unknown, as = here.supervisor.auth, workspaceId = here.id) =>
  call<Agent>("createAgent", { params: { workspaceId }, as, body, headers: { "Idempotency-Key": key } });

const named = (name: string) => sql<{ id: string }>("SELECT id FROM agents WHERE name = $1", [name]);

/** The parts of a response that a repeat must return unchanged. */
const lasting = ({ status, headers, body }: Answer<unknown>) => ({
  status,
  body,
  etag: headers.get("etag"),
  location: headers.get("location"),
});

const unique = () => {
  const name = `Bot ${randomUUID()}`;
  return { key: randomUUID(), name, draft: { name, type: "bot" } };
};

describe("a POST with an Idempotency-Key", () => {
  it("creates one agent from ten concurrent requests", async () => {
    const { key, name, draft } = unique();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(key, draft)));
    const made = answers.filter((answer) => answer.status === 201);
    const waiting = answers.filter((answer) => answer.status !== 201);
    expect(made.length).toBeGreaterThan(0);
    for (const answer of waiting) expectRefusal(answer, 409, "IdempotencyKeyInUse");
    for (const answer of made) expect(lasting(answer)).toEqual(lasting(made[0] ?? answer));
    expect(made.filter((answer) => !answer.headers.has("idempotent-replayed")).length).toBe(1);
    expect(await named(name)).toEqual([{ id: made[0]?.body.id }]);
    expect((await ledger(made[0]?.body.id ?? "")).length).toBe(1);
  });

  it("returns the first response when repeated, marked as a repeat", async () => {
    const { key, name, draft } = unique();
    const first = await post(key, draft);
    expect(first.status).toBe(201);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    const patched = await call("patchAgent", {
      params: { workspaceId: here.id, agentId: first.body.id },
      as: here.key,
      body: { bio: "Changed since" },
    });
    expect(patched.status).toBe(200);
    const second = await post(key, draft);
    expect(lasting(second)).toEqual(lasting(first));
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect((await named(name)).length).toBe(1);
  });

  it("is rejected when repeated with another body", async () => {
    const { key, name, draft } = unique();
    expect((await post(key, draft)).status).toBe(201);
    for (const other of [
      { ...draft, name: `${name} 2` },
      { ...draft, bio: "x" },
    ])
      expectRefusal(await post(key, other), 409, "IdempotencyKeyReused");
    expect((await named(name)).length).toBe(1);
    expect(await named(`${name} 2`)).toEqual([]);
    expect((await post(key, draft)).status).toBe(201);
  });

  it("does not store errors: the key can be reused with a corrected body", async () => {
    const { key, name, draft } = unique();
    expectRefusal(await post(key, { ...draft, name: "" }), 422, "InvalidAgent", ["name"]);
    const unknown = { ...draft, teamIds: [randomUUID()] };
    expectRefusal(await post(key, unknown), 422, "InvalidAgent", ["teamIds.0"]);
    const taken = { name, userId: here.agent.id };
    expectRefusal(await post(key, taken), 409, "AgentAlreadyExists");
    const answer = await post(key, { ...draft, teamIds: [await makeTeam(here.id)] });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("idempotent-replayed")).toBeNull();
    expect((await named(name)).length).toBe(1);
  });

  it("is bound to its actor: others with the same key create their own agents", async () => {
    const { key, name, draft } = unique();
    const [second, program, otherProgram] = await Promise.all([
      makeMember(here.id, { roles: [managedRole("Supervisor")] }),
      makeKey(here.id),
      makeKey(here.id),
    ]);
    const callers = [here.supervisor.auth, second.auth, program.auth, otherProgram.auth];
    const answers = [];
    for (const as of callers) answers.push(await post(key, draft, as));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
    expect(answers.some((answer) => answer.headers.has("idempotent-replayed"))).toBe(false);
    expect((await named(name)).length).toBe(4);
  });

  it("treats two tokens of a person as the same actor", async () => {
    const { key, name, draft } = unique();
    const person = await makeMember(here.id, { roles: [managedRole("Supervisor")] });
    const first = await post(key, draft, person.auth);
    const second = await post(key, draft, await token(person));
    expect(lasting(second)).toEqual(lasting(first));
    expect((await named(name)).length).toBe(1);
  });

  it("is bound to its path: the same key creates another agent in another workspace, and none for a stranger", async () => {
    const { key, name, draft } = unique();
    const elsewhere = await makeWorkspace();
    const both = await makeMember(here.id, { roles: [managedRole("Supervisor")] });
    await join(elsewhere.id, both.id, { roles: [managedRole("Supervisor")] });
    expect((await post(key, draft, both.auth)).body).toMatchObject({ workspaceId: here.id });
    expect((await post(key, draft, both.auth, elsewhere.id)).body).toMatchObject({
      workspaceId: elsewhere.id,
    });
    const capitals = await post(key, draft, both.auth, here.id.toUpperCase());
    expect(capitals.headers.get("idempotent-replayed")).toBe("true");
    expect((await named(name)).length).toBe(2);
    expectRefusal(await post(key, draft, elsewhere.key), 404, "WorkspaceNotFound");
  });

  it("is rejected if the actor has lost the permission since the first response", async () => {
    const { key, draft } = unique();
    const person = await makeMember(here.id, { roles: [managedRole("Supervisor")] });
    expect((await post(key, draft, person.auth)).status).toBe(201);
    await sql("UPDATE membership_roles SET role_id = $3 WHERE workspace_id = $1 AND user_id = $2", [
      here.id,
      person.id,
      managedRole("Viewer"),
    ]);
    expectRefusal(await post(key, draft, person.auth), 403, "Forbidden");
  });

  it("runs again after 24 hours", async () => {
    const { key, name, draft } = unique();
    expect((await post(key, draft)).status).toBe(201);
    const kept = await sql<{ left: number }>(
      "SELECT extract(epoch FROM expires_at - now())::float AS left FROM idempotency_keys WHERE key = $1",
      [key],
    );
    expect(kept.length).toBe(1);
    expect(Math.abs((kept[0]?.left ?? 0) - 86_400)).toBeLessThan(60);
    await sql("UPDATE idempotency_keys SET expires_at = now() - interval '1 second' WHERE key = $1", [key]);
    const again = await post(key, { ...draft, bio: "Another" });
    expect(again.status).toBe(201);
    expect(again.headers.get("idempotent-replayed")).toBeNull();
    expect((await named(name)).length).toBe(2);
  });

  it("creates one agent per person regardless of the number of keys", async () => {
    const person = await makePerson(here.id);
    const draft = { name: "One of many keys", userId: person.id };
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(randomUUID(), draft)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it.each([
    ["an empty one", ""],
    ["one of 256 characters", "x".repeat(256)],
    ["one with a space in it", "a b"],
    ["one with an umlaut", "sch\u00f6n"],
  ])("is rejected with a malformed key: %s", async (_what, key) => {
    const { name, draft } = unique();
    expectRefusal(await post(key, draft), 400, "BadRequest");
    expect(await named(name)).toEqual([]);
  });

  it("accepts a key of 255 visible characters", async () => {
    const { draft } = unique();
    const key = `${randomUUID()}~!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}`.padEnd(255, "x");
    const first = await post(key, draft);
    expect(first.status).toBe(201);
    expect(lasting(await post(key, draft))).toEqual(lasting(first));
  });

  it("works the same with and without /api in the path", async () => {
    const { key, name, draft } = unique();
    const send = (path: string) =>
      raw(path, {
        method: "POST",
        headers: { Authorization: here.key, "Content-Type": "application/json", "Idempotency-Key": key },
        body: JSON.stringify(draft),
      });
    const first = await send(`/workspaces/${here.id}/agents`);
    const second = await send(`/api/workspaces/${here.id}/agents`);
    expect(first.status).toBe(201);
    expect(lasting(second)).toEqual(lasting(first));
    expect((await named(name)).length).toBe(1);
  });
});

describe("the stored response of a POST", () => {
  it("is deleted with the agent it contains", async () => {
    const { key, name, draft } = unique();
    const made = await post(key, draft);
    const kept = () => sql("SELECT 1 FROM idempotency_keys WHERE key = $1", [key]);
    expect((await kept()).length).toBe(1);
    const gone = await call("deleteAgent", {
      params: { workspaceId: here.id, agentId: made.body.id },
      as: here.supervisor.auth,
    });
    expect(gone.status).toBe(204);
    expect((await kept()).length).toBe(0);
    expect((await named(name)).length).toBe(0);
  });
});

describe("a POST without an Idempotency-Key", () => {
  it("creates an agent each time", async () => {
    const { name, draft } = unique();
    const params = { workspaceId: here.id };
    for (let time = 0; time < 2; time++)
      expect((await call("createAgent", { params, as: here.key, body: draft })).status).toBe(201);
    expect((await named(name)).length).toBe(2);
  });
});
