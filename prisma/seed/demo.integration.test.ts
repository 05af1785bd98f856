import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Agent, agentChangeSchema, agentSchema } from "@/lib/agents/agents/contract";
import { createAgentRepository } from "@/lib/agents/agents/server/repository";
import { isInHours, shiftsOn } from "@/lib/hours/calendar/hours";
import { createCalendars } from "@/lib/hours/calendar/server/calendars";
import { createCalendarRepository } from "@/lib/hours/calendar/server/repository";
import { planSwap } from "@/lib/hours/shifts/swap";
import { createDatabase } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import { hashAccessKey } from "@/lib/platform/security/access-keys";
import { verifyPassword } from "@/lib/platform/security/passwords";
import { foldText } from "@/lib/platform/text/text-folding";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { findHours } from "@/lib/testing/hours";
import { connect, withDatabase } from "@/scripts/database/connection";
import { migrate } from "@/scripts/database/migrate";
import type { Demo } from "@/scripts/demo";
import { projectDir } from "@/scripts/paths";
import { makeDemo } from "./demo";

const server = testDatabaseUrl();
const name = `rollcall_demo_${process.pid}`;
const url = server && withDatabase(server, name);
const db = createDatabase(url, 4, () => undefined);
const links = { publicUrl: "http://127.0.0.1:3000" };
let folder: string;
let demo: Demo;
let northwind: Agent[];
let globex: Agent[];

async function atServer(statement: string): Promise<void> {
  const client = await connect(server);
  await client.query(statement);
  await client.end();
}

function seed(file: string): Promise<unknown> {
  return promisify(execFile)(process.execPath, ["--import", "tsx", join(projectDir, "prisma/seed/main.ts")], {
    cwd: projectDir,
    env: { ...process.env, DATABASE_URL: url, DEMO_FILE: file },
  });
}

async function agentsOf(slug: string): Promise<Agent[]> {
  const { id } = await db.prisma.workspace.findUniqueOrThrow({ where: { slug } });
  const { results } = await createAgentRepository(db, links.publicUrl).list(
    id as AuthorizedWorkspaceId,
    {},
    { sortBy: "createdAt", reverse: false, limit: 1000, after: undefined, now: Date.now() },
  );
  return JSON.parse(`[${results}]`);
}

/** The calendars of all agents, for times around a day. */
function calendarsAt(workspaceId: AuthorizedWorkspaceId, day: number) {
  return createCalendars(createCalendarRepository(db)).all(workspaceId, { from: day - 2, to: day + 2 });
}

beforeAll(async () => {
  await atServer(`CREATE DATABASE ${name}`);
  await migrate(url);
  folder = await mkdtemp(join(tmpdir(), "rollcall-seed-"));
  const file = join(folder, "demo.json");
  // Concurrent runs, as if the product were started twice.
  await Promise.all([seed(file), seed(file)]);
  demo = JSON.parse(await readFile(file, "utf8"));
  [northwind, globex] = await Promise.all([agentsOf("northwind"), agentsOf("globex")]);
});

afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
  await atServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

describe("the JSON that the database builds of an agent", () => {
  it("is byte for byte what `JSON.stringify` makes of the contract's properties, in their order", async () => {
    // At the second time, some activities have expired.
    for (const now of [Date.now(), Date.now() + 600_000])
      for (const workspace of await db.prisma.workspace.findMany()) {
        const workspaceId = workspace.id as AuthorizedWorkspaceId;
        const repository = createAgentRepository(db, links.publicUrl);
        for (const { id } of await db.prisma.agent.findMany({
          where: { workspaceId },
          select: { id: true },
        })) {
          const { json = "" } = (await repository.show(workspaceId, id as AgentId, now)) ?? {};
          const agent = agentSchema.parse(JSON.parse(json));
          // A person's custom properties come first, before those of the contract.
          if (agent.user) agent.user = JSON.parse(json).user;
          expect(json).toBe(JSON.stringify(agent));
        }
      }
  });
});

