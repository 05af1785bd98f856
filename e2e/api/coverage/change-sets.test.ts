import { beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeKey,
  makeRole,
  makeSkill,
  makeTeam,
  makeTimeOffType,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { ChangeSet, CoveragePreview } from "@/lib/agents/coverage/changes-contract";
import type { Coverage } from "@/lib/agents/coverage/contract";
import type { Rotation } from "@/lib/hours/shifts/rotations-contract";
import type { Change, ChangePage } from "@/lib/records/ledger/contract";

const at = (hour: number) => ({ hour, minute: 0 });
const hours = (from: number, to: number) => ({ from: at(from), to: at(to) });
const MONDAY = "2030-01-07";
const SUNDAY = "2030-01-13";
const STEP_MS = 900_000;

let here: TestWorkspace;
let agentIds: string[];
let teamId: string;
let skillId: string;
let rotationId: string;
beforeEach(async () => {
  here = await makeWorkspace();
  teamId = await makeTeam(here.id, "East");
  skillId = (await makeSkill(here.id)).id;
  const agents = await Promise.all(
    ["Europe/Berlin", "Asia/Tokyo", "America/New_York", "UTC"].map((timezone) =>
      makeAgent(here, { timezone, weeklySchedule: { monday: hours(9, 17), wednesday: hours(22, 6) } }),
    ),
  );
  agentIds = agents.map(({ id }) => id);
  const shift = await call("createShift", {
    params: { workspaceId: here.id },
    as: here.key,
    body: { name: "Late", intervals: [hours(14, 22)] },
  });
  const rotation = await call("createRotation", {
    params: { workspaceId: here.id },
    as: here.key,
    body: {
      name: "Two weeks",
      startDate: "2029-12-31",
      weeks: [{ monday: shift.body.id, friday: shift.body.id }, { tuesday: shift.body.id }],
      members: [{ agentId: agentIds[3], offset: 0 }],
    },
  });
  expect(rotation.status).toBe(201);
  rotationId = String(rotation.body.id);
});

const params = (changeSetId?: string) => ({ workspaceId: here.id, ...(changeSetId ? { changeSetId } : {}) });
const apply = (changes: unknown[], more: Record<string, unknown> = {}, as = here.supervisor.auth) =>
  call<ChangeSet>("createChangeSet", { params: params(), as, body: { changes, ...more } });
const undo = (id: string) =>
  call<ChangeSet>("undoChangeSet", { params: params(id), as: here.supervisor.auth });
const preview = (changes: unknown[]) =>
  call<CoveragePreview>("previewCoverage", {
    params: params(),
    as: here.supervisor.auth,
    body: { changes, from: MONDAY, to: SUNDAY },
  });
const coverage = async (groupBy: string) =>
  (
    await call<Coverage>("getCoverage", {
      params: params(),
      as: here.viewer.auth,
      query: { from: MONDAY, to: SUNDAY, step: 15, groupBy },
    })
  ).body;

/** Every kind of change. */
const everyKind = () => {
  const [first, second, third, fourth] = agentIds;
  return [
    {
      type: "schedule",
      agentId: first,
      week: { monday: [hours(6, 12), hours(13, 15)] },
      effectiveFrom: MONDAY,
    },
    { type: "schedule", agentId: second, week: null },
    { type: "override", agentId: third, date: "2030-01-09", intervals: [hours(8, 20)] },
    { type: "timeOff", agentId: second, startDate: "2030-01-09", endDate: "2030-01-10", startTime: at(12) },
    { type: "rotation", agentId: first, rotationId, offset: 1, from: "2030-01-10" },
    { type: "rotation", agentId: fourth, rotationId: null, from: "2030-01-09", until: "2030-01-12" },
    { type: "team", agentId: first, teamId, member: true },
    { type: "skill", agentId: third, skillId, assigned: true },
  ];
};

/** Every row that changes can touch, without what the ledger counts. */
const rows = () =>
  sql(
    `SELECT 'agents' AS source, jsonb_build_array(id, timezone, schedule, travel, rotations_key, hours_key) AS row FROM agents WHERE workspace_id = $1
     UNION ALL SELECT 'override', to_jsonb(o) FROM agent_overrides o WHERE workspace_id = $1
     UNION ALL SELECT 'time off', to_jsonb(t) FROM time_off t WHERE workspace_id = $1
     UNION ALL SELECT 'rotation', to_jsonb(m) FROM rotation_members m WHERE workspace_id = $1
     UNION ALL SELECT 'team', to_jsonb(m) FROM team_members m WHERE workspace_id = $1
     UNION ALL SELECT 'skill', to_jsonb(s) FROM agent_skills s WHERE workspace_id = $1
     UNION ALL SELECT 'value', to_jsonb(v) FROM agent_skill_values v WHERE workspace_id = $1
     ORDER BY 1, 2`,
    [here.id],
  );

/** Applies a preview to numbers. */
function applied(before: Coverage, { stretches }: CoveragePreview, groupBy: "none" | "team" | "skill") {
  const start = Date.parse(before.from);
  return before.groups.map((group) => {
    const scheduled = [...group.scheduled];
    for (const stretch of stretches) {
      const own = stretch.groups.find(({ teamId: team, skillId: skill }) =>
        groupBy === "none"
          ? !team && !skill
          : groupBy === "team"
            ? team === group.id && !skill
            : skill === group.id && !team,
      );
      if (!own) continue;
      const [from, to] = [stretch.start, stretch.end].map((time) => (Date.parse(time) - start) / STEP_MS);
      for (let step = from ?? 0; step < (to ?? 0); step++) {
        expect(scheduled[step]).toBe(own.before.scheduled);
        scheduled[step] = own.after.scheduled;
      }
    }
    return { name: group.name, scheduled };
  });
}

const shown = ({ groups }: Coverage) => groups.map(({ name, scheduled }) => ({ name, scheduled }));

describe("a change set", () => {
  it("does what the preview says, and undo restores every row", async () => {
    const before = await rows();
    const changes = everyKind();
    const numbers = {
      none: await coverage("none"),
      team: await coverage("team"),
      skill: await coverage("skill"),
    };
    const previewed = await preview(changes);
    expect(previewed.status).toBe(200);
    expect(await rows()).toEqual(before);

    const made = await apply(changes);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ actor: { type: "user", name: "Sam Supervisor" } });
    for (const groupBy of ["none", "team", "skill"] as const)
      expect(shown(await coverage(groupBy))).toEqual(applied(numbers[groupBy], previewed.body, groupBy));
    expect(await rows()).not.toEqual(before);

    const undone = await undo(made.body.id);
    expect(undone.status).toBe(200);
    expect(undone.body.undoneAt).toBeDefined();
    expect(await rows()).toEqual(before);
    expect(shown(await coverage("none"))).toEqual(shown(numbers.none));
    expectRefusal(await undo(made.body.id), 409, "ChangeSetUndone");
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])("previews and undoes change %i alone", async (index) => {
    const changes = everyKind().slice(index, index + 1);
    const [before, numbers] = [await rows(), await coverage("none")];
    const previewed = await preview(changes);
    const made = await apply(changes);
    expect(made.status).toBe(201);
    expect(shown(await coverage("none"))).toEqual(applied(numbers, previewed.body, "none"));
    expect((await undo(made.body.id)).status).toBe(200);
    expect(await rows()).toEqual(before);
  });

  it("can't be undone after something later changed the same rows", async () => {
    const made = await apply(everyKind());
    const put = await call("putOverride", {
      params: { workspaceId: here.id, agentId: String(agentIds[2]), date: "2030-01-09" },
      as: here.key,
      body: { intervals: [] },
    });
    expect(put.status).toBe(200);
    const before = await rows();
    expectRefusal(await undo(made.body.id), 409, "ChangeSetOverwritten");
    expect(await rows()).toEqual(before);
  });

  it("is recorded in the ledger as it is undone, in the same words as when it was made", async () => {
    const fieldsOf = async (agentId: string) => {
      const { body } = await call<ChangePage>("listAgentChanges", {
        params: { workspaceId: here.id, agentId },
        as: here.key,
        query: { limit: 100, action: "updated" },
      });
      return Object.assign({}, ...body.results.map(({ fields }) => fields).toReversed()) as Change["fields"];
    };
    const made = await apply(everyKind());
    const forth = await Promise.all(agentIds.map(fieldsOf));
    expect(forth.map((fields) => Object.keys(fields).sort())).toEqual([
      ["rotation", "schedule"],
      ["schedule", "timeOff"],
      ["assignedSkills", "override"],
      ["rotation"],
    ]);
    expect((await undo(made.body.id)).status).toBe(200);
    const back = await Promise.all(agentIds.map(fieldsOf));
    const turned = ({ before, after }: Change["fields"][string]) => ({
      before: after ?? [],
      after: before ?? [],
    });
    for (const [index, fields] of forth.entries())
      for (const [name, field] of Object.entries(fields))
        expect({ before: [], after: [], ...back[index]?.[name] }, name).toEqual(turned(field));
  });

  it("keeps the past of a rotation unless it names dates of the past", async () => {
    const agentId = agentIds[3] ?? "";
    const running = await call("createRotation", {
      params: params(),
      as: here.key,
      body: { name: "Running", startDate: "2026-01-05", weeks: [{}], members: [{ agentId: agentIds[2] }] },
    });
    const membersOf = async () => {
      const rotation = { params: { ...params(), rotationId: String(running.body.id) }, as: here.key };
      const { body } = await call<Rotation>("getRotation", rotation);
      return body.members.map(({ id: _, ...member }) => member);
    };
    const dayFromNow = (days: number) =>
      new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(Date.now() + days * 86_400_000);
    expect((await apply([{ type: "rotation", agentId: agentIds[2], rotationId: null }])).status).toBe(201);
    expect(await membersOf()).toEqual([{ agentId: agentIds[2], offset: 0, until: dayFromNow(-1) }]);
    const joined = { type: "rotation", agentId, rotationId: running.body.id, until: "2029-01-01" };
    expect((await apply([joined])).status).toBe(201);
    expect(await membersOf()).toContainEqual({
      agentId,
      offset: 0,
      from: dayFromNow(0),
      until: "2029-01-01",
    });
    const past = { type: "rotation", agentId: agentIds[2], rotationId: null, until: "2026-01-31" };
    expect((await apply([past])).status).toBe(201);
    expect(await membersOf()).toContainEqual({
      agentId: agentIds[2],
      offset: 0,
      from: "2026-02-01",
      until: dayFromNow(-1),
    });
  });

  it("can't be undone after what it would restore was deleted", async () => {
    const made = await apply([{ type: "rotation", agentId: agentIds[3], rotationId: null }]);
    const removed = await call("deleteRotation", {
      params: { workspaceId: here.id, rotationId },
      as: here.key,
    });
    expect(removed.status).toBe(204);
    const before = await rows();
    expectRefusal(await undo(made.body.id), 409, "ChangeSetOverwritten");
    expect(await rows()).toEqual(before);
  });

  it("shows types of time off only with timeOff.write", async () => {
    const roleId = await makeRole(here.id, ["agents.read", "calendar.write"]);
    const key = await makeKey(here.id, { roleId });
    const typeId = await makeTimeOffType(here, { private: true });
    const change = { type: "timeOff", agentId: agentIds[0], typeId, startDate: MONDAY, endDate: MONDAY };
    const made = await apply([change]);
    expect(made.body.changes).toEqual([change]);
    const { typeId: _, ...rest } = change;
    const seen = await call<ChangeSet>("getChangeSet", { params: params(made.body.id), as: key.auth });
    expect(seen.body.changes).toEqual([rest]);
    const list = await call<{ results: ChangeSet[] }>("listChangeSets", { params: params(), as: key.auth });
    expect(list.body.results[0]?.changes).toEqual([rest]);
  });

  it("applies everything or nothing", async () => {
    const [before, day] = [await rows(), { startDate: MONDAY, endDate: MONDAY }];
    const twice = { type: "timeOff", agentId: agentIds[0], ...day };
    expectRefusal(await apply([...everyKind(), twice, twice]), 409, "TimeOffOverlaps", ["changes.9"]);
    const stale = { versions: { [String(agentIds[0])]: '"0.x"' } };
    expectRefusal(await apply(everyKind(), stale), 412, "PreconditionFailed");
    const unknown = [...everyKind(), { ...twice, agentId: teamId }];
    expectRefusal(await apply(unknown), 404, "AgentNotFound", ["changes.8.agentId"]);
    const body = { changes: unknown };
    const preview = await call("previewCoverage", { params: params(), as: here.supervisor.auth, body });
    expectRefusal(preview, 404, "AgentNotFound", ["changes.8.agentId"]);
    const useless = { versions: { [teamId]: '"0.x"' } };
    expectRefusal(await apply(everyKind(), useless), 422, "InvalidCoverageChange", [`versions.${teamId}`]);
    expect(await rows()).toEqual(before);
  });

  it("refuses what is not in the workspace at its path, like the preview", async () => {
    const elsewhere = await makeWorkspace();
    const [agentId] = agentIds;
    const skill = await makeSkill(here.id, "single");
    const theirs = await makeSkill(elsewhere.id);
    const single = { type: "skill", agentId, skillId: skill.id, assigned: true };
    const vacation = { type: "timeOff", agentId, startDate: MONDAY, endDate: MONDAY };
    const cases: [change: unknown, path: string][] = [
      [{ type: "team", agentId, teamId: await makeTeam(elsewhere.id), member: true }, "teamId"],
      [{ type: "team", agentId, teamId: await makeTeam(elsewhere.id), member: false }, "teamId"],
      [{ ...single, skillId: theirs.id, assigned: false }, "skillId"],
      [{ ...single, valueIds: [skill.values[0], theirs.values[0]] }, "valueIds.1"],
      [{ ...vacation, typeId: await makeTimeOffType(elsewhere) }, "typeId"],
      [{ type: "rotation", agentId, rotationId: teamId }, "rotationId"],
      [{ type: "rotation", agentId, rotationId, until: "2029-12-30" }, "until"],
      [{ type: "rotation", agentId, rotationId: null, from: SUNDAY, until: MONDAY }, "until"],
    ];
    const before = await rows();
    const first = everyKind()[2];
    for (const [change, name] of cases)
      for (const answer of [await apply([first, change]), await preview([first, change])])
        expectRefusal(answer, 422, "InvalidCoverageChange", [`changes.1.${name}`]);
    const several = await apply([{ ...single, valueIds: skill.values.slice(0, 2) }]);
    expectRefusal(several, 422, "InvalidCoverageChange", ["changes.0.valueIds"]);
    expect(await rows()).toEqual(before);
    const twice = await apply([{ ...single, valueIds: [skill.values[0], skill.values[0]] }]);
    expect(twice.body.changes).toEqual([{ ...single, valueIds: [skill.values[0]] }]);
  });

  it("leaves the same trail of team memberships as the direct operation, in both directions", async () => {
    const [agentId = ""] = agentIds;
    const trail = async (act: () => Promise<{ status: number }>) => {
      const counted = "SELECT count(*)::int AS count FROM";
      const [audits] = await sql(`${counted} audit_events WHERE workspace_id = $1`, [here.id]);
      const [known] = await sql(`${counted} events WHERE workspace_id = $1`, [here.id]);
      expect((await act()).status).toBeLessThan(300);
      const audit = await sql(
        `SELECT action, target_id, details, actor_name FROM audit_events WHERE workspace_id = $1 ORDER BY id OFFSET $2`,
        [here.id, audits?.count],
      );
      const events = await sql(
        `SELECT type, resource_id, actor_name FROM events WHERE workspace_id = $1 ORDER BY id OFFSET $2`,
        [here.id, known?.count],
      );
      return { audit, events };
    };
    const member = { params: { workspaceId: here.id, teamId, agentId }, as: here.supervisor.auth };
    const direct = [
      await trail(() => call("addTeamMember", member)),
      await trail(() => call("removeTeamMember", member)),
    ];
    let id = "";
    const made = await trail(async () => {
      const answer = await apply([{ type: "team", agentId, teamId, member: true }]);
      id = answer.body.id;
      return answer;
    });
    expect([made, await trail(() => undo(id))]).toEqual(direct);
    expect(direct.flatMap(({ audit }) => audit)).toMatchObject([
      { action: "team.changed", details: { isMember: true } },
      { action: "team.changed", details: { isMember: false } },
    ]);
  });

  it("changes teams and skills only with agents.write", async () => {
    const roleId = await makeRole(here.id, ["agents.read", "calendar.write"]);
    const key = await makeKey(here.id, { roleId });
    const [change] = everyKind().slice(6);
    expectRefusal(await apply([change], {}, key.auth), 403, "Forbidden");
    expect((await apply(everyKind().slice(2, 3), {}, key.auth)).status).toBe(201);
    // Undoing needs no less than making.
    const made = await apply([change]);
    const undone = await call("undoChangeSet", { params: params(made.body.id), as: key.auth });
    expectRefusal(undone, 403, "Forbidden");
    expect((await undo(made.body.id)).status).toBe(200);
  });
});

describe("the preview of time off", () => {
  it("is for the caller's own agent, and for others with timeOff.write", async () => {
    const ask = (as: string, body: Record<string, unknown> = {}) =>
      call<CoveragePreview>("previewTimeOff", {
        params: params(),
        as,
        body: { startDate: MONDAY, endDate: MONDAY, ...body },
      });
    const own = await ask(here.agent.auth);
    expect(own.status).toBe(200);
    expect(own.body.stretches[0]?.groups[0]).toMatchObject({ before: { missing: 0 }, after: { missing: 0 } });
    expectRefusal(await ask(here.agent.auth, { agentId: agentIds[0] }), 403, "Forbidden");
    expect((await ask(here.supervisor.auth, { agentId: agentIds[0] })).status).toBe(200);
    expectRefusal(await ask(here.key), 404, "AgentNotFound");
  });
});
