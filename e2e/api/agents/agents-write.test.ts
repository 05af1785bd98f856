import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, bearer, call, people, raw, workspaceId } from "@/e2e/support/api/client";
import {
  demoKey,
  etagOf,
  expectRefusal,
  ledger,
  makeAgent,
  makeKey,
  makeMedia,
  makeMember,
  makePerson,
  makeRole,
  makeRule,
  makeSkill,
  makeTeam,
  makeWorkspace,
  managedRole,
  sql,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import type { Agent } from "@/lib/agents/agents/contract";

let here: TestWorkspace;
let elsewhere: TestWorkspace;

beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const create = <Body = Agent>(body: unknown, as: string | undefined = here.supervisor.auth) =>
  call<Body>("createAgent", { params: { workspaceId: here.id }, as, body });

/** Sends a POST with a body that `JSON.stringify` would not produce. */
const createRaw = (body: BodyInit, headers: Record<string, string> = {}): Promise<Answer<unknown>> =>
  raw(`/api/workspaces/${here.id}/agents`, {
    method: "POST",
    headers: { Authorization: here.supervisor.auth, "Content-Type": "application/json", ...headers },
    body,
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  } as RequestInit);

const get = (agentId: string, as = here.supervisor.auth, headers: Record<string, string> = {}) =>
  call<Agent>("getAgent", { params: { workspaceId: here.id, agentId }, as, headers });

const remove = (agentId: string, as = here.supervisor.auth, headers: Record<string, string> = {}) =>
  call("deleteAgent", { params: { workspaceId: here.id, agentId }, as, headers });

const count = async () =>
  (await sql<{ n: number }>("SELECT count(*)::int AS n FROM agents WHERE workspace_id = $1", [here.id]))[0]
    ?.n;

const hours = (from: number, to: number) => ({
  from: { hour: from, minute: 0 },
  to: { hour: to, minute: 0 },
});

describe("creating an agent", () => {
  it("creates a person's agent from a name and user ID, with every default of the contract", async () => {
    const person = await makePerson(here.id, {
      name: "Robin Example",
      roles: [managedRole("Agent")],
      emails: [`${randomUUID()}@A.example`, `${randomUUID()}@b.example`],
      phoneNumber: "+14155550123",
    });
    const before = Date.now();
    const answer = await create({ name: "Robin", userId: person.id });
    const after = Date.now();
    expect(answer.status).toBe(201);
    const made = answer.body;
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      status: "away",
      name: "Robin",
      overrideName: true,
      workspaceId: here.id,
      type: "user",
      userEmails: [person.email, expect.stringMatching(/@b\.example$/)],
      dropVms: [],
      tagCount: 0,
      wrapUpTime: 0,
      lastSetToAwayAt: made.createdAt,
      teams: [],
      workload: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        workload: { messaging: 0, email: 0 },
        updatedAt: made.createdAt,
      },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: made.createdAt,
      availability: {
        status: "away",
        activity: "available",
        lastStatusSet: made.createdAt,
        lastActivitySet: made.createdAt,
        updatedAt: made.createdAt,
      },
      timezone: "Europe/Berlin",
      roles: [{ id: managedRole("Agent"), type: "managed", workspaces: [here.id] }],
      user: {
        id: person.id,
        name: "Robin Example",
        defaultEmail: person.email,
        phoneNumber: "+14155550123",
      },
      holidays: [],
      assignedSkills: [],
    });
    expect(Date.parse(made.createdAt)).toBeGreaterThanOrEqual(before - 1000);
    expect(Date.parse(made.createdAt)).toBeLessThanOrEqual(after + 1000);
    expect(versionOf(answer)).toBe(1);
    expect((await get(made.id)).body).toEqual(made);
  });

  it("returns a Location that leads to the agent with the same ETag", async () => {
    const answer = await create({ name: "Located", type: "bot" });
    const location = answer.headers.get("location") ?? "";
    expect(location).toMatch(/^http/);
    const found = await fetch(location, { headers: { Authorization: here.viewer.auth } });
    expect(found.status).toBe(200);
    expect(found.headers.get("etag")).toBe(etagOf(answer));
    expect(await found.json()).toEqual(answer.body);
  });

  it("creates a bot without person, email addresses and roles", async () => {
    const { body } = await create({ name: "Helper", type: "bot" });
    expect(body).toMatchObject({
      type: "bot",
      name: "Helper",
      overrideName: false,
      userEmails: [],
      roles: [],
    });
    expect(body).not.toHaveProperty("user");
  });

  it("stores every given property", async () => {
    const [person, team, rule] = await Promise.all([
      makePerson(here.id),
      makeTeam(here.id, "Claims"),
      makeRule(elsewhere.id),
    ]);
    const draft = {
      name: "Everything",
      type: "user",
      userId: person.id,
      bio: "Speaks three languages.\n日本語も。",
      teamIds: [team],
      timezone: "America/New_York",
      defaultCountryCode: "US",
      weeklySchedule: { monday: hours(9, 17), friday: hours(22, 6), sunday: null },
      holidays: [{ name: "Leap day", day: 29, month: 2 }],
    };
    const { status, body } = await create(draft);
    expect(status).toBe(201);
    const { teamIds: _teams, userId: _user, ...same } = draft;
    expect(body).toMatchObject({
      ...same,
      user: { id: person.id },
      weeklySchedule: { monday: hours(9, 17), friday: hours(22, 6) },
      teams: [
        {
          id: team,
          name: "Claims",
          memberSince: body.createdAt,
          activeMemberCount: 1,
          pendingMemberCount: 0,
        },
      ],
    });
    expect(Object.keys(body.weeklySchedule ?? {}).sort()).toEqual(["friday", "monday"]);
    // The default rule of another workspace does not apply.
    expect(body.workload).not.toHaveProperty("rule");
    expect(rule).toBeTruthy();
    expect((await get(body.id)).body).toEqual(body);
  });

  it("counts an invited person's agent as pending in the team, and counts a repeated team once", async () => {
    const [person, team] = await Promise.all([makePerson(here.id, { status: "invited" }), makeTeam(here.id)]);
    const { body } = await create({
      name: "Invited",
      userId: person.id,
      teamIds: [team, team, team.toUpperCase()],
    });
    expect(body.teams).toEqual([expect.objectContaining({ activeMemberCount: 0, pendingMemberCount: 1 })]);
    await sql(
      "UPDATE memberships SET status = 'active', updated_at = now() WHERE workspace_id = $1 AND user_id = $2",
      [here.id, person.id],
    );
    expect((await get(body.id)).body.teams).toEqual([
      expect.objectContaining({ activeMemberCount: 1, pendingMemberCount: 0 }),
    ]);
  });

  it("trims a name, and does not store one that equals the person's", async () => {
    const person = await makePerson(here.id, { name: "Robin Example" });
    const { body } = await create({ name: " \t Robin Example\u3000\n", userId: person.id });
    expect(body).toMatchObject({ name: "Robin Example", overrideName: false });
  });

  it("accepts a name of up to 255 code points, independently of their bytes", async () => {
    const longest = "👩".repeat(255);
    const answer = await create({ name: `  ${longest}  `, type: "bot" });
    expect(answer.status).toBe(201);
    expect(answer.body.name).toBe(longest);
    expectRefusal(await create({ name: `${longest}é`, type: "bot" }), 422, "InvalidAgent", ["name"]);
  });

  it("accepts a bio of up to 2,000 code points and does not trim it", async () => {
    const bio = ` ${"ß😀".repeat(999)} `;
    expect((await create({ name: "Long", type: "bot", bio })).body.bio).toBe(bio);
  });

  it("lets an access key create one and records the actor", async () => {
    const key = await makeKey(here.id);
    const answer = await create({ name: "By program", type: "bot" }, key.auth);
    expect(answer.status).toBe(201);
    expect(await ledger(answer.body.id)).toEqual([
      {
        action: "created",
        actorKind: "accessKey",
        actorId: key.id,
        actorName: key.name,
        agentName: "By program",
        cause: "api",
        fields: expect.objectContaining({ name: { after: "By program" } }),
      },
    ]);
  });

  it("is rejected for agents, viewers, strangers and without credentials, and creates nothing", async () => {
    const before = await count();
    const body = { name: "No", type: "bot" };
    expectRefusal(await create(body, here.agent.auth), 403, "Forbidden");
    expectRefusal(await create(body, here.viewer.auth), 403, "Forbidden");
    expectRefusal(await create(body, elsewhere.supervisor.auth), 404, "WorkspaceNotFound");
    expectRefusal(await create(body, elsewhere.key), 404, "WorkspaceNotFound");
    expectRefusal(await call("createAgent", { params: { workspaceId: here.id }, body }), 401, "Unauthorized");
    expect(await count()).toBe(before);
  });

  it("is rejected for a person with an agent in the workspace, but not for one with an agent elsewhere", async () => {
    const person = await makePerson(here.id);
    expect((await create({ name: "First", userId: person.id })).status).toBe(201);
    expectRefusal(await create({ name: "Second", userId: person.id }), 409, "AgentAlreadyExists");
    expectRefusal(
      await create({ name: "Third", userId: person.id.toUpperCase() }),
      409,
      "AgentAlreadyExists",
    );
    await sql(
      "INSERT INTO memberships (workspace_id, user_id, status, created_at, updated_at) VALUES ($1, $2, 'active', now(), now())",
      [elsewhere.id, person.id],
    );
    expect((await makeAgent(elsewhere, { name: "Elsewhere", userId: person.id })).name).toBe("Elsewhere");
  });

  it("creates one agent if concurrent requests name the same person", async () => {
    const person = await makePerson(here.id);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => create({ name: `Race ${n}`, userId: person.id })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  describe("names each invalid value by its path:", () => {
    const nineToFive = hours(9, 17);
    const bot = { name: "Valid", type: "bot" };
    const holiday = { name: "Day", day: 1, month: 5 };
    const cases: [string, unknown, string[]][] = [
      ["no property at all", {}, ["name", "userId"]],
      ["no name", { type: "bot" }, ["name"]],
      ["an empty name", { ...bot, name: "" }, ["name"]],
      ["a name of white space", { ...bot, name: " \n\t\u3000 " }, ["name"]],
      ["a name that is a number", { ...bot, name: 5 }, ["name"]],
      ["a name that is null", { ...bot, name: null }, ["name"]],
      ["a name of 256 letters", { ...bot, name: "x".repeat(256) }, ["name"]],
      ["a NUL in the name", { ...bot, name: "a\0b" }, ["name"]],
      ["a lone surrogate in the name", { ...bot, name: "a\ud800b" }, ["name"]],
      ["the later half of a pair in the bio", { ...bot, bio: "\udc00" }, ["bio"]],
      ["a NUL in the bio", { ...bot, bio: "\0" }, ["bio"]],
      ["a bio of 2,001 letters", { ...bot, bio: "x".repeat(2001) }, ["bio"]],
      ["a bio that is a list", { ...bot, bio: ["x"] }, ["bio"]],
      ["a type that does not exist", { name: "Valid", type: "robot", userId: randomUUID() }, ["type"]],
      ["no person for the default type", { name: "Valid" }, ["userId"]],
      ["no person for the type user", { name: "Valid", type: "user" }, ["userId"]],
      ["a person for a bot", { ...bot, userId: randomUUID() }, ["userId"]],
      ["a user id that is no UUID", { name: "Valid", userId: "42" }, ["userId"]],
      ["a user id that is null", { name: "Valid", userId: null }, ["userId"]],
      ["a user id with a NUL", { name: "Valid", userId: "\0" }, ["userId"]],
      ["teams that are no list", { ...bot, teamIds: randomUUID() }, ["teamIds"]],
      ["a team id that is no UUID", { ...bot, teamIds: [randomUUID(), "x"] }, ["teamIds.1"]],
      ["101 teams", { ...bot, teamIds: Array.from({ length: 101 }, () => randomUUID()) }, ["teamIds"]],
      ["an offset for a time zone", { ...bot, timezone: "+02:00" }, ["timezone"]],
      ["an offset from GMT", { ...bot, timezone: "GMT+2" }, ["timezone"]],
      ["a zone that is nowhere", { ...bot, timezone: "Mars/Olympus" }, ["timezone"]],
      ["an empty zone", { ...bot, timezone: "" }, ["timezone"]],
      ["a zone that is a number", { ...bot, timezone: 2 }, ["timezone"]],
      ["a country in small letters", { ...bot, defaultCountryCode: "de" }, ["defaultCountryCode"]],
      ["a country of three letters", { ...bot, defaultCountryCode: "DEU" }, ["defaultCountryCode"]],
      ["a country that is not assigned", { ...bot, defaultCountryCode: "XX" }, ["defaultCountryCode"]],
      ["a schedule that is a list", { ...bot, weeklySchedule: [] }, ["weeklySchedule"]],
      [
        "a day that is not of the week",
        { ...bot, weeklySchedule: { mon: nineToFive } },
        ["weeklySchedule.mon"],
      ],
      [
        "an hour of 24",
        { ...bot, weeklySchedule: { monday: hours(24, 17) } },
        ["weeklySchedule.monday.from.hour"],
      ],
      [
        "a minute of 60",
        { ...bot, weeklySchedule: { monday: { ...nineToFive, to: { hour: 1, minute: 60 } } } },
        ["weeklySchedule.monday.to.minute"],
      ],
      [
        "half an hour as a fraction",
        { ...bot, weeklySchedule: { sunday: { ...nineToFive, to: { hour: 1.5, minute: 0 } } } },
        ["weeklySchedule.sunday.to.hour"],
      ],
      [
        "an hour as a string",
        { ...bot, weeklySchedule: { sunday: { ...nineToFive, to: { hour: "1", minute: 0 } } } },
        ["weeklySchedule.sunday.to.hour"],
      ],
      [
        "a day without an end",
        { ...bot, weeklySchedule: { tuesday: { from: { hour: 1, minute: 0 } } } },
        ["weeklySchedule.tuesday.to"],
      ],
      [
        "an unknown property of a day",
        { ...bot, weeklySchedule: { monday: { ...nineToFive, x: 1 } } },
        ["weeklySchedule.monday.x"],
      ],
      [
        "an unknown property of a time",
        { ...bot, weeklySchedule: { monday: { ...nineToFive, to: { hour: 1, minute: 1, second: 1 } } } },
        ["weeklySchedule.monday.to.second"],
      ],
      ["holidays that are no list", { ...bot, holidays: holiday }, ["holidays"]],
      ["31 April", { ...bot, holidays: [holiday, { ...holiday, day: 31, month: 4 }] }, ["holidays.1.day"]],
      ["30 February", { ...bot, holidays: [{ ...holiday, day: 30, month: 2 }] }, ["holidays.0.day"]],
      ["a day of 0", { ...bot, holidays: [{ ...holiday, day: 0 }] }, ["holidays.0.day"]],
      ["a month of 13", { ...bot, holidays: [{ ...holiday, month: 13 }] }, ["holidays.0.month"]],
      ["a holiday without a name", { ...bot, holidays: [{ day: 1, month: 1 }] }, ["holidays.0.name"]],
      ["a holiday that is null", { ...bot, holidays: [null] }, ["holidays.0"]],
      [
        "an unknown property of a holiday",
        { ...bot, holidays: [{ ...holiday, year: 2026 }] },
        ["holidays.0.year"],
      ],
      [
        "the same holiday twice",
        { ...bot, holidays: [holiday, { ...holiday, day: 2 }, holiday] },
        ["holidays.2"],
      ],
      [
        "the same holiday twice but for white space",
        { ...bot, holidays: [holiday, { ...holiday, name: " Day " }] },
        ["holidays.1"],
      ],
      [
        "367 holidays",
        { ...bot, holidays: Array.from({ length: 367 }, (_, n) => ({ ...holiday, name: `Day ${n}` })) },
        ["holidays"],
      ],
      ["an unknown property", { ...bot, nickname: "V" }, ["nickname"]],
      ["a property that only a change takes", { ...bot, wrapUpTime: 5 }, ["wrapUpTime"]],
      ["a property with an empty name", { ...bot, "": 1 }, [""]],
      ["a property named like a method of objects", { ...bot, constructor: 1 }, ["constructor"]],
      ["a body that is a list", [bot], [""]],
      ["a body that is null", null, [""]],
      ["a body that is a string", "Valid", [""]],
      [
        "many mistakes at once",
        {
          name: " ",
          type: "robot",
          userId: "x",
          bio: 1,
          teamIds: ["x"],
          timezone: "GMT+2",
          defaultCountryCode: "xx",
          weeklySchedule: { monday: { from: { hour: 25, minute: 0 }, to: { hour: 1, minute: -1 }, x: 1 } },
          holidays: [{ name: "", day: 32, month: 1 }, { name: "A", day: 31, month: 6 }, 3],
          nickname: 1,
          age: 2,
        },
        [
          "name",
          "type",
          "userId",
          "bio",
          "teamIds.0",
          "timezone",
          "defaultCountryCode",
          "weeklySchedule.monday.from.hour",
          "weeklySchedule.monday.to.minute",
          "weeklySchedule.monday.x",
          "holidays.0.name",
          "holidays.0.day",
          "holidays.1.day",
          "holidays.2",
          "nickname",
          "age",
        ],
      ],
    ];
    it.each(cases)("%s", async (_what, body, paths) => {
      expectRefusal(await create(body), 422, "InvalidAgent", paths);
    });
  });

  it("accepts 29 February, 366 holidays, and two holidays with different names on one date", async () => {
    const holidays = Array.from({ length: 366 }, (_, n) => ({ name: `Day ${n}`, day: 29, month: 2 }));
    const answer = await create({ name: "Festive", type: "bot", holidays });
    expect(answer.status).toBe(201);
    expect(answer.body.holidays).toEqual(holidays);
  });

  it("treats IDs of another workspace like missing ones", async () => {
    const [person, team, known] = await Promise.all([
      makePerson(elsewhere.id),
      makeTeam(elsewhere.id),
      makeTeam(here.id),
    ]);
    const name = "Stranger";
    const foreign = await create({ name, userId: person.id, teamIds: [known, team] });
    const missing = await create({ name, userId: randomUUID(), teamIds: [known, randomUUID()] });
    expectRefusal(foreign, 422, "InvalidAgent", ["userId", "teamIds.1"]);
    expect(foreign.body).toEqual(missing.body);
    const [left] = await sql("SELECT active_member_count AS n FROM teams WHERE id = $1", [known]);
    expect(left).toEqual({ n: 0 });
  });

  it("is rejected with 400 if the body is not JSON", async () => {
    for (const body of ["", "{", "name=x", '{"name": "x",}', "NaN", "\ufeff{}x"])
      expectRefusal(await createRaw(body), 400, "BadRequest");
    const broken = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
    expectRefusal(await createRaw(broken), 400, "BadRequest");
  });

  it("is rejected with 415 if the media type is not JSON; parameters of the type are accepted", async () => {
    const body = JSON.stringify({ name: "Typed", type: "bot" });
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
      expectRefusal(await createRaw(body, { "Content-Type": type }), 415, "UnsupportedMediaType");
    const answer = await createRaw(body, { "Content-Type": "Application/JSON; charset=utf-8" });
    expect(answer.status).toBe(201);
  });

  it("is rejected with 413 above 256 KiB, with or without a declared length", async () => {
    const limit = 256 * 1024;
    const sized = (bytes: number) => {
      const start = '{"name":"Big","type":"bot","bio":"';
      return `${start}${"x".repeat(bytes - start.length - 2)}"}`;
    };
    const streamed = (text: string) =>
      new ReadableStream({
        start(controller) {
          const bytes = new TextEncoder().encode(text);
          for (let at = 0; at < bytes.length; at += 65_536) controller.enqueue(bytes.slice(at, at + 65_536));
          controller.close();
        },
      });
    expectRefusal(await createRaw(sized(limit)), 422, "InvalidAgent", ["bio"]);
    expectRefusal(await createRaw(streamed(sized(limit))), 422, "InvalidAgent", ["bio"]);
    expectRefusal(await createRaw(sized(limit + 1)), 413, "PayloadTooLarge");
    expectRefusal(await createRaw(streamed(sized(limit + 1))), 413, "PayloadTooLarge");
    expectRefusal(await createRaw(sized(8 * limit)), 413, "PayloadTooLarge");
  });

  it("survives a body nested 100,000 levels deep", async () => {
    const depth = 100_000;
    const nested = `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expectRefusal(await createRaw(nested), 422, "InvalidAgent", [""]);
    expectRefusal(await createRaw(`{"name":"Deep","type":"bot","x":${nested}}`), 422, "InvalidAgent", ["x"]);
    expectRefusal(await createRaw("[".repeat(depth)), 400, "BadRequest");
  });

  it("rejects a property named __proto__ like any unknown one, at every level", async () => {
    const answer = await createRaw('{"name":"Proto","type":"bot","__proto__":{"bio":"x"}}');
    expectRefusal(answer, 422, "InvalidAgent");
    expect(Object.keys((answer.body as { details: object }).details)).toEqual(["__proto__"]);
    const nested = await createRaw('{"name":"Proto","type":"bot","weeklySchedule":{"__proto__":null}}');
    expectRefusal(nested, 422, "InvalidAgent", ["weeklySchedule.__proto__"]);
  });

  it("returns the first error in the order of the contract", async () => {
    const path = (workspace: string) => `/api/workspaces/${workspace}/agents`;
    const huge = "x".repeat(300_000);
    const post = (workspace: string, as: string | undefined, type: string, body: string) =>
      raw(path(workspace), {
        method: "POST",
        headers: { "Content-Type": type, ...(as === undefined ? {} : { Authorization: as }) },
        body,
      });
    const json = "application/json";
    expectRefusal(await post("x", undefined, "text/plain", huge), 401, "Unauthorized");
    expectRefusal(await post("x", here.viewer.auth, "text/plain", huge), 400, "BadRequest", ["workspaceId"]);
    expectRefusal(await post(here.id, elsewhere.key, "text/plain", huge), 404, "WorkspaceNotFound");
    expectRefusal(await post(here.id, here.viewer.auth, "text/plain", huge), 403, "Forbidden");
    expectRefusal(await post(here.id, here.key, "text/plain", huge), 415, "UnsupportedMediaType");
    expectRefusal(await post(here.id, here.key, json, huge), 413, "PayloadTooLarge");
    expectRefusal(await post(here.id, here.key, json, "{"), 400, "BadRequest");
    const taken = { userId: here.agent.id, teamIds: [randomUUID()] };
    expectRefusal(await create({ ...taken, name: "" }), 422, "InvalidAgent");
    expectRefusal(await create({ ...taken, name: "x" }), 422, "InvalidAgent", ["teamIds.0"]);
    expectRefusal(await create({ userId: here.agent.id, name: "x" }), 409, "AgentAlreadyExists");
  });

  it("rejects a query parameter", async () => {
    const answer = await raw(`/api/workspaces/${here.id}/agents?dryRun=true`, {
      method: "POST",
      headers: { Authorization: here.key, "Content-Type": "application/json" },
      body: JSON.stringify({ name: "Query", type: "bot" }),
    });
    expectRefusal(answer, 400, "InvalidQuery", ["dryRun"]);
  });

  it("shows a new agent immediately in the list, by ID and among all agents", async () => {
    const { body } = await create({ name: "Visible", type: "bot" });
    const params = { workspaceId: here.id };
    const as = here.viewer.auth;
    const list = await call<{ results: Agent[]; total: number }>("listAgents", {
      params,
      as,
      query: { agentIds: body.id },
    });
    expect(list.body).toEqual({ results: [body], total: 1 });
    const all = await call<{ results: { id: string }[] }>("listAllAgents", { params, as });
    expect(all.body.results.find((each) => each.id === body.id)).toEqual({
      id: body.id,
      status: "away",
      activity: "available",
      name: "Visible",
      createdAt: body.createdAt,
    });
  });
});

describe("reading an agent", () => {
  it("returns the same by ID, by an uppercase ID and as `me`", async () => {
    const byId = await get(here.agent.agentId, here.agent.auth);
    expect(byId.status).toBe(200);
    expect(byId.body.id).toBe(here.agent.agentId);
    const capitals = await get(here.agent.agentId.toUpperCase(), here.agent.auth);
    const me = await get("me", here.agent.auth);
    for (const other of [capitals, me]) {
      expect(other.body).toEqual(byId.body);
      expect(etagOf(other)).toBe(etagOf(byId));
    }
    const upper = await call<Agent>("getAgent", {
      params: { workspaceId: here.id.toUpperCase(), agentId: "me" },
      as: here.agent.auth,
    });
    expect(upper.body).toEqual(byId.body);
  });

  it("reads `me` as each caller's own agent", async () => {
    expect((await get("me")).body.id).toBe(here.supervisor.agentId);
    expect((await get("me", here.agent.auth)).body.id).toBe(here.agent.agentId);
  });

  it("returns 404 for `me` of an access key and of a person without an agent", async () => {
    expectRefusal(await get("me", here.key), 404, "AgentNotFound");
    expectRefusal(await get("me", here.viewer.auth), 404, "AgentNotFound");
  });

  it("returns the same 404 for a missing agent and one of another workspace", async () => {
    const missing = await get(randomUUID());
    const foreign = await get(elsewhere.agent.agentId);
    expectRefusal(missing, 404, "AgentNotFound");
    expect(foreign).toMatchObject({ status: 404, body: missing.body });
  });

  it.each(["x", "Me", "0", "00000000-0000-7000-8000-00000000000g", "%00", "null", "' OR 1=1"])(
    "returns 400 for the malformed ID %j",
    async (agentId) => {
      const answer = await get(agentId);
      expectRefusal(answer, 400, "BadRequest", ["agentId"]);
    },
  );

  it("reports both malformed IDs of a path", async () => {
    const answer = await call("getAgent", {
      params: { workspaceId: "x", agentId: "y" },
      as: here.supervisor.auth,
    });
    expectRefusal(answer, 400, "BadRequest", ["workspaceId", "agentId"]);
  });

  it("returns 304 without a body if If-None-Match matches: alone, weak, in a list, or as *", async () => {
    const tag = etagOf(await get(here.agent.agentId));
    for (const value of [tag, `W/${tag}`, `"other", ${tag}`, `"a" ,W/${tag}, "b"`, "*"]) {
      const answer = await get(here.agent.agentId, here.viewer.auth, { "If-None-Match": value });
      expect({ value, status: answer.status }).toEqual({ value, status: 304 });
      expect(etagOf(answer)).toBe(tag);
    }
    for (const value of ['"other"', tag.replace(/\..*/, '"'), tag.slice(1, -1), '""']) {
      const answer = await get(here.agent.agentId, here.viewer.auth, { "If-None-Match": value });
      expect({ value, status: answer.status }).toEqual({ value, status: 200 });
    }
  });

  it("changes the ETag but not the version if related data changes", async () => {
    const team = await makeTeam(here.id);
    const { id } = await makeAgent(here, { teamIds: [team] });
    const first = await get(id);
    await makeAgent(here, { teamIds: [team] });
    const second = await get(id, here.key, { "If-None-Match": etagOf(first) });
    expect(second.status).toBe(200);
    expect(second.body.teams[0]?.activeMemberCount).toBe(2);
    expect(versionOf(second)).toBe(versionOf(first));
    const patched = await call("patchAgent", {
      params: { workspaceId: here.id, agentId: id },
      as: here.key,
      headers: { "If-Match": etagOf(first) },
      body: { bio: "x" },
    });
    expect(patched.status).toBe(200);
  });

  it("answers HEAD like GET, without the body", async () => {
    const path = `/api/workspaces/${here.id}/agents/${here.agent.agentId}`;
    const init = { method: "HEAD", headers: { Authorization: here.key } };
    const answer = await raw(path, init);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("etag")).toBe(etagOf(await get(here.agent.agentId)));
    expect(answer.body).toEqual({ text: "" });
  });

  it("includes the workspace's default capacity rule without the agents it applies to", async () => {
    const place = await makeWorkspace();
    const rule = await makeRule(place.id);
    const { workload } = await makeAgent(place);
    expect(workload).toMatchObject({
      ruleId: rule,
      rule: { id: rule, name: "Usual", capacity: { messaging: 5, email: 10 }, assignedAgentIds: null },
    });
  });

  it("works with the demo data for each person and access key", async () => {
    const workspace = await workspaceId("northwind");
    const params = { workspaceId: workspace };
    const first = await call<{ results: Agent[]; total: number }>("listAgents", {
      params,
      as: await bearer(people.supervisor),
      query: { limit: 1 },
    });
    const [agent] = first.body.results;
    if (!agent) throw new Error("there is no agent in the demo data");
    const callers = [
      await bearer(people.supervisor),
      await bearer(people.agent),
      await bearer(people.viewer),
      demoKey(),
    ];
    for (const as of callers) {
      const answer = await call<Agent>("getAgent", { params: { ...params, agentId: agent.id }, as });
      expect(answer).toMatchObject({ status: 200, body: { id: agent.id, workspaceId: workspace } });
    }
    const stranger = await bearer(people.otherSupervisor);
    expectRefusal(
      await call("getAgent", { params: { ...params, agentId: agent.id }, as: stranger }),
      404,
      "WorkspaceNotFound",
    );
  });
});

describe("deleting an agent", () => {
  it("returns 204 once, then 404 on every path", async () => {
    const { id } = await makeAgent(here);
    expect((await remove(id)).status).toBe(204);
    expectRefusal(await remove(id), 404, "AgentNotFound");
    expectRefusal(await get(id), 404, "AgentNotFound");
    const params = { workspaceId: here.id, agentId: id };
    const as = here.supervisor.auth;
    for (const operation of ["getAvailability", "getWorkload"] as const)
      expectRefusal(await call(operation, { params, as }), 404, "AgentNotFound");
    for (const operation of ["patchAgent", "patchAvailability"] as const)
      expectRefusal(await call(operation, { params, as, body: {} }), 404, "AgentNotFound");
    const list = await call<{ total: number }>("listAgents", { params, as, query: { agentIds: id } });
    expect(list.body).toEqual({ results: [], total: 0 });
    const all = await call<{ results: { id: string }[] }>("listAllAgents", { params, as });
    expect(all.body.results.map((each) => each.id)).not.toContain(id);
  });

  it("keeps the person, who can receive a new agent", async () => {
    const person = await makeMember(here.id, { roles: [managedRole("Agent")] });
    const first = await makeAgent(here, { name: "First life", userId: person.id });
    expect((await remove(first.id)).status).toBe(204);
    expectRefusal(await get("me", person.auth), 404, "AgentNotFound");
    const second = await makeAgent(here, { name: "Second life", userId: person.id });
    expect(second.id).not.toBe(first.id);
    expect((await get("me", person.auth)).body).toEqual(second);
  });

  it("keeps only the deletion in the ledger, and nothing of the profile or its media", async () => {
    const [team, skill] = await Promise.all([makeTeam(here.id), makeSkill(here.id)]);
    const { id } = await makeAgent(here, { name: "Forgotten", teamIds: [team], bio: "private" });
    const audio = await makeMedia(here.id, id, "audio");
    const avatar = await makeMedia(here.id, id, "avatar");
    const patched = await call("patchAgent", {
      params: { workspaceId: here.id, agentId: id },
      as: here.key,
      body: {
        status: "active",
        avatarUrl: avatar,
        dropVms: [{ name: "Hello", mediaUrl: audio }],
        assignedSkills: [{ id: skill.id, selectedValues: [{ id: skill.values[0] }] }],
      },
    });
    expect(patched.status).toBe(200);
    expect((await ledger(id)).length).toBe(2);
    expect((await remove(id)).status).toBe(204);
    expect(await ledger(id)).toEqual([
      {
        action: "deleted",
        actorKind: "user",
        actorId: here.supervisor.id,
        actorName: here.supervisor.name,
        agentName: "Forgotten",
        cause: "api",
        fields: {},
      },
    ]);
    for (const table of [
      "agent_states",
      "media",
      "drop_vms",
      "team_members",
      "agent_skills",
      "agent_skill_values",
    ])
      expect(await sql(`SELECT 1 FROM ${table} WHERE agent_id = $1`, [id]), table).toEqual([]);
  });

  it("lowers the counts of the agent's teams", async () => {
    const team = await makeTeam(here.id);
    const [leaving, staying] = await Promise.all([
      makeAgent(here, { teamIds: [team] }),
      makeAgent(here, { teamIds: [team] }),
    ]);
    expect((await get(staying.id)).body.teams[0]?.activeMemberCount).toBe(2);
    await remove(leaving.id);
    expect((await get(staying.id)).body.teams[0]?.activeMemberCount).toBe(1);
    const shown = await call<{ activeMemberCount: number }>("getTeam", {
      params: { workspaceId: here.id, teamId: team },
      as: here.viewer.auth,
    });
    expect(shown.body.activeMemberCount).toBe(1);
  });

  it("is rejected for the caller's own agent, by ID and as `me`", async () => {
    expectRefusal(await remove(here.supervisor.agentId), 409, "OwnAgent");
    expectRefusal(await remove("me"), 409, "OwnAgent");
    expect((await get("me")).status).toBe(200);
  });

  it("is rejected for agents and viewers, even if the agent does not exist", async () => {
    const { id } = await makeAgent(here);
    for (const as of [here.agent.auth, here.viewer.auth])
      for (const target of [id, randomUUID(), "me"])
        expectRefusal(await remove(target, as), 403, "Forbidden");
    expect((await get(id)).status).toBe(200);
  });

  it("is allowed to a role with only this permission", async () => {
    const role = await makeRole(here.id, ["agents.delete"]);
    const person = await makeMember(here.id, { roles: [role] });
    const { id } = await makeAgent(here);
    expectRefusal(await get(id, person.auth), 403, "Forbidden");
    expect((await remove(id, person.auth)).status).toBe(204);
  });

  it("returns 404 for an agent of another workspace, which is kept", async () => {
    expectRefusal(await remove(elsewhere.agent.agentId), 404, "AgentNotFound");
    expectRefusal(await remove("me", here.key), 404, "AgentNotFound");
    const answer = await call("getAgent", {
      params: { workspaceId: elsewhere.id, agentId: elsewhere.agent.agentId },
      as: elsewhere.key,
    });
    expect(answer.status).toBe(200);
  });

  it("is rejected with an outdated If-Match and succeeds with the current one", async () => {
    const { id } = await makeAgent(here);
    const stale = etagOf(await get(id));
    await call("patchAgent", {
      params: { workspaceId: here.id, agentId: id },
      as: here.key,
      body: { bio: "changed" },
    });
    expectRefusal(await remove(id, here.key, { "If-Match": stale }), 412, "PreconditionFailed");
    expectRefusal(
      await remove("me", here.supervisor.auth, { "If-Match": '"999"' }),
      412,
      "PreconditionFailed",
    );
    expectRefusal(await remove(randomUUID(), here.key, { "If-Match": stale }), 404, "AgentNotFound");
    expect((await remove(id, here.key, { "If-Match": etagOf(await get(id)) })).status).toBe(204);
  });

  it("lets exactly one of several concurrent requests succeed", async () => {
    const { id } = await makeAgent(here);
    const answers = await Promise.all(Array.from({ length: 5 }, () => remove(id)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 404, 404, 404, 404]);
    expect((await ledger(id)).map((entry) => entry.action)).toEqual(["deleted"]);
  });
});
