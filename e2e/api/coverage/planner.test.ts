import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeTeam,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";

const nine = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };
const MONDAY = "2030-01-07";

let here: TestWorkspace;
let teamId: string;
let agentIds: string[];
beforeAll(async () => {
  here = await makeWorkspace();
  teamId = await makeTeam(here.id);
  const agents = [];
  for (const name of ["Ada", "Ben", "Cy"])
    agents.push(
      await makeAgent(here, {
        name,
        timezone: "Europe/Berlin",
        weeklySchedule: { monday: nine, tuesday: nine },
        holidays: name === "Ada" ? [{ name: "Founding day", month: 1, day: 8 }] : [],
      }),
    );
  agentIds = agents.map(({ id }) => id);
  for (const agentId of agentIds)
    await sql(
      "INSERT INTO team_members (workspace_id, team_id, agent_id, member_since) VALUES ($1, $2, $3, now())",
      [here.id, teamId, agentId],
    );
});

const planner = (query: Record<string, string | number>, as = here.viewer.auth) =>
  call<{ results: PlannerRow[]; nextPageToken?: string; total: number }>("listPlanner", {
    params: { workspaceId: here.id },
    as,
    query: { from: MONDAY, to: "2030-01-09", teamIds: teamId, sortBy: "name", ...query },
  });

describe("the planner", () => {
  it("lists shifts and holidays by agent, in pages", async () => {
    const first = await planner({ limit: 2 });
    expect(first.status).toBe(200);
    expect(first.body.total).toBe(3);
    expect(first.body.results.map(({ name }) => name)).toEqual(["Ada", "Ben"]);
    const [ada, ben] = first.body.results;
    expect(ada).toMatchObject({
      agentId: agentIds[0],
      timezone: "Europe/Berlin",
      teams: [{ id: teamId, name: expect.any(String) }],
      holidays: [{ date: "2030-01-08", name: "Founding day" }],
    });
    expect(ada?.shifts.map(({ date }) => date)).toEqual([MONDAY]);
    expect(ben?.shifts).toEqual([
      { date: MONDAY, start: "2030-01-07T08:00:00.000Z", end: "2030-01-07T16:00:00.000Z", source: "weekly" },
      {
        date: "2030-01-08",
        start: "2030-01-08T08:00:00.000Z",
        end: "2030-01-08T16:00:00.000Z",
        source: "weekly",
      },
    ]);
    const next = await planner({ limit: 2, pageToken: String(first.body.nextPageToken) });
    expect(next.body.results.map(({ name }) => name)).toEqual(["Cy"]);
    expect(next.body.nextPageToken).toBeUndefined();
  });

  it("shows time off without what colleagues may not see", async () => {
    const id = randomUUID();
    await sql("UPDATE time_off_types SET is_private = true WHERE workspace_id = $1", [here.id]);
    await sql(
      `INSERT INTO time_off (workspace_id, id, agent_id, type_id, state, start_date, end_date, note, created_at, updated_at)
       SELECT $1, $2, $3, id, 'approved', $4::date, $4::date, 'Secret', now(), now() FROM time_off_types WHERE workspace_id = $1 LIMIT 1`,
      [here.id, id, agentIds[2], MONDAY],
    );
    const seenBy = async (auth: string) =>
      (await planner({ agentIds: String(agentIds[2]) }, auth)).body.results[0]?.timeOff[0];
    expect(await seenBy(here.supervisor.auth)).toMatchObject({ id, note: "Secret" });
    const colleague = await seenBy(here.viewer.auth);
    expect(colleague).toMatchObject({ id, startDate: MONDAY });
    expect(colleague).not.toHaveProperty("note");
    expect(colleague).not.toHaveProperty("typeId");
    expect((await planner({ agentIds: String(agentIds[2]) })).body.results[0]?.shifts).toHaveLength(1);
  });

  it("refuses more than 14 dates, reversed ranges and foreign page tokens", async () => {
    expect((await planner({ to: "2030-01-20" })).status).toBe(200);
    expectRefusal(await planner({ to: "2030-01-21" }), 400, "InvalidQuery");
    expectRefusal(await planner({ to: "2030-01-06" }), 400, "InvalidQuery");
    expectRefusal(await planner({ pageToken: "abc" }), 400, "InvalidPageToken");
  });
});
