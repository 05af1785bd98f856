import { beforeAll, describe, expect, it } from "vitest";
import { bearer, call, people, raw, workspaceId } from "@/e2e/support/api/client";
import {
  type AgentSpec,
  addAgents,
  addSkills,
  addTeams,
  inOrder,
  keyWith,
  list,
  listEverything,
  makeTenant,
  namesOf,
  orders,
  roleIds,
  type Tenant,
} from "@/e2e/support/api/list-fixtures";
import type { Agent } from "@/lib/agents/agents/contract";
import { newId } from "@/lib/platform/ids";

interface Refusal {
  code: string;
  details?: Record<string, string[]>;
}

/** Returns the error for a query string on the agent list. */
async function refusal(tenant: Tenant, query: string): Promise<Refusal & { status: number }> {
  const answer = await raw(`/api/workspaces/${tenant.id}/agents?${query}`, {
    headers: { Authorization: tenant.as },
  });
  return { status: answer.status, ...(answer.body as unknown as Refusal) };
}

/** Returns the names that a query string finds. */
async function found(tenant: Tenant, query: string): Promise<string[]> {
  const answer = await raw(`/api/workspaces/${tenant.id}/agents?limit=100&${query}`, {
    headers: { Authorization: tenant.as },
  });
  if (answer.status !== 200) throw new Error(`${query}: ${JSON.stringify(answer.body)}`);
  return (answer.body.results as Agent[]).map((agent) => agent.name).sort();
}

let tenant: Tenant;
const agents: Record<string, string> = {};
let teams: string[];
let skills: string[];
let narrowRole: string;
const moment = Date.UTC(2026, 2, 9, 8, 30, 0, 500);

beforeAll(async () => {
  tenant = await makeTenant();
  teams = await addTeams(tenant, ["Alpha", "Beta", "Nobody's"]);
  skills = await addSkills(tenant, ["Spanish", "Billing", "Unused"]);
  narrowRole = (await keyWith(tenant, ["agents.read"])).roleId;
  const [alpha = "", beta = ""] = teams;
  const [spanish = "", billing = ""] = skills;
  const soon = new Date(Date.now() + 3_600_000);
  const specs: (AgentSpec & { name: string })[] = [
    { name: "Jürgen Groß", emails: ["juergen.gross", "JÜRGEN"], status: "active", teamIds: [alpha] },
    { name: "Søren Łukasz", emails: ["soren_l"], status: "offline", teamIds: [alpha, beta] },
    { name: "Ольга Йовович", emails: ["olga"], status: "active", activity: "busy" },
    { name: "Οδυσσέας Γεώργιος", emails: ["odysseas"], activity: "onCall", activityExpiresAt: soon },
    { name: "أَحْمَد خان", emails: ["ahmad"], activity: "busy", activityExpiresAt: new Date(Date.now() - 1) },
    { name: "100% Bot_A\\B", status: "active", skillIds: [spanish] },
    { name: "100x BotXAYB", skillIds: [spanish, billing], teamIds: [beta] },
    { name: "Zoë Élan", emails: ["zoe"], roleIds: [roleIds.Supervisor, narrowRole], skillIds: [billing] },
    { name: "At the moment", lastStatusSet: new Date(moment) },
    { name: "A millisecond before", lastStatusSet: new Date(moment - 1) },
    { name: "A millisecond after", lastStatusSet: new Date(moment + 1) },
  ];
  const ids = await addAgents(tenant, specs);
  specs.forEach((spec, index) => {
    agents[spec.name] = ids[index] ?? "";
  });
});

const idOf = (name: string) => {
  const id = agents[name];
  if (!id) throw new Error(`no agent ${name}`);
  return id;
};