describe("the seed", () => {
  it("fills a database once, even when run concurrently", async () => {
    expect(await db.prisma.workspace.count()).toBe(2);
    const changes = await db.prisma.change.count();
    const file = join(folder, "second.json");
    await seed(file);
    expect(await db.prisma.change.count()).toBe(changes);
    expect(existsSync(file)).toBe(false);
  });

  it("writes the sign-in data for its owner only", async () => {
    expect((await stat(join(folder, "demo.json"))).mode & 0o777).toBe(0o600);
    expect(demo.accounts).toEqual([
      { workspace: "Northwind", email: "supervisor@northwind.example", role: "Supervisor" },
      { workspace: "Northwind", email: "agent@northwind.example", role: "Agent" },
      { workspace: "Northwind", email: "viewer@northwind.example", role: "Viewer" },
      { workspace: "Globex", email: "supervisor@globex.example", role: "Supervisor" },
    ]);
    for (const { workspace, email, role } of demo.accounts) {
      const { user } = await db.prisma.userEmail.findUniqueOrThrow({
        where: { address: email },
        include: {
          user: {
            include: {
              memberships: { include: { workspace: true, roles: { include: { role: true } }, agent: true } },
            },
          },
        },
      });
      expect(await verifyPassword(user.passwordHash, demo.password)).toBe(true);
      expect(user.memberships).toMatchObject([
        { status: "active", workspace: { name: workspace }, roles: [{ role: { name: role } }] },
      ]);
      expect(user.memberships[0]?.agent === null).toBe(role === "Viewer");
    }
    expect(await db.prisma.user.count({ where: { passwordHash: { not: null } } })).toBe(4);
    for (const { key, workspace } of demo.accessKeys)
      expect(
        await db.prisma.accessKey.findUnique({
          where: { keyHash: new Uint8Array(hashAccessKey(key)) },
          include: { workspace: true },
        }),
      ).toMatchObject({ workspace: { name: workspace } });
    expect(demo.accessKeys).toHaveLength(2);
  });
});

