import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeWorkspace,
  sql,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import type { Agent } from "@/lib/agents/agents/contract";
import type { Schedule, Travel } from "@/lib/hours/weeks/contract";

let here: TestWorkspace;
let elsewhere: TestWorkspace;
let agentId: string;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});
beforeEach(async () => {
  agentId = (await makeAgent(here, { timezone: "Europe/Berlin" })).id;
});

type Options = {
  as?: string;
  headers?: Record<string, string>;
  body?: unknown;
  in?: TestWorkspace;
  of?: string;
};
const ask = <Body>(
  id: "getSchedule" | "putSchedule" | "getTravel" | "putTravel" | "getAgent" | "patchAgent",
  { as = here.supervisor.auth, in: workspace = here, of = agentId, ...rest }: Options = {},
) => call<Body>(id, { params: { workspaceId: workspace.id, agentId: of }, as, ...rest });
const put = (body: unknown, options: Options = {}) => ask<Schedule>("putSchedule", { body, ...options });
const get = () => ask<Schedule>("getSchedule");
const agent = () => ask<Agent>("getAgent");
const stored = async () =>
  (
    await sql<{ schedule: { fromAt: number | null }[] | null }>("SELECT schedule FROM agents WHERE id = $1", [
      agentId,
    ])
  )[0]?.schedule;

const interval = (from: string, to: string) => {
  const time = (text: string) => ({ hour: Number(text.slice(0, 2)), minute: Number(text.slice(3)) });
  return { from: time(from), to: time(to) };
};
const split = [interval("09:00", "12:00"), interval("13:00", "18:00")];
const week = { monday: split, friday: [interval("22:00", "06:00")] };

