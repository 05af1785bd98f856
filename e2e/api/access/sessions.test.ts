import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeMember,
  makePerson,
  makeWorkspace,
  managedRole,
  type Person,
  sealedCookie,
  sessionCookie,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Session } from "@/lib/access/sessions/contract";
import { idleLimit, longestSession } from "@/lib/access/sessions/rules";

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const viewer = () => makePerson(here.id, { roles: [managedRole("Viewer")] });
const own = { "Sec-Fetch-Site": "same-origin" };
const read = (cookie: string) => call("listWorkspaces", { headers: { Cookie: cookie } });
const list = (cookie: string) =>
  call<{ results: Session[] }>("listSessions", { headers: { Cookie: cookie } });
const end = (cookie: string, sessionId: string, headers: Record<string, string> = own) =>
  call("endSession", { params: { sessionId }, headers: { Cookie: cookie, ...headers } });
const endOthers = (cookie: string, headers: Record<string, string> = own) =>
  call("endOtherSessions", { headers: { Cookie: cookie, ...headers } });
const idOf = async (cookie: string) =>
  (await list(cookie)).body.results.find(({ current }) => current)?.id ?? "";
const browsers = (person: Person) => Promise.all([1, 2, 3].map(() => sessionCookie(person)));

describe("one's own sessions", () => {
  it("are listed with the current one marked, and end one by one", async () => {
    const person = await viewer();
    const [here, there, third] = await browsers(person);
    if (!here || !there || !third) throw new Error("there are three browsers");
    const { results } = (await list(here)).body;
    expect(results).toHaveLength(3);
    expect(results.filter(({ current }) => current)).toHaveLength(1);
    expect(await idOf(here)).not.toBe(await idOf(there));

    const doomed = await idOf(there);
    expect((await end(here, doomed)).status).toBe(204);
    expectRefusal(await read(there), 401, "Unauthorized");
    for (const cookie of [here, third]) expect((await read(cookie)).status).toBe(200);
    expectRefusal(await end(here, doomed), 404, "SessionNotFound");
    expect((await list(here)).body.results).toHaveLength(2);
  });

  it("can all be ended except the current one; with a token, all", async () => {
    const person = await makeMember(here.id, { roles: [managedRole("Viewer")] });
    const [here_, there, third] = await browsers(person);
    if (!here_ || !there || !third) throw new Error("there are three browsers");
    expect((await endOthers(here_)).status).toBe(204);
    expect((await read(here_)).status).toBe(200);
    for (const cookie of [there, third]) expectRefusal(await read(cookie), 401, "Unauthorized");
    expect((await endOthers(here_)).status).toBe(204);

    const byToken = await call<{ results: Session[] }>("listSessions", { as: person.auth });
    expect(byToken.body.results.map(({ current }) => current)).toEqual([false]);
    expect((await call("endOtherSessions", { as: person.auth })).status).toBe(204);
    expectRefusal(await read(here_), 401, "Unauthorized");
    expect((await call("listWorkspaces", { as: person.auth })).status).toBe(200);
  });

  it("cannot be seen or ended by others", async () => {
    const [person, stranger] = [await viewer(), await viewer()];
    const [mine, theirs] = [await sessionCookie(person), await sessionCookie(stranger)];
    const id = await idOf(mine);
    expect((await list(theirs)).body.results.map((each) => each.id)).not.toContain(id);
    expectRefusal(await end(theirs, id), 404, "SessionNotFound");
    expectRefusal(
      await call("endSession", { params: { sessionId: id }, as: here.supervisor.auth }),
      404,
      "SessionNotFound",
    );
    expect((await read(mine)).status).toBe(200);
    expectRefusal(await end(mine, "mine"), 400, "BadRequest", ["sessionId"]);
  });

  it("can be ended only from the product's own pages", async () => {
    const [mine, other] = await browsers(await viewer());
    if (!mine || !other) throw new Error("there are three browsers");
    const id = await idOf(other);
    for (const headers of [{}, { "Sec-Fetch-Site": "cross-site" }, { Origin: "https://evil.example" }]) {
      expectRefusal(await end(mine, id, headers), 403, "Forbidden");
      expectRefusal(await endOthers(mine, headers), 403, "Forbidden");
    }
    expect((await read(other)).status).toBe(200);
  });
});

