import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { baseUrl, call, raw } from "@/e2e/support/api/client";
import {
  etagOf,
  expectRefusal,
  ledger,
  makeAgent,
  makeMedia,
  makeMember,
  makePerson,
  makeRole,
  makeSender,
  makeSkill,
  makeWorkspace,
  managedRole,
  mediaUrl,
  sessionCookie,
  sql,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import type { Agent, AgentChange } from "@/lib/agents/agents/contract";

let here: TestWorkspace;
let elsewhere: TestWorkspace;

beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const patch = (
  agentId: string,
  body: unknown,
  { as = here.supervisor.auth, ifMatch }: { as?: string; ifMatch?: string } = {},
) =>
  call<Agent>("patchAgent", {
    params: { workspaceId: here.id, agentId },
    as,
    body,
    headers: ifMatch === undefined ? {} : { "If-Match": ifMatch },
  });

const get = (agentId: string, as = here.viewer.auth) =>
  call<Agent>("getAgent", { params: { workspaceId: here.id, agentId }, as });

const hours = (from: number, to: number) => ({
  from: { hour: from, minute: 0 },
  to: { hour: to, minute: 30 },
});

/** Expects a change to succeed and its response to equal a later read, including the ETag. */
async function change(agentId: string, body: unknown): Promise<Agent> {
  const answer = await patch(agentId, body);
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200, body: { id: agentId } });
  const read = await get(agentId);
  expect(read.body).toEqual(answer.body);
  expect(etagOf(read)).toBe(etagOf(answer));
  return answer.body;
}

const forwardNumber = { enabled: true, number: "+4930123456", maskCaller: false };