describe("the list of agents", () => {
  it("returns ten agents, oldest first, and the total by default", async () => {
    const { status, body } = await list(tenant);
    expect(status).toBe(200);
    expect(body.results).toHaveLength(10);
    expect(body.total).toBe(11);
    expect(body.nextPageToken).toBeTypeOf("string");
    expect(body.results.map((agent) => agent.id)).toEqual(
      inOrder((await list(tenant, { limit: 100 })).body.results, "createdAt", false)
        .slice(0, 10)
        .map((agent) => agent.id),
    );
  });

  it("shows each agent as it is shown alone", async () => {
    const { body } = await list(tenant, { limit: 100 });
    for (const agent of body.results) {
      const alone = await call<Agent>("getAgent", {
        params: { workspaceId: tenant.id, agentId: agent.id },
        as: tenant.as,
      });
      const { activityTtl: here, ...shown } = agent.availability;
      const { activityTtl: there, ...single } = alone.body.availability;
      expect({ ...agent, availability: shown }).toEqual({ ...alone.body, availability: single });
      expect(Math.abs((here ?? 0) - (there ?? 0))).toBeLessThanOrEqual(30);
    }
  });

  it("is empty without matches, with a total of 0 and no token", async () => {
    expect((await list(tenant, { name: "nobody at all" })).body).toEqual({ results: [], total: 0 });
  });

  it("is also available on the path without /api", async () => {
    const answer = await raw(`/workspaces/${tenant.id}/agents?limit=1`, {
      headers: { Authorization: tenant.as },
    });
    expect(answer.status).toBe(200);
    expect(answer.body.total).toBe(11);
  });

  it("accepts an uppercase workspace ID", async () => {
    const answer = await raw(`/api/workspaces/${tenant.id.toUpperCase()}/agents?limit=1`, {
      headers: { Authorization: tenant.as },
    });
    expect(answer.status).toBe(200);
    expect((answer.body.results as Agent[])[0]?.workspaceId).toBe(tenant.id);
  });
});

describe("a word search", () => {
  it.each<[string, string[]]>([
    ["gross jurgen", ["Jürgen Groß"]],
    ["JUERGEN groß", ["Jürgen Groß"]],
    ["soren_l", ["Søren Łukasz"]],
    ["lukasz soren_l", ["Søren Łukasz"]],
    ["خان أحمد", ["أَحْمَد خان"]],
    ["lukasz jurgen", []],
    ["% b", ["100% Bot_A\\B"]],
  ])("finds each word in name or email, in any order: %s", async (words, names) => {
    expect(await found(tenant, `search=${encodeURIComponent(words)}`)).toEqual(names);
  });

  it("combines with other filters, and counts the matches", async () => {
    const { body } = await list(tenant, { search: "bot 100", skillIds: [skills[1] ?? ""] });
    expect(body.results.map((agent) => agent.name)).toEqual(["100x BotXAYB"]);
    expect(body.total).toBe(1);
  });

  it("returns the best match first, regardless of its name, and continues on the next page", async () => {
    const crowd = await makeTenant();
    const inside = Array.from({ length: 101 }, (_, index) => `Ada Guimarães ${100 + index}`);
    await addAgents(crowd, [
      { name: "Bo", emails: ["mar"] },
      ...inside.map((name) => ({ name })),
      ...["Zoe Marín", "Maren", "Marco"].map((name) => ({ name })),
    ]);
    const query = { search: "mar", sortBy: "match" };
    const best = ["Marco", "Maren", "Zoe Marín", ...inside, "Bo"];
    const listed = await listEverything(crowd, query, { limit: 2 });
    expect(listed.map(({ name }) => name)).toEqual(best);
    const backwards = await listEverything(crowd, { ...query, reverse: true }, { limit: 100 });
    expect(backwards.map(({ name }) => name)).toEqual([...best].reverse());
    const { body } = await list(crowd, { sortBy: "match", limit: 2 });
    expect(body.results.map(({ name }) => name)).toEqual(inside.slice(0, 2));
  });

  it("rejects a page token of another search", async () => {
    const { body } = await list(tenant, { search: "a", limit: 1 });
    const other = await refusal(tenant, `search=e&limit=1&pageToken=${body.nextPageToken}`);
    expect(other.code).toBe("InvalidPageToken");
  });
});

