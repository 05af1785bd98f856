import { describe, expect, it } from "vitest";
import { RequestError } from "@/lib/platform/client/client";
import { operations } from "@/lib/routes";
import { runBulk } from "./bulk";
import { type BulkChange, type BulkPlace, bulkTasks } from "./bulk-changes";

interface Call {
  id: string;
  params: Record<string, string>;
  body?: unknown;
  ifMatch?: string;
}

type Answer = (call: Call) => unknown;

const idOf = (place: { method: string; path: string }): string =>
  operations.find(({ method, path }) => method === place.method && path === place.path)?.id ?? "none";

/** A fake server: responds by operation id and records every call. */
function server(answers: Record<string, Answer>) {
  const calls: Call[] = [];
  const send = async (
    operation: { method: string; path: string },
    input: { params: Record<string, string>; body?: unknown; ifMatch?: string },
  ) => {
    const id = idOf(operation);
    const call = { id, ...input };
    calls.push(call);
    return { data: answers[id]?.(call), etag: `"1.${input.params.agentId}"` };
  };
  return { calls, place: { workspaceId: "w", send } as unknown as BulkPlace };
}

const run = (change: BulkChange, ids: string[], place: BulkPlace) =>
  runBulk(bulkTasks(change, ids, place), { signal: new AbortController().signal });

async function undo(results: Awaited<ReturnType<typeof run>>) {
  return runBulk(
    results.flatMap((result) => result.undo ?? []),
    { signal: new AbortController().signal },
  );
}

const writes = (calls: Call[], id: string) => calls.filter((call) => call.id === id);

describe("setting the availability of many agents", () => {
  const before = { status: "away", activity: "busy", activityText: "Stock", activityTtl: 60 };

  it("sends the tag just read, and restores each agent's previous availability on undo", async () => {
    const { calls, place } = server({ getAgent: () => ({ availability: before }) });
    const results = await run({ kind: "availability", change: { status: "active" } }, ["a", "b"], place);
    expect(writes(calls, "patchAvailability")).toMatchObject([
      { params: { agentId: "a" }, body: { status: "active" }, ifMatch: '"1.a"' },
      { params: { agentId: "b" }, body: { status: "active" }, ifMatch: '"1.b"' },
    ]);
    await undo(results);
    expect(writes(calls, "patchAvailability").slice(2)).toMatchObject([
      { params: { agentId: "a" }, body: { status: "away" } },
      { params: { agentId: "b" }, body: { status: "away" } },
    ]);
  });

  it("restores an activity with its text and remaining seconds on undo", async () => {
    const { calls, place } = server({ getAgent: () => ({ availability: before }) });
    await undo(await run({ kind: "availability", change: { activity: "onBreak" } }, ["a"], place));
    expect(writes(calls, "patchAvailability").at(-1)?.body).toEqual({
      activity: "busy",
      activityText: "Stock",
      activityTtl: 60,
    });
  });

  it("retries once, and only once, after a conflicting change", async () => {
    const stale = new RequestError(412, "PreconditionFailed", "Changed.", {}, undefined);
    let refusals = 1;
    const refuse = () => {
      if (refusals-- > 0) throw stale;
    };
    const first = server({ getAgent: () => ({ availability: before }), patchAvailability: refuse });
    const once = await run({ kind: "availability", change: { status: "active" } }, ["a"], first.place);
    expect(once[0]?.state).toBe("done");
    refusals = 2;
    const twice = await run({ kind: "availability", change: { status: "active" } }, ["a"], first.place);
    expect(twice[0]).toMatchObject({ state: "failed", error: stale });
  });
});

it("sets a time zone or a schedule, and restores a missing schedule on undo", async () => {
  const { calls, place } = server({ getAgent: () => ({ timezone: "Europe/Berlin", availability: {} }) });
  await undo(await run({ kind: "profile", change: { timezone: "Asia/Kathmandu" } }, ["a"], place));
  await undo(await run({ kind: "profile", change: { weeklySchedule: {} } }, ["a"], place));
  expect(writes(calls, "patchAgent").map(({ body }) => body)).toEqual([
    { timezone: "Asia/Kathmandu" },
    { timezone: "Europe/Berlin" },
    { weeklySchedule: {} },
    { weeklySchedule: null },
  ]);
});