describe("changing an agent", () => {
  const values: Record<
    Exclude<keyof AgentChange, "status" | "dropVms" | "assignedSkills" | "defaultSenderId">,
    [unknown, unknown]
  > = {
    name: ["New name", "日本 👩‍💻"],
    bio: ["About", ""],
    avatarUrl: ["https://pictures.example/a.png?x=1#y", "https://例え.example/ü.png"],
    wrapUpTime: [3600, 0],
    timezone: ["Asia/Tokyo", "Africa/Abidjan"],
    defaultCountryCode: ["NZ", "DE"],
    defaultCallerId: ["+14155550123", "+1234567"],
    forwardNumber: [forwardNumber, { enabled: false, number: "+819012345678", maskCaller: true }],
    transcriptionLocale: ["en-GB-WLS", "arb"],
    weeklySchedule: [{ monday: hours(9, 17) }, { tuesday: hours(22, 6), sunday: hours(0, 0) }],
    holidays: [[{ name: "Workers' day", day: 1, month: 5 }], []],
    outOfOfficeResponse: ["Back soon", "x".repeat(2000)],
  };
  const plain = Object.entries(values).map(([property, pair]) => [property, ...pair] as const);

  it.each(plain)("sets %s, then another value, each with a new version", async (property, first, second) => {
    const agent = await makeAgent(here);
    for (const [step, value] of [first, second].entries()) {
      const changed = await change(agent.id, { [property]: value });
      const { [property as "name"]: shown, updatedAt, ...rest } = changed;
      const { [property as "name"]: _, updatedAt: before, ...unchanged } = agent;
      expect(shown).toEqual(value);
      expect(rest).toEqual(unchanged);
      expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(before));
      expect(versionOf(await get(agent.id))).toBe(step + 2);
    }
  });

  it("changes all properties in one version with one ledger entry", async () => {
    const agent = await makeAgent(here);
    const [skill, sender, audio] = await Promise.all([
      makeSkill(here.id),
      makeSender(here.id),
      makeMedia(here.id, agent.id, "audio"),
    ]);
    const body = {
      ...Object.fromEntries(plain.map(([property, value]) => [property, value])),
      status: "active",
      defaultSenderId: sender,
      dropVms: [{ name: "Greeting", mediaUrl: audio }],
      assignedSkills: [{ id: skill.id, selectedValues: [{ id: skill.values[1] }] }],
    };
    const changed = await change(agent.id, body);
    expect(changed).toMatchObject({
      ...body,
      assignedSkills: [
        {
          id: skill.id,
          name: skill.name,
          valueType: "multiple",
          selectedValues: [{ id: skill.values[1], value: "two" }],
        },
      ],
    });
    expect(versionOf(await get(agent.id))).toBe(2);
    const [, entry, ...more] = await ledger(agent.id);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ action: "updated", actorId: here.supervisor.id, agentName: "New name" });
    expect(Object.keys(entry?.fields ?? {}).sort()).toEqual(Object.keys(body).sort());
    expect(entry?.fields).toMatchObject({
      name: { before: "Test bot", after: "New name" },
      bio: { after: "About" },
      status: { before: "away", after: "active" },
      wrapUpTime: { before: 0, after: 3600 },
    });

    // Sending the response back changes nothing.
    const again = Object.fromEntries(
      Object.keys(body).map((property) => [property, changed[property as keyof Agent]]),
    );
    for (const same of [body, again]) {
      const answer = await patch(agent.id, { ...same, dropVms: changed.dropVms });
      expect(answer).toMatchObject({ status: 200, body: changed });
      expect(versionOf(answer)).toBe(2);
    }
    expect((await ledger(agent.id)).length).toBe(2);
  });

  it("clears optional properties with null, and omits them afterwards", async () => {
    const agent = await makeAgent(here);
    const clearable = {
      bio: "About",
      avatarUrl: "https://pictures.example/a.png",
      defaultCountryCode: "DE",
      defaultCallerId: "+14155550123",
      forwardNumber,
      transcriptionLocale: "de-DE",
      weeklySchedule: {},
      defaultSenderId: await makeSender(here.id),
      outOfOfficeResponse: "Away",
    };
    expect(await change(agent.id, clearable)).toMatchObject(clearable);
    const cleared = await change(
      agent.id,
      Object.fromEntries(Object.keys(clearable).map((property) => [property, null])),
    );
    const { updatedAt: _, ...before } = agent;
    const { updatedAt: __, ...after } = cleared;
    expect(after).toEqual(before);
    // Clearing again changes nothing.
    const version = versionOf(await get(agent.id));
    await change(agent.id, { bio: null, forwardNumber: null, weeklySchedule: null, avatarUrl: null });
    expect(versionOf(await get(agent.id))).toBe(version);
  });

  it("rejects null for required properties, all in one error", async () => {
    const required = [
      "name",
      "status",
      "dropVms",
      "wrapUpTime",
      "timezone",
      "holidays",
      "assignedSkills",
    ] as const;
    const { id } = await makeAgent(here);
    const body = Object.fromEntries(required.map((property) => [property, null]));
    expectRefusal(await patch(id, body), 422, "InvalidAgent", required);
    expect(versionOf(await get(id))).toBe(1);
  });

  it("accepts an empty change without a new ETag or ledger entry", async () => {
    const { id } = await makeAgent(here);
    const before = await get(id);
    const answer = await patch(id, {});
    expect(answer).toMatchObject({ status: 200, body: before.body });
    expect(etagOf(answer)).toBe(etagOf(before));
    expect((await ledger(id)).length).toBe(1);
  });

  it("separates a name from the person's name, and rejoins them when they are equal", async () => {
    const person = await makePerson(here.id, { name: "Robin Example" });
    const { id, overrideName } = await makeAgent(here, { name: "Robin Example", userId: person.id });
    expect(overrideName).toBe(false);
    expect(await change(id, { name: " Bobby " })).toMatchObject({ name: "Bobby", overrideName: true });
    expect(await change(id, { name: "Robin Example" })).toMatchObject({ overrideName: false });
  });

  it("distinguishes seven days off from no schedule, and treats a null day as a day off", async () => {
    const { id } = await makeAgent(here, { weeklySchedule: { monday: hours(1, 2), friday: hours(3, 4) } });
    const shortened = await change(id, { weeklySchedule: { monday: null, friday: hours(5, 6) } });
    expect(shortened.weeklySchedule).toEqual({ friday: hours(5, 6) });
    expect((await change(id, { weeklySchedule: {} })).weeklySchedule).toEqual({});
    const version = versionOf(await get(id));
    expect((await change(id, { weeklySchedule: { monday: null } })).weeklySchedule).toEqual({});
    expect(versionOf(await get(id))).toBe(version);
    expect(await change(id, { weeklySchedule: null })).not.toHaveProperty("weeklySchedule");
    expect((await change(id, { weeklySchedule: {} })).weeklySchedule).toEqual({});
  });

  it("replaces the holidays as a whole, in the given order", async () => {
    const { id } = await makeAgent(here, { holidays: [{ name: "Old", day: 1, month: 1 }] });
    const holidays = [
      { name: "Z", day: 31, month: 12 },
      { name: "Leap day", day: 29, month: 2 },
      { name: "A", day: 31, month: 12 },
    ];
    expect((await change(id, { holidays })).holidays).toEqual(holidays);
    expect((await change(id, { holidays: [] })).holidays).toEqual([]);
  });

  it.each([
    "US/Pacific",
    "Asia/Calcutta",
    "Europe/Kiev",
    "GB",
    "UTC",
    "Etc/GMT+5",
    "America/Argentina/Ushuaia",
  ])("returns the time zone %s as it was sent", async (timezone) => {
    const { id } = await makeAgent(here);
    expect((await change(id, { timezone })).timezone).toBe(timezone);
  });

  describe("names each invalid value by its path:", () => {
    const uuid = randomUUID();
    const skill = { id: uuid, selectedValues: [] };
    const drop = { name: "Hi", mediaUrl: `${baseUrl}/x` };
    const cases: [string, unknown, string[]][] = [
      ["an empty name", { name: "  " }, ["name"]],
      ["a status that does not exist", { status: "busy" }, ["status"]],
      ["a wrap-up of over an hour", { wrapUpTime: 3601 }, ["wrapUpTime"]],
      ["a wrap-up of less than nothing", { wrapUpTime: -1 }, ["wrapUpTime"]],
      ["half a second", { wrapUpTime: 0.5 }, ["wrapUpTime"]],
      ["a wrap-up as a string", { wrapUpTime: "5" }, ["wrapUpTime"]],
      ["an offset", { timezone: "-05:00" }, ["timezone"]],
      ["an offset from UTC", { timezone: "UTC+1" }, ["timezone"]],
      ["an abbreviation of a zone", { timezone: "CEST" }, ["timezone"]],
      ["a zone with a space after it", { timezone: "Europe/Berlin " }, ["timezone"]],
      ["a country that is gone", { defaultCountryCode: "SU" }, ["defaultCountryCode"]],
      ["a number without a plus", { defaultCallerId: "4930123456" }, ["defaultCallerId"]],
      ["a number with spaces", { defaultCallerId: "+49 30 123456" }, ["defaultCallerId"]],
      ["a number that starts with zero", { defaultCallerId: "+0301234567" }, ["defaultCallerId"]],
      ["a number of 16 digits", { defaultCallerId: "+1234567890123456" }, ["defaultCallerId"]],
      ["a number and a line break", { defaultCallerId: "+14155550123\n" }, ["defaultCallerId"]],
      ["a number in other digits", { defaultCallerId: "+١٤١٥٥٥٥٠١٢٣" }, ["defaultCallerId"]],
      [
        "half a forward number",
        { forwardNumber: { number: "+14155550123" } },
        ["forwardNumber.enabled", "forwardNumber.maskCaller"],
      ],
      ["a forward number as a string", { forwardNumber: "+14155550123" }, ["forwardNumber"]],
      [
        "a forward number that is none",
        { forwardNumber: { ...forwardNumber, number: "1", enabled: "yes", x: 1 } },
        ["forwardNumber.number", "forwardNumber.enabled", "forwardNumber.x"],
      ],
      [
        "a locale that voice is not transcribed in",
        { transcriptionLocale: "en-CA" },
        ["transcriptionLocale"],
      ],
      ["a locale in the wrong case", { transcriptionLocale: "en-us" }, ["transcriptionLocale"]],
      ["31 June", { holidays: [{ name: "x", day: 31, month: 6 }] }, ["holidays.0.day"]],
      [
        "a holiday twice",
        { holidays: ["a", "b", "a"].map((name) => ({ name, day: 1, month: 1 })) },
        ["holidays.2"],
      ],
      ["a response of 2,001 letters", { outOfOfficeResponse: "x".repeat(2001) }, ["outOfOfficeResponse"]],
      ["a NUL in the response", { outOfOfficeResponse: "\0" }, ["outOfOfficeResponse"]],
      [
        "a lone surrogate in a holiday",
        { holidays: [{ name: "\udfff", day: 1, month: 1 }] },
        ["holidays.0.name"],
      ],
      ["a null skill", { assignedSkills: [null] }, ["assignedSkills.0"]],
      ["a skill without an id", { assignedSkills: [{ selectedValues: [] }] }, ["assignedSkills.0.id"]],
      ["the same skill twice", { assignedSkills: [skill, skill] }, ["assignedSkills"]],
      [
        "the same value twice",
        { assignedSkills: [{ id: uuid, selectedValues: [{ id: uuid }, { id: uuid.toUpperCase() }] }] },
        ["assignedSkills.0.selectedValues"],
      ],
      [
        "an unknown property of a value",
        { assignedSkills: [{ id: uuid, selectedValues: [{ id: uuid, level: 1 }] }] },
        ["assignedSkills.0.selectedValues.0.level"],
      ],
      ["a null recording", { dropVms: [null] }, ["dropVms.0"]],
      ["a recording without an address", { dropVms: [{ name: "Hi" }] }, ["dropVms.0.mediaUrl"]],
      ["a recording without a name", { dropVms: [{ ...drop, name: " " }] }, ["dropVms.0.name"]],
      ["21 recordings", { dropVms: Array.from({ length: 21 }, () => drop) }, ["dropVms"]],
      ["a sender that is no id", { defaultSenderId: "x" }, ["defaultSenderId"]],
      ["an empty avatar", { avatarUrl: "" }, ["avatarUrl"]],
      ["an avatar of 2,049 letters", { avatarUrl: `https://a.example/${"x".repeat(2031)}` }, ["avatarUrl"]],
      ["a property of the agent that is not to be changed", { type: "bot" }, ["type"]],
      ["the teams", { teams: [], roles: [], tagCount: 1 }, ["teams", "roles", "tagCount"]],
      ["a property with dots", { "weeklySchedule.monday": null }, ["weeklySchedule.monday"]],
      ["a list", [], [""]],
      ["null", null, [""]],
    ];
    it.each(cases)("%s", async (_what, body, paths) => {
      const agent = here.agent.agentId;
      expectRefusal(await patch(agent, body), 422, "InvalidAgent", paths);
    });
  });

  it("changes nothing if one of several properties is rejected", async () => {
    const agent = await makeAgent(here);
    const body = { name: "Half done", status: "active", defaultSenderId: randomUUID() };
    expectRefusal(await patch(agent.id, body), 422, "InvalidAgent", ["defaultSenderId"]);
    expect((await get(agent.id)).body).toEqual(agent);
  });
});