describe("access to the list", () => {
  it("is rejected without credentials", async () => {
    const answer = await list(tenant, {}, "");
    expect(answer.status).toBe(401);
    expect(
      await call("listAgents", { params: { workspaceId: tenant.id } }).then((none) => none.body.code),
    ).toBe("Unauthorized");
  });

  it.each(["Bearer abc", "AccessKey rck_nonsense", "Basic YTpi", "Bearer"])(
    "is rejected with the credentials %s",
    async (as) => {
      const answer = await list(tenant, {}, as);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ code: "Unauthorized" });
    },
  );

  it("is rejected for a role without agents.read", async () => {
    const { as } = await keyWith(tenant, ["settings.read", "agents.write"]);
    const answer = await list(tenant, {}, as);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: "Forbidden" });
  });

  it("is allowed to a role with only agents.read", async () => {
    const { as } = await keyWith(tenant, ["agents.read"]);
    expect((await list(tenant, {}, as)).status).toBe(200);
  });

  it.each([people.supervisor, people.agent, people.viewer])("is allowed to %s", async (email) => {
    const answer = await call("listAgents", {
      params: { workspaceId: await workspaceId("northwind") },
      as: await bearer(email),
    });
    expect(answer.status).toBe(200);
  });

  it("returns the same for another workspace as for a missing one", async () => {
    const other = await makeTenant();
    const strangers = await call("listAgents", { params: { workspaceId: other.id }, as: tenant.as });
    const nobodys = await call("listAgents", { params: { workspaceId: newId() }, as: tenant.as });
    expect(strangers.status).toBe(404);
    expect(strangers.body).toEqual(nobodys.body);
    expect(strangers.body.code).toBe("WorkspaceNotFound");
    const person = await call("listAgents", {
      params: { workspaceId: await workspaceId("globex") },
      as: await bearer(people.supervisor),
    });
    expect(person.status).toBe(404);
    expect(person.body).toEqual(nobodys.body);
  });

  it("rejects a malformed workspace ID, but only with credentials", async () => {
    const malformed = (as?: string) => call("listAgents", { params: { workspaceId: "northwind" }, as });
    const answer = await malformed(tenant.as);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe("BadRequest");
    expect(Object.keys(answer.body.details as object)).toEqual(["workspaceId"]);
    expect((await malformed()).status).toBe(401);
  });

  it("checks permissions before the query, and the query before the page token", async () => {
    const { as } = await keyWith(tenant, ["settings.read"]);
    expect((await list(tenant, { limit: 0 }, as)).status).toBe(403);
    expect((await list(tenant, { limit: 0, pageToken: "x" })).body).toMatchObject({ code: "InvalidQuery" });
  });

  it("never shows an agent of another workspace, whichever filter names it", async () => {
    const other = await makeTenant();
    const [team = ""] = await addTeams(other, ["Theirs"]);
    const [skill = ""] = await addSkills(other, ["Theirs"]);
    const [theirs = ""] = await addAgents(other, [
      { name: "Theirs", emails: ["theirs"], teamIds: [team], skillIds: [skill] },
    ]);
    for (const query of [{ agentIds: theirs }, { teamIds: team }, { skillIds: skill }, { name: "Theirs" }])
      expect((await list(tenant, query)).body, JSON.stringify(query)).toEqual({ results: [], total: 0 });
  });
});

