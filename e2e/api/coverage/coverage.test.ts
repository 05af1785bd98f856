import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  etagOf,
  expectRefusal,
  makeAgent,
  makeSkill,
  makeTeam,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Coverage, CoverageRisks } from "@/lib/agents/coverage/contract";
import type { CoverageNeed } from "@/lib/agents/coverage/needs-contract";
import type { ScheduleFinding } from "@/lib/agents/coverage/planner-contract";

const wallTime = (hour: number, minute = 0) => ({ hour, minute });
const hours = (from: number, to: number) => ({ from: wallTime(from), to: wallTime(to) });
const weekdaysOnly = (own: ReturnType<typeof hours>) => ({
  monday: own,
  tuesday: own,
  wednesday: own,
  thursday: own,
  friday: own,
});

// A Monday in winter; the workspace is in Berlin.
const MONDAY = "2030-01-07";

let here: TestWorkspace;
beforeEach(async () => {
  here = await makeWorkspace();
  // Only agents of the test count.
  await sql(
    'UPDATE agents SET schedule = \'[{"from": null, "fromAt": null, "week": {}}]\' WHERE workspace_id = $1',
    [here.id],
  );
});

const params = (coverageNeedId?: string) => ({
  workspaceId: here.id,
  ...(coverageNeedId ? { coverageNeedId } : {}),
});
const worker = (draft: Record<string, unknown> = {}) =>
  makeAgent(here, { timezone: "Europe/Berlin", weeklySchedule: weekdaysOnly(hours(9, 17)), ...draft });
const joinTeam = (teamId: string, ...agentIds: string[]) =>
  Promise.all(
    agentIds.map((agentId) =>
      sql(
        "INSERT INTO team_members (workspace_id, team_id, agent_id, member_since) VALUES ($1, $2, $3, now())",
        [here.id, teamId, agentId],
      ),
    ),
  );
const giveSkill = (skillId: string, agentId: string) =>
  sql("INSERT INTO agent_skills (workspace_id, agent_id, skill_id, position) VALUES ($1, $2, $3, 0)", [
    here.id,
    agentId,
    skillId,
  ]);
const need = (body: Record<string, unknown>) =>
  call<CoverageNeed>("createCoverageNeed", {
    params: params(),
    as: here.supervisor.auth,
    body: { days: ["monday"], ...hours(9, 17), minimum: 2, ...body },
  });
const coverage = (query: Record<string, string | number> = {}) =>
  call<Coverage>("getCoverage", {
    params: params(),
    as: here.viewer.auth,
    query: { from: MONDAY, to: MONDAY, step: 60, ...query },
  });