describe("the skills of an agent", () => {
  it("are replaced as a whole, sent by ID and returned with names", async () => {
    const [many, single] = await Promise.all([makeSkill(here.id), makeSkill(here.id, "single")]);
    const { id } = await makeAgent(here);
    const assigned = await change(id, {
      assignedSkills: [
        {
          id: single.id,
          name: "ignored",
          valueType: "multiple",
          selectedValues: [{ id: single.values[2], value: "ignored", icon: null }],
        },
        { id: many.id.toUpperCase(), selectedValues: [{ id: many.values[2] }, { id: many.values[0] }] },
      ],
    });
    expect(assigned.assignedSkills).toEqual([
      {
        id: single.id,
        name: single.name,
        valueType: "single",
        selectedValues: [{ id: single.values[2], value: "three" }],
      },
      {
        id: many.id,
        name: many.name,
        valueType: "multiple",
        selectedValues: expect.arrayContaining([
          { id: many.values[0], value: "one" },
          { id: many.values[2], value: "three" },
        ]),
      },
    ]);
    const fewer = await change(id, { assignedSkills: [{ id: many.id, selectedValues: [] }] });
    expect(fewer.assignedSkills).toEqual([expect.objectContaining({ id: many.id, selectedValues: [] })]);
    expect((await change(id, { assignedSkills: [] })).assignedSkills).toEqual([]);
  });

  it("are rejected with two values of a single skill, unknown IDs, or a value of another skill", async () => {
    const [many, single, foreign] = await Promise.all([
      makeSkill(here.id),
      makeSkill(here.id, "single"),
      makeSkill(elsewhere.id),
    ]);
    const { id } = await makeAgent(here);
    const assign = (assignedSkills: unknown) => patch(id, { assignedSkills });
    expectRefusal(
      await assign([
        {
          id: many.id,
          selectedValues: [{ id: many.values[0] }, { id: single.values[0] }, { id: foreign.values[0] }],
        },
        { id: single.id, selectedValues: [{ id: single.values[0] }, { id: single.values[1] }] },
        { id: foreign.id, selectedValues: [] },
        { id: randomUUID(), selectedValues: [] },
      ]),
      422,
      "InvalidAgent",
      [
        "assignedSkills.0.selectedValues.1.id",
        "assignedSkills.0.selectedValues.2.id",
        "assignedSkills.1.selectedValues",
        "assignedSkills.2.id",
        "assignedSkills.3.id",
      ],
    );
    const foreignAnswer = await assign([{ id: foreign.id, selectedValues: [] }]);
    const missingAnswer = await assign([{ id: randomUUID(), selectedValues: [] }]);
    expect(foreignAnswer.body).toEqual(missingAnswer.body);
    expect(versionOf(await get(id))).toBe(1);
  });
});