describe("an invalid query", () => {
  it.each([
    "limit=0",
    "limit=101",
    "limit=-1",
    "limit=1.5",
    "limit=ten",
    "limit=1e1",
    "limit=%2B5",
    "limit=0x10",
    "limit=99999999999999999999",
    "limit=",
    "limit=5&limit=5",
    "reverse=yes",
    "reverse=TRUE",
    "reverse=1",
    "reverse=",
    "reverse=true&reverse=true",
    "sortBy=updatedAt",
    "sortBy=Name",
    "sortBy=",
    "sortBy=name&sortBy=createdAt",
    "name=",
    "name=a&name=b",
    `name=${"x".repeat(256)}`,
    "name=%00",
    "email=",
    "email=a&email=b",
    `email=${"x".repeat(321)}`,
    "email=a%00b",
    "search=",
    "search=a&search=b",
    `search=${"x".repeat(256)}`,
    "search=a b c d e f g h i",
    "agentStatuses=asleep",
    "agentStatuses=Active",
    "agentStatuses=",
    "agentStatuses=active,",
    "agentStatuses=,active",
    "agentStatuses=active,,away",
    "agentStatuses=active&agentStatuses=",
    "activities=sleeping",
    "activities=oncall",
    "activities=",
    "roleIds=Supervisor",
    "roleIds=",
    "teamIds=1",
    "teamIds=",
    "skillIds=abc",
    "skillIds=",
    "agentIds=1",
    "agentIds=",
    "agentIds=me",
    "lastStatusActivitySince=yesterday",
    "lastStatusActivitySince=2026-03-09",
    "lastStatusActivitySince=2026-02-30T00:00:00Z",
    "lastStatusActivitySince=2026-03-09T08:30:00",
    "lastStatusActivitySince=1774000000000",
    "lastStatusActivitySince=",
    "lastStatusActivitySince=2026-03-09T08:30:00Z&lastStatusActivitySince=2026-03-09T08:30:00Z",
    "lastStatusActivityUpto=2026-03-09T25:00:00Z",
    "lastStatusActivityUpto=",
    // An unencoded plus sign in a query string is a space.
    "lastStatusActivityUpto=2026-03-09T08:30:00+01:00",
    "pageToken=",
    "pageToken=a&pageToken=a",
    `pageToken=${"a".repeat(8001)}`,
    "page=2",
    "offset=10",
    "Limit=5",
    "agentStatuses%5B%5D=active",
    "toString=1",
    "constructor=1",
    "hasOwnProperty=1",
  ])("is rejected, and the error names the parameter: %s", async (query) => {
    const name = decodeURIComponent(query.split("=")[0] ?? "");
    const refused = await refusal(tenant, query);
    expect(refused.status).toBe(400);
    expect(refused.code).toBe("InvalidQuery");
    expect(Object.keys(refused.details ?? {})).toEqual([name]);
    expect(refused.details?.[name]?.length).toBeGreaterThan(0);
  });

  it("is rejected with all invalid parameters in one error", async () => {
    const refused = await refusal(tenant, "limit=0&sortBy=x&colour=red&agentStatuses=active,asleep&name=");
    expect(Object.keys(refused.details ?? {}).sort()).toEqual([
      "agentStatuses",
      "colour",
      "limit",
      "name",
      "sortBy",
    ]);
    expect(refused.details?.agentStatuses?.[0]).toContain("value 2");
  });

  it("is rejected if a list of IDs contains a malformed one at any position", async () => {
    for (const name of ["roleIds", "teamIds", "skillIds", "agentIds", "ids"]) {
      const refused = await refusal(tenant, `${name}=${newId()}&${name}=${newId()},${newId().slice(1)}`);
      expect(refused.status, name).toBe(400);
      const [named] = Object.keys(refused.details ?? {});
      expect(named, name).toBe(name === "ids" ? "agentIds" : name);
      expect(refused.details?.[named ?? ""]?.[0], name).toContain("value 3");
    }
  });

  it("may contain 100 IDs and no more; duplicates count once", async () => {
    const hundred = Array.from({ length: 100 }, () => newId());
    for (const name of ["roleIds", "teamIds", "skillIds", "agentIds", "ids"]) {
      expect((await refusal(tenant, `${name}=${hundred.join(",")}`)).status, name).toBe(200);
      const twice = `${name}=${hundred.join(",")},${(hundred[0] ?? "").toUpperCase()}`;
      expect((await refusal(tenant, twice)).status, name).toBe(200);
      const refused = await refusal(tenant, `${name}=${hundred.join(",")},${newId()}`);
      expect(refused.status, name).toBe(400);
      expect(refused.code, name).toBe("InvalidQuery");
    }
  });
});

describe("limit", () => {
  it.each([1, 2, 10])("returns %i agents if there are more", async (limit) => {
    const { body } = await list(tenant, { limit });
    expect(body.results).toHaveLength(limit);
    expect(body.total).toBe(11);
  });

  it("returns all agents without a token if it equals their number or is 100", async () => {
    for (const limit of [11, 100]) {
      const { body } = await list(tenant, { limit });
      expect(body.results).toHaveLength(11);
      expect(body).not.toHaveProperty("nextPageToken");
    }
  });
});