describe("a session", () => {
  it("ends 12 hours after it was last seen, and 30 days after sign-in", async () => {
    const person = await viewer();
    const cases: [column: string, milliseconds: number, status: number][] = [
      ["last_seen_at", idleLimit - 60_000, 200],
      ["last_seen_at", idleLimit + 1_000, 401],
      ["created_at", longestSession - 60_000, 200],
      ["created_at", longestSession + 1_000, 401],
    ];
    for (const [column, milliseconds, status] of cases) {
      const cookie = await sessionCookie(person);
      const id = await idOf(cookie);
      await sql(`UPDATE sessions SET ${column} = now() - $2 * interval '1 millisecond' WHERE id = $1`, [
        id,
        milliseconds,
      ]);
      expect({ column, milliseconds, status: (await read(cookie)).status }).toEqual({
        column,
        milliseconds,
        status,
      });
    }
  });

  it("ends when the person is suspended everywhere, and stays ended when they are restored", async () => {
    const person = await viewer();
    const cookie = await sessionCookie(person);
    const set = (status: string) =>
      call("patchUser", {
        params: { workspaceId: here.id, userId: person.id },
        as: here.supervisor.auth,
        body: { status },
      });
    expect((await read(cookie)).status).toBe(200);
    expect((await set("suspended")).status).toBe(200);
    expectRefusal(await read(cookie), 401, "Unauthorized");
    expect((await set("active")).status).toBe(200);
    expectRefusal(await read(cookie), 401, "Unauthorized");
    expect((await read(await sessionCookie(person))).status).toBe(200);
  });

  it("remains valid in other workspaces when the person is suspended in one", async () => {
    const other = await makeWorkspace();
    const person = await viewer();
    await sql(
      "INSERT INTO memberships (workspace_id, user_id, status, created_at, updated_at) VALUES ($1, $2, 'active', now(), now())",
      [other.id, person.id],
    );
    const cookie = await sessionCookie(person);
    await call("patchUser", {
      params: { workspaceId: here.id, userId: person.id },
      as: here.supervisor.auth,
      body: { status: "suspended" },
    });
    const { body } = await call<{ results: { id: string }[] }>("listWorkspaces", {
      headers: { Cookie: cookie },
    });
    expect(body.results.map(({ id }) => id)).toEqual([other.id]);
  });

  it("ends in every browser when the password is changed", async () => {
    const person = await makeMember(here.id, { roles: [managedRole("Viewer")] });
    const cookies = await browsers(person);
    const changed = await call("changePassword", {
      as: person.auth,
      body: { current: "a password of the tests", new: "three words of mine" },
    });
    expect(changed.status).toBe(204);
    for (const cookie of cookies) expectRefusal(await read(cookie), 401, "Unauthorized");
  });

  it("without a row is rejected: an invented ID, or a cookie without session ID", async () => {
    const person = await viewer();
    const claims = { sub: person.id, name: person.name, email: person.email };
    for (const more of [{ sid: randomUUID() }, { version: 1 }, { sid: "1" }, { sid: null }])
      expectRefusal(await read(await sealedCookie({ ...claims, ...more })), 401, "Unauthorized");
    const stranger = await viewer();
    const sid = await idOf(await sessionCookie(stranger));
    expectRefusal(await read(await sealedCookie({ ...claims, sid })), 401, "Unauthorized");
  });

  it("is recorded as seen at most once per minute", async () => {
    const cookie = await sessionCookie(await viewer());
    const id = await idOf(cookie);
    const seen = async () =>
      (await sql<{ at: Date }>("SELECT last_seen_at AS at FROM sessions WHERE id = $1", [id]))[0]?.at;
    const before = await seen();
    await read(cookie);
    expect(await seen()).toEqual(before);
    await sql("UPDATE sessions SET last_seen_at = now() - interval '2 hours' WHERE id = $1", [id]);
    await read(cookie);
    await expect.poll(async () => Date.now() - ((await seen())?.getTime() ?? 0)).toBeLessThan(60_000);
  });
});