describe("the default sender of an agent", () => {
  it("is a sender profile of the workspace; one of another workspace is treated as missing", async () => {
    const [own, foreign] = await Promise.all([makeSender(here.id), makeSender(elsewhere.id)]);
    const { id } = await makeAgent(here);
    expect((await change(id, { defaultSenderId: own.toUpperCase() })).defaultSenderId).toBe(own);
    const refused = await patch(id, { defaultSenderId: foreign });
    expectRefusal(refused, 422, "InvalidAgent", ["defaultSenderId"]);
    expect((await patch(id, { defaultSenderId: randomUUID() })).body).toEqual(refused.body);
    expect((await get(id)).body.defaultSenderId).toBe(own);
  });
});

describe("the avatar of an agent", () => {
  it.each([
    "http://pictures.example/a.png",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "//pictures.example/a.png",
    "/a.png",
    "a.png",
    "https:///a.png",
    "https://",
    "https:pictures.example/a.png",
    "https://pictures.example/a b.png",
    "https://pictures.example/a\nb.png",
    " https://pictures.example/a.png",
    "ftp://pictures.example/a.png",
  ])("is rejected as %j", async (avatarUrl) => {
    expectRefusal(await patch(here.agent.agentId, { avatarUrl }), 422, "InvalidAgent", ["avatarUrl"]);
  });

  it("can be any https URL of up to 2,048 characters", async () => {
    const { id } = await makeAgent(here);
    const avatarUrl = `https://pictures.example/${"x".repeat(2023)}`;
    expect((await change(id, { avatarUrl })).avatarUrl).toBe(avatarUrl);
    expect((await change(id, { avatarUrl: "HTTPS://pictures.example" })).avatarUrl).toMatch(/^https:/i);
  });

  it("can be a finished picture of the agent, be replaced by a URL, and be cleared", async () => {
    const { id } = await makeAgent(here);
    const picture = await makeMedia(here.id, id, "avatar");
    expect((await change(id, { avatarUrl: picture })).avatarUrl).toBe(picture);
    const version = versionOf(await get(id));
    await change(id, { avatarUrl: picture });
    expect(versionOf(await get(id))).toBe(version);
    const all = await call<{ results: { id: string; avatarUrl?: string }[] }>("listAllAgents", {
      params: { workspaceId: here.id },
      as: here.key,
    });
    expect(all.body.results.find((each) => each.id === id)?.avatarUrl).toBe(picture);
    const address = "https://pictures.example/b.png";
    expect((await change(id, { avatarUrl: address })).avatarUrl).toBe(address);
    expect((await change(id, { avatarUrl: picture })).avatarUrl).toBe(picture);
    expect(await change(id, { avatarUrl: null })).not.toHaveProperty("avatarUrl");
  });

  it("is rejected as an upload that is missing, unfinished, audio, or of another agent or workspace", async () => {
    const { id } = await makeAgent(here);
    const [unfinished, sound, others, foreign] = await Promise.all([
      makeMedia(here.id, id, "avatar", { finished: false }),
      makeMedia(here.id, id, "audio"),
      makeMedia(here.id, here.agent.agentId, "avatar"),
      makeMedia(elsewhere.id, elsewhere.agent.agentId, "avatar"),
    ]);
    const missing = mediaUrl(here.id, id, randomUUID());
    const disguised = others.replace(here.agent.agentId, id);
    for (const avatarUrl of [missing, unfinished, sound, others, foreign, disguised])
      expectRefusal(await patch(id, { avatarUrl }), 422, "InvalidAgent", ["avatarUrl"]);
    expect(versionOf(await get(id))).toBe(1);
  });
});