describe("a coverage need", () => {
  it("is one of at most 500, also for concurrent requests", async () => {
    await sql(
      `INSERT INTO coverage_needs (workspace_id, id, weekdays, from_minute, to_minute, minimum, created_at, updated_at)
       SELECT $1, gen_random_uuid(), '{0}', 540, 1020, 1, now(), now() FROM generate_series(1, 498)`,
      [here.id],
    );
    const answers = await Promise.all([1, 2, 3, 4].map(() => need({})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
    for (const answer of answers)
      if (answer.status === 409) expectRefusal(answer, 409, "TooManyCoverageNeeds");
  });

  it("is created, read, listed, changed and deleted", async () => {
    const teamId = await makeTeam(here.id);
    const made = await need({ teamId, days: ["friday", "monday"], minimum: 3 });
    expect(made.status).toBe(201);
    expect(made.headers.get("location")).toContain(`/coverage-needs/${made.body.id}`);
    expect(made.body).toMatchObject({ teamId, days: ["monday", "friday"], ...hours(9, 17), minimum: 3 });
    const read = await call("getCoverageNeed", { params: params(made.body.id), as: here.viewer.auth });
    expect(read.body).toEqual(made.body);

    const changed = await call<CoverageNeed>("patchCoverageNeed", {
      params: params(made.body.id),
      as: here.key,
      body: { teamId: null, days: "2030-12-24" },
      headers: { "if-match": etagOf(made) },
    });
    expect(changed.body).toMatchObject({ days: "2030-12-24", minimum: 3 });
    expect(changed.body).not.toHaveProperty("teamId");
    expectRefusal(
      await call("deleteCoverageNeed", {
        params: params(made.body.id),
        as: here.key,
        headers: { "if-match": etagOf(made) },
      }),
      412,
      "PreconditionFailed",
    );
    expect((await call("deleteCoverageNeed", { params: params(made.body.id), as: here.key })).status).toBe(
      204,
    );
    expectRefusal(
      await call("getCoverageNeed", { params: params(made.body.id), as: here.key }),
      404,
      "CoverageNeedNotFound",
    );
    const audited = await sql<{ action: string }>(
      "SELECT action FROM audit_events WHERE workspace_id = $1 AND action LIKE 'coverageNeed.%' ORDER BY at, id",
      [here.id],
    );
    expect(audited.map(({ action }) => action)).toEqual([
      "coverageNeed.created",
      "coverageNeed.changed",
      "coverageNeed.deleted",
    ]);
  });

  it("refuses unknown teams and skills, and values out of bounds", async () => {
    const answer = await need({ teamId: randomUUID(), skillId: randomUUID() });
    expectRefusal(answer, 422, "InvalidCoverageNeed");
    expect(Object.keys((answer.body as unknown as { details: object }).details)).toEqual([
      "teamId",
      "skillId",
    ]);
    for (const body of [{ minimum: 0 }, { days: [] }, { days: "tomorrow" }, { from: wallTime(24) }])
      expectRefusal(await need(body), 422, "InvalidCoverageNeed");
  });
});

describe("coverage", () => {
  it("counts who is scheduled, off and needed in each step", async () => {
    const [first, second] = await Promise.all([worker(), worker(), worker({ timezone: "America/New_York" })]);
    await need({ minimum: 3 });
    await sql(
      `INSERT INTO agent_overrides (workspace_id, agent_id, date, intervals, created_at, updated_at)
       VALUES ($1, $2, $3, '[{"from": 720, "to": 1080}]', now(), now())`,
      [here.id, first.id, MONDAY],
    );
    await sql(
      `INSERT INTO time_off (workspace_id, id, agent_id, type_id, state, start_date, end_date, start_minute, created_at, updated_at)
       SELECT $1, $2, $3, id, 'approved', $4::date, $4::date, 900, now(), now() FROM time_off_types WHERE workspace_id = $1 LIMIT 1`,
      [here.id, randomUUID(), second.id, MONDAY],
    );
    const { status, body } = await coverage();
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: "2030-01-06T23:00:00.000Z", step: 60, timezone: "Europe/Berlin" });
    const [group] = body.groups;
    // The second works 9–15 and is off until 17; the first 12–18; the third 9–17 in New York is 15–23 in Berlin.
    const numbers = (...stretches: [number, number][]) =>
      stretches.flatMap(([length, number]) => Array.from({ length }, () => number));
    expect(group?.scheduled).toEqual(numbers([9, 0], [3, 1], [6, 2], [5, 1], [1, 0]));
    expect(group?.off).toEqual(numbers([15, 0], [2, 1], [7, 0]));
    expect(group?.needed).toEqual(numbers([9, 0], [8, 3], [7, 0]));
  });

  it("has 92 quarters on the date on which clocks go forward", async () => {
    const { body } = await coverage({ from: "2030-03-31", to: "2030-03-31", step: 15 });
    expect(body.groups[0]?.scheduled).toHaveLength(92);
  });

  it("groups by team and skill, filters, and lets needs of a date replace weekly ones", async () => {
    const [teamId, other] = [await makeTeam(here.id, "East"), await makeTeam(here.id, "West")];
    const [one, two] = [await worker(), await worker()];
    await joinTeam(teamId, one.id, two.id);
    await joinTeam(other, two.id);
    await need({ teamId, minimum: 5 });
    await need({ teamId, minimum: 1, days: MONDAY });
    const { body } = await coverage({ groupBy: "team" });
    expect(body.groups.map(({ name, scheduled, needed }) => [name, scheduled[10], needed?.[10]])).toEqual([
      ["East", 2, 1],
      ["West", 1, undefined],
    ]);
    const next = await coverage({ groupBy: "team", from: "2030-01-14", to: "2030-01-14", teamIds: teamId });
    expect(next.body.groups.map(({ id, needed }) => [id, needed?.[10]])).toEqual([[teamId, 5]]);
    const skill = await makeSkill(here.id);
    await giveSkill(skill.id, two.id);
    const bySkill = await coverage({ groupBy: "skill", teamIds: teamId });
    expect(bySkill.body.groups.map(({ id, scheduled }) => [id, scheduled[10]])).toEqual([[skill.id, 1]]);
  });

  it("refuses ranges that are reversed or too long", async () => {
    expectRefusal(await coverage({ to: "2030-01-06" }), 400, "InvalidQuery");
    expectRefusal(await coverage({ to: "2030-03-31" }), 400, "InvalidQuery");
    expectRefusal(await coverage({ step: 20 }), 400, "InvalidQuery");
  });
});