describe("agentIds", () => {
  it("returns exactly these agents in the given order, with IDs in any case", async () => {
    const [a, b, c] = [idOf("Zoë Élan"), idOf("Jürgen Groß"), idOf("At the moment")];
    const wanted = ["Zoë Élan", "Jürgen Groß", "At the moment"];
    for (const query of [
      { agentIds: [a, b, c] },
      { agentIds: `${a},${b},${c}` },
      { agentIds: [`${a}, ${b}`, c] },
      { ids: [a, b, c] },
      { ids: `${a},${b},${c}` },
      { ids: a.toUpperCase(), agentIds: [b, c] },
    ]) {
      const answer = await list(tenant, query);
      expect(namesOf(answer), JSON.stringify(query)).toEqual(wanted);
      expect(answer.body.total).toBe(3);
      expect(answer.body).not.toHaveProperty("nextPageToken");
    }
    expect(namesOf(await list(tenant, { agentIds: [c, b, a] }))).toEqual(wanted.toReversed());
  });

  it("skips unknown IDs and duplicates", async () => {
    const [a, b] = [idOf("Zoë Élan"), idOf("Jürgen Groß")];
    const { body } = await list(tenant, { agentIds: [newId(), a, b, a.toUpperCase(), newId(), b] });
    expect(body.results.map((agent) => agent.id)).toEqual([a, b]);
    expect(body.total).toBe(2);
  });

  it("ignores other parameters, valid or not", async () => {
    const a = idOf("Zoë Élan");
    const b = idOf("Jürgen Groß");
    const answer = await refusal(
      tenant,
      `limit=1&reverse=true&sortBy=name&name=nobody&pageToken=junk&agentStatuses=offline&agentIds=${b},${a}`,
    );
    expect(answer.status).toBe(200);
    expect((answer as unknown as { results: Agent[] }).results.map((agent) => agent.id)).toEqual([b, a]);
    expect((await refusal(tenant, `limit=0&agentIds=${a}`)).status).toBe(200);
  });

  it("may exceed the default page size", async () => {
    const answer = await list(tenant, { agentIds: Object.values(agents) });
    expect(answer.body.results.map((agent) => agent.id)).toEqual(Object.values(agents));
  });
});

describe("part of the name", () => {
  it.each([
    ["jurgen", "Jürgen Groß"],
    ["JÜRGEN", "Jürgen Groß"],
    ["Jürgen", "Jürgen Groß"],
    ["gross", "Jürgen Groß"],
    ["GROẞ", "Jürgen Groß"],
    ["n g", "Jürgen Groß"],
    ["soren", "Søren Łukasz"],
    ["SØREN", "Søren Łukasz"],
    ["lukasz", "Søren Łukasz"],
    ["ŁUKASZ", "Søren Łukasz"],
    ["ольга", "Ольга Йовович"],
    ["ИОВОВИЧ", "Ольга Йовович"],
    ["йовович", "Ольга Йовович"],
    ["ΟΔΥΣΣΕΑΣ", "Οδυσσέας Γεώργιος"],
    ["οδυσσέας", "Οδυσσέας Γεώργιος"],
    ["γιοσ", "Οδυσσέας Γεώργιος"],
    ["احمد", "أَحْمَد خان"],
    ["أَحْمَد", "أَحْمَد خان"],
    ["zoe elan", "Zoë Élan"],
    ["Zoë", "Zoë Élan"],
  ])("finds %s regardless of case and accents", async (part, name) => {
    expect(namesOf(await list(tenant, { name: part }))).toEqual([name]);
  });

  it.each([
    ["%", ["100% Bot_A\\B"]],
    ["_", ["100% Bot_A\\B"]],
    ["\\", ["100% Bot_A\\B"]],
    ["t_A", ["100% Bot_A\\B"]],
    ["100% bot_a\\b", ["100% Bot_A\\B"]],
    ["0%t", []],
    ["100_", []],
    ["%%", []],
    ["\\%", []],
    ["' OR 1=1 --", []],
  ])("treats SQL special characters literally: %s", async (part, names) => {
    expect(namesOf(await list(tenant, { name: part }))).toEqual(names);
  });

  it("collapses spaces, and matches only adjacent words", async () => {
    expect(namesOf(await list(tenant, { name: " moment" }))).toEqual(["At the moment"]);
    expect(namesOf(await list(tenant, { name: "jürgen  groß" }))).toEqual(["Jürgen Groß"]);
    expect(namesOf(await list(tenant, { name: "jurgengross" }))).toEqual([]);
  });

  it("finds an agent by the new name and not the old one after a rename", async () => {
    const [agentId = ""] = await addAgents(tenant, [{ name: "Before Ærø" }]);
    const renamed = await call("patchAgent", {
      params: { workspaceId: tenant.id, agentId },
      body: { name: "After Þórunn" },
      as: tenant.as,
    });
    expect(renamed.status).toBe(200);
    expect((await list(tenant, { name: "aero" })).body.total).toBe(0);
    expect(namesOf(await list(tenant, { name: "THORUNN" }))).toEqual(["After Þórunn"]);
    await call("deleteAgent", { params: { workspaceId: tenant.id, agentId }, as: tenant.as });
    expect((await list(tenant, { name: "THORUNN" })).body.total).toBe(0);
  });
});