describe("the recordings of an agent", () => {
  it("are finished audio uploads of the agent, kept in order with their IDs", async () => {
    const { id } = await makeAgent(here);
    const [first, second] = await Promise.all([
      makeMedia(here.id, id, "audio"),
      makeMedia(here.id, id, "audio"),
    ]);
    const { dropVms } = await change(id, {
      dropVms: [
        { name: " Hello ", mediaUrl: first },
        { name: "Bye", mediaUrl: second },
      ],
    });
    expect(dropVms).toEqual([
      { id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: "Hello", mediaUrl: first },
      { id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: "Bye", mediaUrl: second },
    ]);
    const turned = [...dropVms].reverse();
    expect((await change(id, { dropVms: turned })).dropVms).toEqual(turned);
    const renamed = turned.map((drop, n) => ({ ...drop, name: `Sound ${n}` }));
    expect((await change(id, { dropVms: renamed })).dropVms).toEqual(renamed);
    expect((await change(id, { dropVms: [renamed[1]] })).dropVms).toEqual([renamed[1]]);
    expect((await change(id, { dropVms: [] })).dropVms).toEqual([]);
  });

  it("are rejected by index when missing, unfinished, a picture, or of another agent", async () => {
    const { id } = await makeAgent(here);
    const [good, unfinished, picture, others] = await Promise.all([
      makeMedia(here.id, id, "audio"),
      makeMedia(here.id, id, "audio", { finished: false }),
      makeMedia(here.id, id, "avatar"),
      makeMedia(here.id, here.agent.agentId, "audio"),
    ]);
    const missing = mediaUrl(here.id, id, randomUUID());
    const urls = [good, unfinished, picture, others, missing, "https://sounds.example/a.mp3"];
    const dropVms = urls.map((url) => ({ name: "Hi", mediaUrl: url }));
    expectRefusal(
      await patch(id, { dropVms }),
      422,
      "InvalidAgent",
      [1, 2, 3, 4, 5].map((n) => `dropVms.${n}.mediaUrl`),
    );
    const unknown = [{ id: randomUUID(), name: "Hi", mediaUrl: good }];
    expectRefusal(await patch(id, { dropVms: unknown }), 422, "InvalidAgent", ["dropVms.0.id"]);
    expect((await get(id)).body.dropVms).toEqual([]);
  });
});