describe("risks", () => {
  it("lists stretches below the minimum, and stretches in which one agent alone has a needed skill", async () => {
    const skill = await makeSkill(here.id);
    const [long, short] = [await worker(), await worker({ weeklySchedule: { monday: hours(9, 13) } })];
    await giveSkill(skill.id, long.id);
    await giveSkill(skill.id, short.id);
    const { body: made } = await need({ skillId: skill.id, ...hours(8, 17), minimum: 1 });
    const { body } = await call<CoverageRisks>("listCoverageRisks", {
      params: params(),
      as: here.viewer.auth,
      query: { from: MONDAY, to: MONDAY },
    });
    expect(body).toEqual({
      timezone: "Europe/Berlin",
      results: [
        {
          kind: "belowMinimum",
          start: "2030-01-07T07:00:00.000Z",
          end: "2030-01-07T08:00:00.000Z",
          needId: made.id,
          skillId: skill.id,
          scheduled: 0,
          needed: 1,
          agentIds: [],
        },
        {
          kind: "onlyOne",
          start: "2030-01-07T12:00:00.000Z",
          end: "2030-01-07T16:00:00.000Z",
          needId: made.id,
          skillId: skill.id,
          scheduled: 1,
          needed: 1,
          agentIds: [long.id],
        },
      ],
    });
  });
});

describe("findings", () => {
  it("lists agents without hours, teams with one agent, and needs that nobody can meet", async () => {
    const [agent, teamId] = [
      await worker({ holidays: [{ name: "Leap", month: 2, day: 29 }] }),
      await makeTeam(here.id, "East"),
    ];
    await joinTeam(teamId, agent.id);
    const { body: made } = await need({ teamId, minimum: 2 });
    const { body } = await call<{ results: ScheduleFinding[] }>("listScheduleFindings", {
      params: params(),
      as: here.viewer.auth,
      query: { kinds: "leapDay,onlyOne,unmeetableNeed" },
    });
    expect(body.results).toEqual([
      { kind: "leapDay", name: "Leap", agentId: agent.id },
      { kind: "onlyOne", teamId, name: "East", agentId: agent.id },
      { kind: "unmeetableNeed", needId: made.id, teamId },
    ]);
    const none = await call<{ results: ScheduleFinding[] }>("listScheduleFindings", {
      params: params(),
      as: here.viewer.auth,
      query: { kinds: "noHours" },
    });
    expect(none.body.results.map(({ agentId }) => agentId).toSorted()).toEqual(
      [here.supervisor.agentId, here.agent.agentId].toSorted(),
    );
  });
});