describe("a schedule", () => {
  it("starts as always working", async () => {
    expect((await get()).body).toEqual({ timezone: "Europe/Berlin", always: true, versions: [] });
  });

  it("has several intervals a day, which the agent shows folded", async () => {
    const answer = await put({ versions: [{ week: { ...week, tuesday: [] } }] });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ timezone: "Europe/Berlin", always: false, versions: [{ week }] });
    expect(await get()).toMatchObject({ body: answer.body });
    expect((await get()).headers.get("etag")).toBe(answer.headers.get("etag"));
    expect((await agent()).body.weeklySchedule).toEqual({
      monday: interval("09:00", "18:00"),
      friday: interval("22:00", "06:00"),
    });
  });

  it("sorts intervals, and tells seven days off from always working", async () => {
    expect((await put({ versions: [{ week: { monday: split.toReversed() } }] })).body.versions).toEqual([
      { week: { monday: split } },
    ]);
    expect((await put({ versions: [{ week: {} }] })).body).toMatchObject({
      always: false,
      versions: [{ week: {} }],
    });
    expect((await agent()).body.weeklySchedule).toEqual({});
    expect((await put({ always: true })).body).toMatchObject({ always: true, versions: [] });
    expect((await agent()).body).not.toHaveProperty("weeklySchedule");
  });

  it("shows the version in force today, and knows when each date starts in the zone", async () => {
    const versions = [
      { week: { monday: [interval("01:00", "02:00")] } },
      { effectiveFrom: "2020-03-29", week: { monday: [interval("03:00", "04:00")] } },
      { effectiveFrom: "2190-01-01", week: { monday: [interval("05:00", "06:00")] } },
    ];
    expect((await put({ versions })).body.versions).toEqual(versions);
    expect((await agent()).body.weeklySchedule).toEqual({ monday: interval("03:00", "04:00") });
    expect((await stored())?.map(({ fromAt }) => fromAt)).toEqual([
      null,
      Date.parse("2020-03-28T23:00:00Z"),
      Date.parse("2189-12-31T23:00:00Z"),
    ]);
    // The agent changes with the zone alone, too.
    expect((await ask("patchAgent", { body: { timezone: "Asia/Tokyo" } })).status).toBe(200);
    expect((await stored())?.[1]?.fromAt).toBe(Date.parse("2020-03-28T15:00:00Z"));
    expect((await get()).body).toEqual({ timezone: "Asia/Tokyo", always: false, versions });
    expect((await put({ timezone: "Pacific/Apia", versions })).body.timezone).toBe("Pacific/Apia");
    expect((await stored())?.[1]?.fromAt).toBe(Date.parse("2020-03-28T10:00:00Z"));
  });

  it("starts after a date that the zone skipped", async () => {
    const versions = [{ week: {} }, { effectiveFrom: "2011-12-30", week }];
    expect((await put({ timezone: "Pacific/Apia", versions })).status).toBe(200);
    expect((await stored())?.[1]?.fromAt).toBe(Date.parse("2011-12-30T10:00:00Z"));
  });

  it("raises the agent's version and adds one entry to the ledger, unless nothing changes", async () => {
    const before = versionOf(await agent());
    const body = { timezone: "Asia/Tokyo", versions: [{ week }] };
    await put(body);
    await put(body);
    expect(versionOf(await agent())).toBe(before + 1);
    const entries = (await ledger(agentId)).slice(1);
    expect(entries).toHaveLength(1);
    expect(entries[0]?.fields).toEqual({
      timezone: { before: "Europe/Berlin", after: "Asia/Tokyo" },
      schedule: { before: { always: true, versions: [] }, after: { always: false, versions: [{ week }] } },
    });
  });

  it("is an event of the agent", async () => {
    await put({ versions: [{ week }] });
    const events = await sql("SELECT type, changes FROM events WHERE resource_id = $1 ORDER BY position", [
      agentId,
    ]);
    expect(events.at(-1)).toMatchObject({
      type: "agent.updated",
      changes: { schedule: { after: { always: false } } },
    });
  });

  it("compares If-Match with the schedule alone", async () => {
    const first = await get();
    const etag = first.headers.get("etag") ?? "";
    await ask("patchAgent", { body: { bio: "Other" } });
    const second = await put({ versions: [{ week }] }, { headers: { "If-Match": etag } });
    expect(second.status).toBe(200);
    expectRefusal(await put({ always: true }, { headers: { "If-Match": etag } }), 412, "PreconditionFailed");
    expect(
      (await ask("getSchedule", { headers: { "If-None-Match": second.headers.get("etag") ?? "" } })).status,
    ).toBe(304);
  });

  it("is written once by two writers with the same ETag", async () => {
    const headers = { "If-Match": (await get()).headers.get("etag") ?? "" };
    const answers = await Promise.all(
      ["08:00", "09:00", "10:00"].map((from) =>
        put({ versions: [{ week: { monday: [interval(from, "17:00")] } }] }, { headers }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect((await get()).body).toEqual(answers.find(({ status }) => status === 200)?.body);
  });

  it("and other properties of the agent can change at the same time", async () => {
    const before = versionOf(await agent());
    const answers = await Promise.all([
      ...["one", "two", "three"].map((bio) => ask("patchAgent", { body: { bio, timezone: "Asia/Tokyo" } })),
      put({ versions: [{ week }, { effectiveFrom: "2190-01-01", week: {} }] }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(versionOf(await agent())).toBe(before + 4);
    expect((await get()).body).toMatchObject({ timezone: "Asia/Tokyo", versions: [{ week }, {}] });
    expect((await stored())?.[1]?.fromAt).toBe(Date.parse("2189-12-31T15:00:00Z"));
  });

  it.each([
    [{}, ["versions"]],
    [{ always: true, versions: [{ week: {} }] }, ["versions"]],
    [{ always: "yes", versions: [{ week: {} }] }, ["always"]],
    [{ timezone: "+02:00", versions: [{ week: {} }] }, ["timezone"]],
    [{ versions: [{ week: {} }, { week: {} }] }, ["versions.1.effectiveFrom"]],
    [{ versions: [{ effectiveFrom: "2026-01-01", week: {} }] }, ["versions.0.effectiveFrom"]],
    [{ versions: [{ week: {} }, { effectiveFrom: "2026-02-30", week: {} }] }, ["versions.1.effectiveFrom"]],
    [
      { versions: [{ week: { monday: [interval("09:00", "12:00"), interval("11:59", "13:00")] } }] },
      ["versions.0.week.monday.1.from"],
    ],
    [
      {
        versions: [{ week: { sunday: [interval("22:00", "06:00")], monday: [interval("05:59", "07:00")] } }],
      },
      ["versions.0.week.sunday"],
    ],
    [
      {
        versions: [
          {
            week: { monday: Array.from({ length: 9 }, (_, hour) => interval(`0${hour}:00`, `0${hour}:30`)) },
          },
        ],
      },
      ["versions.0.week.monday"],
    ],
    [{ versions: [{ week: { someday: [] } }] }, ["versions.0.week.someday"]],
    [
      { versions: [{ week: { monday: [{ from: { hour: 24, minute: 0 }, to: { hour: 1, minute: 0 } }] } }] },
      ["versions.0.week.monday.0.from.hour"],
    ],
    [
      {
        versions: Array.from({ length: 21 }, (_, at) => ({
          week: {},
          ...(at ? { effectiveFrom: `20${at + 10}-01-01` } : {}),
        })),
      },
      ["versions"],
    ],
  ])("refuses %j", async (body, paths) => {
    expectRefusal(await put(body), 422, "InvalidSchedule", paths);
  });

  it("is of agents of the workspace only", async () => {
    const body = { versions: [{ week }] };
    expectRefusal(await put(body, { of: elsewhere.agent.agentId }), 404, "AgentNotFound");
    expectRefusal(await put(body, { in: elsewhere, as: elsewhere.supervisor.auth }), 404, "AgentNotFound");
    expectRefusal(await ask("getSchedule", { of: elsewhere.agent.agentId }), 404, "AgentNotFound");
    expectRefusal(await ask("getTravel", { of: elsewhere.agent.agentId }), 404, "AgentNotFound");
    expectRefusal(
      await ask("putTravel", { of: elsewhere.agent.agentId, body: { travel: [] } }),
      404,
      "AgentNotFound",
    );
  });

  it("may be changed by the agent and planners", async () => {
    const body = { versions: [{ week }] };
    expect((await put(body, { of: "me", as: here.agent.auth })).status).toBe(200);
    expectRefusal(await put(body, { as: here.agent.auth }), 403, "Forbidden");
    expectRefusal(await put(body, { of: "me", as: here.viewer.auth }), 403, "Forbidden");
    expectRefusal(await put(body, { of: "me", as: here.key }), 404, "AgentNotFound");
    expect((await ask("putTravel", { of: "me", as: here.agent.auth, body: { travel: [] } })).status).toBe(
      200,
    );
    expectRefusal(await ask("putTravel", { as: here.agent.auth, body: { travel: [] } }), 403, "Forbidden");
  });
});

describe("a PATCH of weeklySchedule", () => {
  const folded = { monday: interval("09:00", "18:00"), friday: interval("22:00", "06:00") };
  const versions = [{ week }, { effectiveFrom: "2190-01-01", week: {} }];

  it("keeps all versions if it equals the week in force", async () => {
    await put({ versions });
    const before = versionOf(await agent());
    expect((await ask("patchAgent", { body: { weeklySchedule: folded } })).status).toBe(200);
    expect((await get()).body.versions).toEqual(versions);
    expect(versionOf(await agent())).toBe(before);
  });

  it("replaces all versions by one, and the ledger keeps what they were", async () => {
    await put({ versions });
    const weeklySchedule = { ...folded, tuesday: interval("10:00", "11:00") };
    await ask("patchAgent", { body: { weeklySchedule } });
    const after = { friday: [folded.friday], monday: [folded.monday], tuesday: [weeklySchedule.tuesday] };
    expect((await get()).body).toMatchObject({ always: false, versions: [{ week: after }] });
    expect((await ledger(agentId)).at(-1)?.fields).toEqual({
      weeklySchedule: { before: folded, after: weeklySchedule },
      schedule: {
        before: { always: false, versions },
        after: { always: false, versions: [{ week: after }] },
      },
    });
    await ask("patchAgent", { body: { weeklySchedule: null } });
    expect((await get()).body).toMatchObject({ always: true, versions: [] });
    expect(Object.keys((await ledger(agentId)).at(-1)?.fields ?? {})).toEqual(["weeklySchedule"]);
  });
});

describe("travel", () => {
  const stages = [
    { timezone: "Asia/Tokyo", from: "2026-03-01", to: "2026-03-09" },
    { timezone: "America/New_York", from: "2026-03-10", to: "2026-03-10" },
  ];
  const putTravel = (travel: unknown, options: Options = {}) =>
    ask<Travel>("putTravel", { body: { travel }, ...options });

  it("is replaced as a whole, in order, and recorded once", async () => {
    expect((await ask<Travel>("getTravel")).body).toEqual({ travel: [] });
    const answer = await putTravel(stages.toReversed());
    expect(answer).toMatchObject({ status: 200, body: { travel: stages } });
    await putTravel(stages);
    expect((await ask("getTravel")).headers.get("etag")).toBe(answer.headers.get("etag"));
    expect((await ledger(agentId)).slice(1).map(({ fields }) => fields)).toEqual([
      { travel: { before: [], after: stages } },
    ]);
    expect(versionOf(await agent())).toBe(2);
    expect((await putTravel([])).body).toEqual({ travel: [] });
  });

  it("compares If-Match", async () => {
    const headers = { "If-Match": (await ask("getTravel")).headers.get("etag") ?? "" };
    expect((await putTravel(stages, { headers })).status).toBe(200);
    expectRefusal(await putTravel([], { headers }), 412, "PreconditionFailed");
  });

  it.each([
    [null, ["travel"]],
    [[{ ...stages[0], to: "2026-02-28" }], ["travel.0.to"]],
    [[stages[0], { ...stages[1], from: "2026-03-09" }], ["travel.1.from"]],
    [[{ ...stages[0], timezone: "Mars/Base" }], ["travel.0.timezone"]],
    [[{ ...stages[0], hotel: "x" }], ["travel.0.hotel"]],
    [
      Array.from({ length: 21 }, (_, at) => ({
        timezone: "UTC",
        from: `20${at + 10}-01-01`,
        to: `20${at + 10}-01-01`,
      })),
      ["travel"],
    ],
  ])("refuses %j", async (travel, paths) => {
    expectRefusal(await putTravel(travel), 422, "InvalidTravel", paths);
  });
});