describe("part of an email address", () => {
  it.each([
    ["juergen.gross", "Jürgen Groß"],
    ["JUERGEN.GROSS@", "Jürgen Groß"],
    ["jürgen@", "Jürgen Groß"],
    ["jurgen@", "Jürgen Groß"],
    ["soren_l", "Søren Łukasz"],
    ["zoe@", "Zoë Élan"],
  ])("finds %s, in the first or a further address", async (part, name) => {
    expect(namesOf(await list(tenant, { email: part }))).toEqual([name]);
  });

  it("treats SQL special characters literally", async () => {
    expect(namesOf(await list(tenant, { email: "soren%l" }))).toEqual([]);
    expect(namesOf(await list(tenant, { email: "juergen_gross" }))).toEqual([]);
  });

  it("finds no bots, which have no email address", async () => {
    expect(await found(tenant, "email=.example")).toEqual(
      ["Jürgen Groß", "Søren Łukasz", "Ольга Йовович", "Οδυσσέας Γεώργιος", "أَحْمَد خان", "Zoë Élan"].sort(),
    );
  });

  it("does not search names, and the name filter does not search addresses", async () => {
    expect((await list(tenant, { email: "groß" })).body.total).toBe(1);
    expect((await list(tenant, { email: "Łukasz" })).body.total).toBe(0);
    expect((await list(tenant, { name: "juergen" })).body.total).toBe(0);
  });
});