describe("the demo data", () => {
  it("is the same every time, except for secrets", async () => {
    const now = new Date("2026-06-01T12:00:00Z");
    const secrets = { passwordHash: "one", supervisorKey: "two", viewerKey: "three" };
    const first = await makeDemo(now, secrets);
    expect(await makeDemo(now, secrets)).toEqual(first);
    const later = await makeDemo(new Date("2027-01-15T03:00:00Z"), secrets);
    expect(later.rows.agents?.map((agent) => agent.name)).toEqual(
      first.rows.agents?.map((agent) => agent.name),
    );
  });

  it("has the agents and teams required by the contract", async () => {
    expect(northwind).toHaveLength(240);
    expect(globex).toHaveLength(15);
    expect(await db.prisma.team.count({ where: { workspace: { slug: "northwind" } } })).toBe(12);
    expect(northwind.filter((agent) => agent.type === "bot").length).toBeLessThanOrEqual(5);
    const both = await db.prisma.user.count({
      where: {
        memberships: { some: { workspace: { slug: "northwind" } } },
        AND: { memberships: { some: { workspace: { slug: "globex" } } } },
      },
    });
    expect(both).toBe(1);
  });

  it("is valid for the API", () => {
    for (const agent of [...northwind, ...globex]) {
      expect(agentSchema.safeParse(agent).error).toBeUndefined();
      const { bio, wrapUpTime, timezone, defaultCountryCode, defaultCallerId, forwardNumber } = agent;
      const { transcriptionLocale, weeklySchedule, holidays, assignedSkills, outOfOfficeResponse } = agent;
      const profile = {
        name: agent.name,
        bio,
        wrapUpTime,
        timezone,
        defaultCountryCode,
        defaultCallerId,
        forwardNumber,
      };
      const rest = { transcriptionLocale, weeklySchedule, holidays, assignedSkills, outOfOfficeResponse };
      expect(agentChangeSchema.safeParse({ ...profile, ...rest }).error).toBeUndefined();
      if (agent.user?.phoneNumber)
        expect(
          agentChangeSchema.safeParse({ defaultCallerId: agent.user.phoneNumber }).error,
        ).toBeUndefined();
      for (const skill of agent.assignedSkills)
        if (skill.valueType === "single") expect(skill.selectedValues.length).toBeLessThanOrEqual(1);
    }
  });

  it("has correct member counts of teams", async () => {
    const teams = await db.prisma.team.findMany({ include: { members: true } });
    for (const team of teams) {
      expect(team.activeMemberCount).toBe(team.members.filter((member) => !member.pending).length);
      expect(team.pendingMemberCount).toBe(team.members.filter((member) => member.pending).length);
    }
    expect(teams.some((team) => team.members.length === 0)).toBe(true);
    expect(teams.some((team) => team.pendingMemberCount > 0)).toBe(true);
    const members = await db.prisma.teamMember.findMany({
      include: { agent: { include: { membership: true } } },
    });
    for (const { pending, memberSince, agent } of members) {
      expect(pending).toBe(agent.membership?.status === "invited");
      expect(memberSince.getTime()).toBeGreaterThanOrEqual(agent.createdAt.getTime());
    }
  });

  it("has names and addresses in folded form for search", async () => {
    const agents = await db.prisma.agent.findMany();
    for (const agent of agents) expect(agent.nameKey).toBe(foldText(agent.name));
    for (const { email, address, searchKey } of await db.prisma.userEmail.findMany()) {
      expect(email).toMatch(/^[a-z0-9.-]+@(northwind|globex|mail)\.example$/);
      expect([address, searchKey]).toEqual([email, foldText(email)]);
    }
    const names = agents.map((agent) => agent.name);
    expect(names.filter((one) => one === "Anna Schmidt")).toHaveLength(2);
    for (const script of [
      "Greek",
      "Cyrillic",
      "Hebrew",
      "Arabic",
      "Devanagari",
      "Tamil",
      "Thai",
      "Han",
      "Hiragana",
      "Katakana",
      "Hangul",
    ])
      expect(names.some((one) => new RegExp(`\\p{Script=${script}}`, "u").test(one))).toBe(true);
    expect(names.some((one) => one.length > 50)).toBe(true);
    expect(names.some((one) => !one.includes(" ") && /^\p{L}+$/u.test(one))).toBe(true);
  });

  it("covers a supervisor's cases: loads, schedules, holidays, pictures, states", () => {
    const over = northwind.filter(
      ({ workload: { rule, workload } }) =>
        rule && (workload.messaging > rule.capacity.messaging || workload.email > rule.capacity.email),
    );
    expect(over.length).toBeGreaterThan(2);
    expect(globex.some((agent) => agent.workload.rule === undefined)).toBe(true);
    expect(northwind.some((agent) => agent.weeklySchedule === undefined)).toBe(true);
    expect(northwind.some((agent) => isSame(agent.weeklySchedule, {}))).toBe(true);
    expect(northwind.some((agent) => agent.weeklySchedule?.monday?.from.hour === 22)).toBe(true);
    expect(
      northwind.some((agent) => agent.holidays.some(({ day, month }) => day === 29 && month === 2)),
    ).toBe(true);
    expect(northwind.some((agent) => agent.holidays.length === 0)).toBe(true);
    expect(new Set(northwind.map((agent) => agent.timezone)).size).toBeGreaterThan(24);
    expect(northwind.some((agent) => agent.overrideName)).toBe(true);
    expect(northwind.some((agent) => agent.roles.length > 1)).toBe(true);
    expect(northwind.some((agent) => agent.userEmails.length > 2)).toBe(true);
    expect(northwind.some((agent) => [...(agent.bio ?? "")].length === 2000)).toBe(true);
    expect(northwind.some((agent) => [...(agent.availability.activityText ?? "")].length === 140)).toBe(true);
    expect(northwind.some((agent) => agent.availability.activityTtl !== undefined)).toBe(true);
    const share = (status: Agent["status"]) =>
      northwind.filter((agent) => agent.status === status).length / northwind.length;
    expect(share("active")).toBeCloseTo(0.55, 1);
    expect(share("away")).toBeCloseTo(0.2, 1);
    for (const agent of northwind)
      if (agent.status === "offline") expect(agent.statusBeforeOffline).toBeDefined();
    expect(new Set(northwind.map((agent) => agent.createdAt)).size).toBe(northwind.length);
    for (const agent of [...northwind, ...globex]) {
      if (agent.avatarUrl)
        expect(existsSync(join(projectDir, "public", new URL(agent.avatarUrl).pathname))).toBe(true);
    }
  });

  it("has agents in and out of working hours as the rules compute, all day and all year", async () => {
    const { id } = await db.prisma.workspace.findUniqueOrThrow({ where: { slug: "northwind" } });
    const workspaceId = id as AuthorizedWorkspaceId;
    const repository = createAgentRepository(db, links.publicUrl);
    const start = Date.parse("2026-03-27T00:00:00Z");
    // Every five hours around a clock change, then a few days of the year.
    const hours = [...Array(24).keys()].map((step) => step * 5);
    for (const hour of [...hours, 24 * 100 + 3, 24 * 217 + 1, 24 * 273 + 10, 24 * 279 + 12]) {
      const now = start + hour * 3_600_000;
      const counts: number[] = [];
      const day = Math.floor(now / DAY_MS);
      const calendars = await calendarsAt(workspaceId, day);
      for (const inHours of [true, false]) {
        const { results, total } = await repository.list(
          workspaceId,
          { hours: { inHours, hours: await findHours(db, workspaceId, now) } },
          { sortBy: "createdAt", reverse: false, limit: 1000, after: undefined, now },
        );
        const expected = northwind.filter(({ id: agentId }) => {
          const calendar = calendars.get(agentId as AgentId);
          return calendar && isInHours(calendar, now) === inHours;
        });
        const shown: Agent[] = JSON.parse(`[${results}]`);
        expect(shown.map((agent) => agent.id)).toEqual(expected.map((agent) => agent.id));
        counts.push(total);
      }
      expect(Math.min(...counts), new Date(now).toISOString()).toBeGreaterThan(0);
      expect(counts[0] ?? 0).toBeLessThan(northwind.length);
    }
  });

  it("has a calendar: shifts in rotations, time off, holidays, and a gap tomorrow", async () => {
    const { id: workspaceId } = await db.prisma.workspace.findUniqueOrThrow({ where: { slug: "northwind" } });
    const where = { workspaceId };
    const now = Date.now();
    // Dates of Berlin may be a day ahead.
    const [soonest, today] = [new Date(now - DAY_MS), new Date(now + DAY_MS / 12)];

    const shifts = await db.prisma.shift.findMany({ where });
    expect(shifts.map(({ name }) => name).sort()).toEqual(["Early", "Late", "Night", "On call"]);
    const rotations = await db.prisma.rotation.findMany({
      where,
      include: { versions: true, members: true },
    });
    const lengths = rotations.map(({ versions, members }) => {
      const weeks = versions[0]?.weeks as object[];
      expect(new Set(members.map(({ offset }) => offset)).size).toBe(weeks.length);
      return weeks.length;
    });
    expect(lengths.sort()).toEqual([2, 3]);

    const timeOff = await db.prisma.timeOff.findMany({ where, include: { type: true } });
    const some = (fits: (one: (typeof timeOff)[number]) => boolean) => expect(timeOff.filter(fits).length);
    some(({ state }) => state === "requested").toBeGreaterThan(2);
    some(({ state, comment }) => state === "declined" && comment !== null).toBe(1);
    some(({ state, endDate }) => state === "approved" && endDate < soonest).toBeGreaterThan(1);
    some(({ state, startDate }) => state === "approved" && startDate > today).toBeGreaterThan(1);
    some(({ state, startMinute }) => state === "approved" && startMinute !== null).toBe(1);
    some(({ type, startDate, endDate }) => type.isPrivate && startDate <= today && endDate > soonest).toBe(1);
    for (const { decidedAt, createdAt } of timeOff) {
      expect(createdAt.getTime()).toBeLessThan(now);
      expect((decidedAt ?? createdAt).getTime()).toBeLessThan(now);
    }

    const holidays = await db.prisma.holidayCalendar.findMany({
      where,
      include: { days: true, agents: true },
    });
    expect(holidays.map(({ country, region }) => [country, region])).toEqual(
      expect.arrayContaining([
        ["DE", "BY"],
        ["US", null],
      ]),
    );
    for (const { agents, days } of holidays) {
      expect(agents.length).toBeGreaterThan(0);
      expect(new Set(days.map(({ date }) => date.getUTCFullYear())).size).toBeGreaterThan(1);
    }
    const soon = holidays.flatMap(({ days }) => days).filter(({ date }) => date > soonest);
    expect(Math.min(...soon.map(({ date }) => date.getTime()))).toBeLessThan(now + 31 * DAY_MS);

    const agents = await db.prisma.agent.findMany({ where });
    const versions = agents.map(({ schedule }) => (schedule ?? []) as { week: Record<string, object[]> }[]);
    expect(versions.some((all) => all[0]?.week.monday?.length === 2)).toBe(true);
    expect(versions.some((all) => all.length === 2)).toBe(true);
    expect(await db.prisma.agentOverride.count({ where: { ...where, source: "swap" } })).toBe(2);

    const needs = await db.prisma.coverageNeed.findMany({
      where,
      include: { team: { include: { members: true } } },
    });
    expect(needs.some(({ date, minimum, team }) => date && minimum > (team?.members.length ?? 0))).toBe(true);
  });

  it("has something on the demo agent's own calendar", async () => {
    const address = "agent@northwind.example";
    const { user } = await db.prisma.userEmail.findUniqueOrThrow({
      where: { address },
      include: { user: { include: { memberships: { include: { agent: true } } } } },
    });
    const agent = user.memberships[0]?.agent;
    if (!agent) throw new Error("The demo agent has no agent.");
    const { workspaceId, id: agentId } = agent;
    const now = Date.now();
    const coming = { agentId, state: "approved" as const, startDate: { gt: new Date(now) } };
    expect(await db.prisma.timeOff.count({ where: coming })).toBe(1);
    expect(await db.prisma.rotationMember.count({ where: { agentId } })).toBe(1);

    const offer = await db.prisma.shiftSwap.findFirstOrThrow({
      where: { withAgentId: agentId, state: "offered" },
    });
    const day = offer.date.getTime() / DAY_MS;
    const calendars = await calendarsAt(workspaceId as AuthorizedWorkspaceId, day);
    const [giver, taker] = [calendars.get(offer.agentId as AgentId), calendars.get(agentId as AgentId)];
    if (!giver || !taker) throw new Error("An agent of the offer has no calendar.");
    expect(shiftsOn(giver, day, day)).toHaveLength(1);
    const none = { giver: new Set<number>(), taker: new Set<number>() };
    expect(planSwap({ giver, taker }, { day }, none, now).problems).toEqual([]);
  });

  it("has two weeks of spans, with working days that begin, pause and end", async () => {
    const since = new Date(Date.now() - 14 * 86_400_000);
    for (const [agents, least] of [
      [northwind, 120],
      [globex, 4],
    ] as const) {
      const ids = agents.map(({ id }) => id);
      const spans = await db.prisma.agentSpan.findMany({
        where: { agentId: { in: ids }, fromAt: { gte: since } },
        orderBy: { fromAt: "asc" },
      });
      const lively = ids.filter((id) => {
        const own = spans.filter(({ agentId }) => agentId === id);
        const came = own.filter(
          ({ status }, index) => status === "active" && own[index - 1]?.status !== status,
        );
        return came.length >= 4 && own.some(({ activity }) => activity === "onBreak");
      });
      expect(lively.length).toBeGreaterThan(least);
    }
  });

  it("has spans that end with the agents' current state", async () => {
    const differing = await db.query(
      `SELECT s.agent_id FROM agent_states s JOIN LATERAL (
         SELECT * FROM agent_spans p WHERE p.workspace_id = s.workspace_id AND p.agent_id = s.agent_id
         ORDER BY p.from_at DESC LIMIT 1) p ON true
       WHERE (p.status, p.activity, p.activity_text) IS DISTINCT FROM (s.status, s.activity, s.activity_text)`,
    );
    expect(differing).toEqual([]);
  });

  it("has a ledger that leads to the agents' current state", async () => {
    const changes = await db.prisma.change.findMany({ orderBy: { id: "asc" } });
    const states = new Map((await db.prisma.agentState.findMany()).map((state) => [state.agentId, state]));
    for (const agent of [...northwind, ...globex]) {
      const entries = changes.filter((change) => change.agentId === agent.id);
      expect(entries[0]).toMatchObject({ action: "created", createdAt: new Date(agent.createdAt) });
      expect(states.get(agent.id)?.version).toBe(entries.length);
      expect(entries.map((entry) => entry.createdAt.getTime())).toEqual(
        entries.map((entry) => entry.createdAt.getTime()).sort((a, b) => a - b),
      );
      const known = new Map<string, unknown>();
      for (const entry of entries) {
        expect(entry.createdAt.getTime()).toBeLessThan(Date.now());
        for (const [field, { before, after }] of Object.entries(
          entry.fields as Record<string, { before?: unknown; after?: unknown }>,
        )) {
          // Activities expire between entries.
          if (!field.startsWith("activity") && known.has(field)) expect(before).toEqual(known.get(field));
          known.set(field, after);
        }
      }
      for (const [field, value] of known)
        if (field === "status") expect(agent.status).toBe(value);
        else if (field === "activity") expect([value, "available"]).toContain(agent.availability.activity);
        else if (!field.startsWith("activity")) expect(agent[field as keyof Agent]).toEqual(value);
    }
  });
});