describe("the status of an agent, changed with the profile", () => {
  it("updates its timestamps and the status before offline, and setting it again changes nothing", async () => {
    const made = await makeAgent(here);
    const active = await change(made.id, { status: "active" });
    expect(active).toMatchObject({ status: "active", availability: { status: "active" } });
    expect(active).not.toHaveProperty("statusBeforeOffline");
    expect(active.lastSetToAwayAt).toBe(made.lastSetToAwayAt);
    expect(Date.parse(active.availability.lastStatusSet)).toBeGreaterThan(
      Date.parse(made.availability.lastStatusSet),
    );
    expect(active.availability.lastActivitySet).toBe(made.availability.lastActivitySet);
    expect(active.updatedAt).toBe(active.availability.updatedAt);

    const offline = await change(made.id, { status: "offline" });
    expect(offline).toMatchObject({ status: "offline", statusBeforeOffline: "active" });
    expect(offline.lastSetToAwayAt).toBe(made.lastSetToAwayAt);
    const version = versionOf(await get(made.id));
    expect(await change(made.id, { status: "offline" })).toEqual(offline);
    expect(versionOf(await get(made.id))).toBe(version);

    const away = await change(made.id, { status: "away" });
    expect(away).toMatchObject({ status: "away", statusBeforeOffline: "active" });
    expect(away.lastSetToAwayAt).toBe(away.availability.lastStatusSet);
    const offlineAgain = await change(made.id, { status: "offline" });
    expect(offlineAgain).toMatchObject({
      statusBeforeOffline: "away",
      lastSetToAwayAt: away.lastSetToAwayAt,
    });
  });
});

describe("a conditional change", () => {
  it("succeeds with the current ETag, its version alone, a weak ETag, a list, and *", async () => {
    const { id } = await makeAgent(here);
    for (const form of [
      (tag: string) => tag,
      (tag: string) => `W/${tag}`,
      (tag: string) => `"0.x", ${tag}`,
      (tag: string) => tag.replace(/\..*/, '"'),
      () => "*",
    ]) {
      const ifMatch = form(etagOf(await get(id)));
      const answer = await patch(id, { bio: randomUUID() }, { ifMatch });
      expect({ ifMatch, status: answer.status }).toEqual({ ifMatch, status: 200 });
    }
  });

  it("is rejected with an outdated, unknown or malformed ETag, and changes nothing", async () => {
    const { id } = await makeAgent(here);
    const stale = etagOf(await get(id));
    await change(id, { bio: "Newer" });
    for (const ifMatch of [stale, `W/${stale}`, `"0", ${stale}`, '"22"', "2", "x", '""'])
      expectRefusal(await patch(id, { bio: "Lost" }, { ifMatch }), 412, "PreconditionFailed");
    expectRefusal(await patch(id, {}, { ifMatch: stale }), 412, "PreconditionFailed");
    expect((await get(id)).body.bio).toBe("Newer");
  });

  it("is rejected after a change of the agent's availability", async () => {
    const { id } = await makeAgent(here);
    const stale = etagOf(await get(id));
    const changed = await call("patchAvailability", {
      params: { workspaceId: here.id, agentId: id },
      as: here.key,
      body: { activity: "busy" },
    });
    expect(changed.status).toBe(200);
    expectRefusal(await patch(id, { bio: "x" }, { ifMatch: stale }), 412, "PreconditionFailed");
    expect((await patch(id, { bio: "x" }, { ifMatch: etagOf(changed) })).status).toBe(200);
  });

  it("lets exactly one of several concurrent requests with the same ETag succeed", async () => {
    const { id } = await makeAgent(here);
    for (let round = 0; round < 5; round++) {
      const ifMatch = etagOf(await get(id));
      const answers = await Promise.all(
        [1, 2, 3, 4].map((n) => patch(id, { bio: `Round ${round}, number ${n}` }, { ifMatch })),
      );
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412, 412, 412]);
      const winner = answers.find((answer) => answer.status === 200);
      expect((await get(id)).body.bio).toBe(winner?.body.bio);
    }
  });
});