describe("a filter with several values", () => {
  const active = ["100% Bot_A\\B", "Jürgen Groß", "Ольга Йовович"].sort();
  const activeAndOffline = [...active, "Søren Łukasz"].sort();

  it.each([
    ["agentStatuses=active", active],
    ["agentStatuses=active,offline", activeAndOffline],
    ["agentStatuses=active&agentStatuses=offline", activeAndOffline],
    ["agentStatuses=active,offline&agentStatuses=active", activeAndOffline],
    ["agentStatuses=offline,%20active", activeAndOffline],
    ["activities=busy", ["Ольга Йовович"]],
    ["activities=busy,onCall", ["Ольга Йовович", "Οδυσσέας Γεώργιος"].sort()],
    ["activities=wrapUp", []],
  ])("matches any of them: %s", async (query, names) => {
    expect(await found(tenant, query)).toEqual(names);
  });

  it("matches current activities: an expired one counts as available", async () => {
    const available = await found(tenant, "activities=available");
    expect(available).toContain("أَحْمَد خان");
    expect(available).not.toContain("Ольга Йовович");
    expect(available).not.toContain("Οδυσσέας Γεώργιος");
    expect(available).toHaveLength(9);
  });

  it("matches an activity until the moment it expires", async () => {
    const [agentId = ""] = await addAgents(tenant, [{ name: "Back in four seconds" }]);
    const params = { workspaceId: tenant.id, agentId };
    await call("patchAvailability", {
      params,
      body: { activity: "onBreak", activityTtl: 4, activityText: "tea" },
      as: tenant.as,
    });
    expect(await found(tenant, "activities=onBreak")).toEqual(["Back in four seconds"]);
    await expect.poll(() => found(tenant, "activities=onBreak")).toEqual([]);
    expect(await found(tenant, "activities=available&name=seconds")).toEqual(["Back in four seconds"]);
    const { body } = await list(tenant, { name: "seconds" });
    expect(body.results[0]?.availability).not.toHaveProperty("activityTtl");
    expect(body.results[0]?.availability).not.toHaveProperty("activityText");
    await call("deleteAgent", { params, as: tenant.as });
  });

  it("matches roles, managed and custom", async () => {
    expect(await found(tenant, `roleIds=${roleIds.Supervisor}`)).toEqual(["Zoë Élan"]);
    expect(await found(tenant, `roleIds=${narrowRole}`)).toEqual(["Zoë Élan"]);
    expect(await found(tenant, `roleIds=${narrowRole.toUpperCase()},${roleIds.Supervisor}`)).toEqual([
      "Zoë Élan",
    ]);
    expect(await found(tenant, `roleIds=${roleIds.Agent},${roleIds.Supervisor}`)).toHaveLength(6);
    expect(await found(tenant, `roleIds=${roleIds.Viewer}`)).toEqual([]);
    expect(await found(tenant, `roleIds=${newId()}`)).toEqual([]);
  });

  it("matches teams", async () => {
    const [alpha, beta, empty] = teams;
    expect(await found(tenant, `teamIds=${alpha}`)).toEqual(["Jürgen Groß", "Søren Łukasz"]);
    expect(await found(tenant, `teamIds=${alpha},${beta}`)).toEqual([
      "100x BotXAYB",
      "Jürgen Groß",
      "Søren Łukasz",
    ]);
    expect(await found(tenant, `teamIds=${beta}&teamIds=${empty}`)).toEqual(["100x BotXAYB", "Søren Łukasz"]);
    expect(await found(tenant, `teamIds=${empty}`)).toEqual([]);
  });

  it("matches skills", async () => {
    const [spanish, billing, unused] = skills;
    expect(await found(tenant, `skillIds=${spanish}`)).toEqual(["100% Bot_A\\B", "100x BotXAYB"]);
    expect(await found(tenant, `skillIds=${spanish},${billing}`)).toEqual([
      "100% Bot_A\\B",
      "100x BotXAYB",
      "Zoë Élan",
    ]);
    expect(await found(tenant, `skillIds=${unused}`)).toEqual([]);
  });

  it("combines with other filters by AND", async () => {
    const [alpha, beta] = teams;
    const [spanish, billing] = skills;
    expect(await found(tenant, `teamIds=${alpha}&agentStatuses=offline`)).toEqual(["Søren Łukasz"]);
    expect(await found(tenant, `teamIds=${beta}&skillIds=${billing}`)).toEqual(["100x BotXAYB"]);
    expect(await found(tenant, `skillIds=${spanish}&agentStatuses=active`)).toEqual(["100% Bot_A\\B"]);
    expect(await found(tenant, `name=o&email=o&agentStatuses=active,offline&teamIds=${alpha}`)).toEqual([
      "Jürgen Groß",
      "Søren Łukasz",
    ]);
    expect(await found(tenant, `teamIds=${alpha}&skillIds=${spanish}`)).toEqual([]);
    const all = `name=ren&email=soren&agentStatuses=offline&activities=available&roleIds=${roleIds.Agent}&teamIds=${beta}`;
    expect(await found(tenant, all)).toEqual(["Søren Łukasz"]);
    expect(await found(tenant, `${all}&skillIds=${spanish}`)).toEqual([]);
  });

  it("counts all matches, not only those on the page", async () => {
    const { body } = await list(tenant, { agentStatuses: ["active"], limit: 1 });
    expect(body.results).toHaveLength(1);
    expect(body.total).toBe(3);
  });
});