it("deletes with the tag just read and offers no undo", async () => {
  const { calls, place } = server({ getAgent: () => ({}) });
  const results = await run({ kind: "delete" }, ["a"], place);
  expect(writes(calls, "deleteAgent")).toMatchObject([{ params: { agentId: "a" }, ifMatch: '"1.a"' }]);
  expect(results[0]?.undo).toBeUndefined();
});

describe("changing a team", () => {
  function team(members: string[]) {
    const state = { members };
    const made = server({
      getTeam: () => ({ members: state.members.map((agentId) => ({ agentId })) }),
      addTeamMember: ({ params }) => {
        state.members.push(params.agentId ?? "");
      },
      removeTeamMember: ({ params }) => {
        state.members = state.members.filter((id) => id !== params.agentId);
      },
    });
    return { state, ...made };
  }

  it("adds agents to the existing members, and removes only the added ones on undo", async () => {
    const { state, place } = team(["a", "z"]);
    const results = await run({ kind: "team", teamId: "t", action: "add" }, ["a", "b"], place);
    expect(state.members).toEqual(["a", "z", "b"]);
    await undo(results);
    expect(state.members).toEqual(["a", "z"]);
  });

  it("leaves agents alone who join or leave in the meantime", async () => {
    const { state, place } = team(["a", "z"]);
    const results = await run({ kind: "team", teamId: "t", action: "add" }, ["b"], place);
    state.members = ["a", "b", "new"];
    await undo(results);
    expect(state.members).toEqual(["a", "new"]);
  });

  it("sends nothing if no membership would change", async () => {
    const { calls, place } = team(["z"]);
    const results = await run({ kind: "team", teamId: "t", action: "remove" }, ["a"], place);
    expect(calls.map(({ id }) => id)).toEqual(["getTeam"]);
    expect(results[0]).toMatchObject({ state: "done" });
  });
});

describe("setting the capacity rule", () => {
  /** Same rules as the API: assigning an agent to one rule removes them from others. */
  function rules(assigned: Record<string, string[]>) {
    const made = server({
      listCapacityRules: () => ({
        results: Object.entries(assigned).map(([id, assignedAgentIds]) => ({
          id,
          assignedAgentIds: [...assignedAgentIds],
        })),
      }),
      assignCapacityRule: ({ params: { agentId = "", capacityRuleId = "" } }) => {
        for (const id of Object.keys(assigned))
          assigned[id] = (assigned[id] ?? []).filter((agent) => agent !== agentId);
        assigned[capacityRuleId]?.push(agentId);
      },
      unassignCapacityRule: ({ params: { agentId, capacityRuleId = "" } }) => {
        assigned[capacityRuleId] = (assigned[capacityRuleId] ?? []).filter((agent) => agent !== agentId);
      },
    });
    return { assigned, ...made };
  }

  it.each([
    ["one", { one: ["c", "a", "b"], two: ["z"] }],
    ["two", { one: ["c"], two: ["z", "a", "b"] }],
    [null, { one: ["c"], two: ["z"] }],
  ])("moves agents to %s from their previous rule, and back", async (ruleId, after) => {
    const { assigned, place } = rules({ one: ["a", "c"], two: ["z"] });
    const results = await run({ kind: "capacityRule", ruleId }, ["a", "b"], place);
    const sorted = (record: Record<string, string[]>) =>
      Object.fromEntries(Object.entries(record).map(([id, agents]) => [id, [...agents].sort()]));
    expect(sorted(assigned)).toEqual(sorted(after));
    await undo(results);
    expect(sorted(assigned)).toEqual({ one: ["a", "c"], two: ["z"] });
  });
});