describe("concurrent changes", () => {
  it("to different fields are all kept, in twenty rounds", async () => {
    const { id } = await makeAgent(here);
    for (let round = 1; round <= 20; round++) {
      const answers = await Promise.all([
        patch(id, { bio: `Bio ${round}` }),
        patch(id, { wrapUpTime: round }, { as: here.key }),
        call("patchAvailability", {
          params: { workspaceId: here.id, agentId: id },
          as: here.supervisor.auth,
          body: { activityText: `Text ${round}` },
        }),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
      const now = await get(id);
      expect(now.body).toMatchObject({
        bio: `Bio ${round}`,
        wrapUpTime: round,
        availability: { activityText: `Text ${round}` },
      });
      expect(versionOf(now)).toBe(1 + 3 * round);
    }
    const entries = await ledger(id);
    expect(entries.length).toBe(61);
  });
});

describe("an agent may be changed", () => {
  it("by themselves, by ID and as `me`, but not in what a supervisor decides", async () => {
    const own = await makeMember(here.id, { name: "Olly Own", roles: [managedRole("Agent")] });
    const { id } = await makeAgent(here, { name: own.name, userId: own.id });
    const as = own.auth;
    const [sender, picture, sound] = await Promise.all([
      makeSender(here.id),
      makeMedia(here.id, id, "avatar"),
      makeMedia(here.id, id, "audio"),
    ]);
    const allowed = {
      name: "Olly",
      bio: "Mine",
      status: "active",
      avatarUrl: picture,
      dropVms: [{ name: "Mine", mediaUrl: sound }],
      timezone: "Asia/Tokyo",
      defaultCountryCode: "JP",
      defaultCallerId: "+14155550123",
      forwardNumber,
      transcriptionLocale: "ja-JP",
      weeklySchedule: { monday: hours(1, 2) },
      holidays: [{ name: "Day", day: 1, month: 1 }],
      defaultSenderId: sender,
      outOfOfficeResponse: "Gone",
    };
    const byId = await patch(id, allowed, { as });
    expect(byId).toMatchObject({ status: 200, body: allowed });
    const asMe = await patch("me", { bio: "Mine, by me" }, { as });
    expect(asMe).toMatchObject({ status: 200, body: { id, bio: "Mine, by me" } });
    expect((await patch("me", {}, { as })).status).toBe(200);
    for (const body of [
      { wrapUpTime: 5 },
      { wrapUpTime: 0 },
      { assignedSkills: [] },
      { bio: "Sneaked in", wrapUpTime: 5 },
    ]) {
      expectRefusal(await patch(id, body, { as }), 403, "Forbidden");
      expectRefusal(await patch("me", body, { as }), 403, "Forbidden");
    }
    expect((await get(id)).body).toEqual(asMe.body);
  });

  it("not by another agent, a viewer or a stranger", async () => {
    const { id } = await makeAgent(here);
    for (const body of [{ bio: "x" }, { status: "active" }, {}]) {
      expectRefusal(await patch(id, body, { as: here.agent.auth }), 403, "Forbidden");
      expectRefusal(await patch(id, body, { as: here.viewer.auth }), 403, "Forbidden");
      expectRefusal(await patch("me", body, { as: here.viewer.auth }), 403, "Forbidden");
      expectRefusal(await patch(id, body, { as: elsewhere.supervisor.auth }), 404, "WorkspaceNotFound");
      expectRefusal(await patch("me", body, { as: here.key }), 404, "AgentNotFound");
    }
    expect(versionOf(await get(id))).toBe(1);
  });

  it("by a supervisor, including their own, and by an access key", async () => {
    const supervised = { wrapUpTime: 7, assignedSkills: [] };
    expect((await patch("me", supervised)).body).toMatchObject({
      id: here.supervisor.agentId,
      wrapUpTime: 7,
    });
    const { id } = await makeAgent(here);
    expect((await patch(id, supervised, { as: here.key })).body).toMatchObject({ id, wrapUpTime: 7 });
  });

  it("by a role with availability.write, but only the status of others", async () => {
    const role = await makeRole(here.id, ["agents.read", "availability.write"]);
    const { auth: as } = await makeMember(here.id, { roles: [role] });
    const { id } = await makeAgent(here);
    expect((await patch(id, { status: "offline" }, { as })).body).toMatchObject({ status: "offline" });
    expectRefusal(await patch(id, { name: "x" }, { as }), 403, "Forbidden");
    expectRefusal(await patch(id, { status: "active", name: "x" }, { as }), 403, "Forbidden");
    expect((await get(id)).body).toMatchObject({ status: "offline", name: "Test bot" });
  });

  it("by a role with agents.write, except for the status of others", async () => {
    const role = await makeRole(here.id, ["agents.read", "agents.write"]);
    const { auth: as } = await makeMember(here.id, { roles: [role] });
    const { id } = await makeAgent(here);
    expect((await patch(id, { name: "Renamed" }, { as })).status).toBe(200);
    expectRefusal(await patch(id, { status: "active" }, { as }), 403, "Forbidden");
    expect((await get(id)).body).toMatchObject({ status: "away", name: "Renamed" });
  });

  it("by the combined permissions of several roles", async () => {
    const roles = await Promise.all([
      makeRole(here.id, ["agents.write"]),
      makeRole(here.id, ["availability.write"]),
    ]);
    const { auth: as } = await makeMember(here.id, { roles });
    const { id } = await makeAgent(here);
    expect((await patch(id, { name: "Both", status: "active" }, { as })).status).toBe(200);
  });

  it("with an actor in the ledger: a person as agent or supervisor, or a program", async () => {
    const own = await makeMember(here.id, { roles: [managedRole("Agent")] });
    const { id } = await makeAgent(here, { userId: own.id });
    const inBrowser = async (cookie: string, bio: string) => {
      const answer = await raw(`/api/workspaces/${here.id}/agents/${id}`, {
        method: "PATCH",
        headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json" },
        body: JSON.stringify({ bio }),
      });
      expect(answer.status).toBe(200);
    };
    await inBrowser(await sessionCookie(own), "By myself");
    await inBrowser(await sessionCookie(here.supervisor), "By the supervisor");
    await patch(id, { bio: "By a token" }, { as: own.auth });
    const [, ...changes] = await ledger(id);
    expect(changes).toMatchObject([
      { cause: "user", actorKind: "user", actorId: own.id, fields: { bio: { after: "By myself" } } },
      { cause: "supervisor", actorKind: "user", actorId: here.supervisor.id },
      { cause: "api", actorKind: "user", actorId: own.id, fields: { bio: { before: "By the supervisor" } } },
    ]);
  });
});

describe("if several errors apply to a change", () => {
  it("the first one in the order of the contract is returned", async () => {
    const { id } = await makeAgent(here);
    const wrong = { defaultSenderId: randomUUID() };
    const stale = '"999"';
    const send = (agentId: string, as: string | undefined, body: string, type = "application/json") =>
      raw(`/api/workspaces/${here.id}/agents/${agentId}`, {
        method: "PATCH",
        headers: {
          ...(as === undefined ? {} : { Authorization: as }),
          "Content-Type": type,
          "If-Match": stale,
        },
        body,
      });
    const valid = JSON.stringify(wrong);
    const huge = "x".repeat(300_000);
    expectRefusal(await send("x", undefined, huge, "text/plain"), 401, "Unauthorized");
    expectRefusal(await send("x", here.viewer.auth, huge, "text/plain"), 400, "BadRequest", ["agentId"]);
    expectRefusal(await send("x", elsewhere.key, huge, "text/plain"), 400, "BadRequest", ["agentId"]);
    expectRefusal(await send(id, elsewhere.key, huge, "text/plain"), 404, "WorkspaceNotFound");
    expectRefusal(await send(randomUUID(), here.viewer.auth, huge, "text/plain"), 403, "Forbidden");
    expectRefusal(await send(randomUUID(), here.agent.auth, huge, "text/plain"), 415, "UnsupportedMediaType");
    expectRefusal(await send(randomUUID(), here.agent.auth, huge), 413, "PayloadTooLarge");
    expectRefusal(await send(randomUUID(), here.agent.auth, "{"), 400, "BadRequest");
    expectRefusal(await send(randomUUID(), here.agent.auth, valid), 404, "AgentNotFound");
    expectRefusal(await send(elsewhere.agent.agentId, here.agent.auth, valid), 404, "AgentNotFound");
    expectRefusal(await send(id, here.agent.auth, valid), 403, "Forbidden");
    expectRefusal(await send(id, here.key, valid), 412, "PreconditionFailed");
    expectRefusal(await patch(id, wrong), 422, "InvalidAgent", ["defaultSenderId"]);
  });
});

describe("the parts of an agent that the API cannot change", () => {
  it("keep an avatar that ships with the product when it is sent back", async () => {
    const { id } = await makeAgent(here);
    await sql("UPDATE agents SET avatar_url = '/portraits/x.svg' WHERE id = $1", [id]);
    const shown = (await get(id)).body.avatarUrl;
    expect(shown).toMatch(/^https?:\/\/.*\/portraits\/x\.svg$/);
    const answer = await patch(id, { avatarUrl: shown });
    expect(answer).toMatchObject({ status: 200, body: { avatarUrl: shown } });
    expect(versionOf(answer)).toBe(1);
  });
});