describe("the time of the last status change", () => {
  const at = (ms: number) => new Date(ms).toISOString();
  const before = "A millisecond before";
  const after = "A millisecond after";
  const exact = "At the moment";
  const window = `lastStatusActivitySince=${at(moment - 1000)}&lastStatusActivityUpto=${at(moment + 1000)}`;

  it("is filtered by a range with inclusive bounds", async () => {
    expect(await found(tenant, window)).toEqual([after, before, exact]);
    const point = `lastStatusActivitySince=${at(moment)}&lastStatusActivityUpto=${at(moment)}`;
    expect(await found(tenant, point)).toEqual([exact]);
    const from = `lastStatusActivitySince=${at(moment)}`;
    expect(await found(tenant, from)).toEqual([after, exact]);
    const until = `lastStatusActivityUpto=${at(moment)}&lastStatusActivitySince=${at(moment - 9999)}`;
    expect(await found(tenant, until)).toEqual([before, exact]);
  });

  it("is parsed with any UTC offset", async () => {
    for (const written of [
      "2026-03-09T08:30:00.500Z",
      "2026-03-09T09:30:00.500%2B01:00",
      "2026-03-09T14:15:00.500%2B05:45",
      "2026-03-08T21:00:00.500-11:30",
    ])
      expect(
        await found(tenant, `lastStatusActivitySince=${written}&lastStatusActivityUpto=${written}`),
        written,
      ).toEqual([exact]);
  });

  it("matches nothing if the range ends before it starts", async () => {
    expect(
      await found(tenant, `lastStatusActivitySince=${at(moment + 1)}&lastStatusActivityUpto=${at(moment)}`),
    ).toEqual([]);
  });

  it("changes when the status is set, but not if the same one is set again", async () => {
    const [agentId = ""] = await addAgents(tenant, [{ name: "Moves", lastStatusSet: new Date(moment) }]);
    const params = { workspaceId: tenant.id, agentId };
    const set = (status: string) => call("patchAgent", { params, body: { status }, as: tenant.as });
    const query = `${window}&name=moves`;
    await set("away");
    expect(await found(tenant, query)).toEqual(["Moves"]);
    await set("active");
    expect(await found(tenant, query)).toEqual([]);
    await call("deleteAgent", { params, as: tenant.as });
  });
});

describe("the order", () => {
  let crowd: Tenant;
  let everybody: Agent[];

  beforeAll(async () => {
    crowd = await makeTenant();
    const names = [
      ..."anna Anna ANNA Änna anna Zoe Zoë ZOË Strasse Straße Łukasz Lukasz Ømer Omer Æmil Aemil".split(" "),
      ..."Ольга ольга Σίσυφος ΣΊΣΥΦΟΣ 王芳 김민준 أحمد 𠮷田 Ａｎｎａ _x -x 1x ~x".split(" "),
    ];
    const statuses = ["active", "away", "offline"] as const;
    await addAgents(
      crowd,
      Array.from({ length: 137 }, (_, index) => ({
        name: names[(index * 7) % names.length] ?? "",
        status: statuses[index % 3] ?? "away",
        messaging: (index * 5) % 4,
        email: index % 2,
        // Several agents share a millisecond.
        createdAt: new Date(moment + ((index * 13) % 40)),
      })),
    );
    everybody = await listEverything(crowd, {}, { limit: 100 });
  });

  it("has ties of every kind in the test data", () => {
    expect(everybody).toHaveLength(137);
    expect(new Set(everybody.map((agent) => agent.createdAt)).size).toBeLessThan(137);
    expect(new Set(everybody.map((agent) => agent.name)).size).toBeLessThan(137);
  });

  it.each(orders)("by $sortBy, reverse $reverse, follows the contract", async ({ sortBy, reverse }) => {
    const listed = await listEverything(crowd, { sortBy, reverse }, { limit: 37 });
    const wanted = inOrder(everybody, sortBy, reverse);
    expect(listed.map((agent) => [agent.id, agent.name])).toEqual(
      wanted.map((agent) => [agent.id, agent.name]),
    );
  });

  it.each(orders)("by $sortBy, reverse $reverse, also holds with a filter", async ({ sortBy, reverse }) => {
    const query = { sortBy, reverse, agentStatuses: ["active", "offline"] };
    const listed = await listEverything(crowd, query, { limit: 100 });
    const wanted = inOrder(
      everybody.filter((agent) => agent.status !== "away"),
      sortBy,
      reverse,
    );
    expect(listed.map((agent) => agent.id)).toEqual(wanted.map((agent) => agent.id));
  });

  it("with reverse=false is the same as without reverse", async () => {
    const ids = async (query: Record<string, boolean>) =>
      (await list(crowd, { ...query, sortBy: "name" })).body.results.map((agent) => agent.id);
    expect(await ids({ reverse: false })).toEqual(await ids({}));
  });
});
