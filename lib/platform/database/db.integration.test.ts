import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { databaseErrorFacts, databaseTrouble, isUniqueViolation } from "@/lib/platform/database/errors";
import { newId } from "@/lib/platform/ids";
import { testDatabaseUrl } from "@/lib/testing/environment";

const db = createDatabase(testDatabaseUrl(), 4, () => {});
afterAll(() => db.close());

const now = new Date("2026-03-09T08:30:00Z");

interface Tenant {
  workspaceId: string;
  userId: string;
  roleId: string;
  agentId: string;
  teamId: string;
  skillId: string;
  valueId: string;
  ruleId: string;
  senderId: string;
  mediaId: string;
}

const isTrouble = (error: unknown) => databaseTrouble(error) !== undefined;

/** Creates a workspace with one row of every kind. */
async function makeTenant(): Promise<Tenant> {
  const ids = {
    workspaceId: newId(),
    userId: newId(),
    roleId: newId(),
    agentId: newId(),
    teamId: newId(),
    skillId: newId(),
    valueId: newId(),
    ruleId: newId(),
    senderId: newId(),
    mediaId: newId(),
  };
  const { workspaceId, userId } = ids;
  const times = { createdAt: now, updatedAt: now };
  const { prisma } = db;
  await prisma.workspace.create({
    data: { id: workspaceId, name: "Test", slug: workspaceId, timezone: "UTC", ...times },
  });
  await prisma.user.create({ data: { id: userId, name: "Person", ...times } });
  await prisma.membership.create({ data: { workspaceId, userId, status: "active", ...times } });
  await prisma.role.create({
    data: { workspaceId, id: ids.roleId, type: "organization", name: "Role", permissions: [], ...times },
  });
  await prisma.agent.create({
    data: {
      workspaceId,
      id: ids.agentId,
      type: "user",
      userId,
      name: "Person",
      nameKey: "person",
      timezone: "UTC",
      ...times,
    },
  });
  await prisma.agentState.create({
    data: {
      workspaceId,
      agentId: ids.agentId,
      status: "away",
      activity: "available",
      lastStatusSet: now,
      lastActivitySet: now,
      availabilityUpdatedAt: now,
      workloadId: newId(),
      workloadUpdatedAt: now,
    },
  });
  await prisma.team.create({ data: { workspaceId, id: ids.teamId, name: "Team", ...times } });
  await prisma.skill.create({
    data: { workspaceId, id: ids.skillId, name: "Skill", nameKey: "skill", valueType: "single", ...times },
  });
  await prisma.skillValue.create({
    data: { workspaceId, skillId: ids.skillId, id: ids.valueId, position: 0, value: "Value" },
  });
  await prisma.capacityRule.create({
    data: {
      workspaceId,
      id: ids.ruleId,
      name: "Rule",
      description: "Rule",
      messagingCapacity: 1,
      emailCapacity: 1,
      ...times,
    },
  });
  await prisma.senderProfile.create({
    data: {
      workspaceId,
      id: ids.senderId,
      name: "Sender",
      emailUsername: "a",
      emailDomain: "b.example",
      ...times,
    },
  });
  await prisma.media.create({
    data: { workspaceId, agentId: ids.agentId, id: ids.mediaId, kind: "avatar", createdAt: now },
  });
  return ids;
}

let mine: Tenant;
let other: Tenant;

beforeEach(async () => {
  mine = await makeTenant();
  other = await makeTenant();
});

/** Returns the SQLSTATE of a failed write; undefined if it succeeds. */
async function refusal(write: Promise<unknown>): Promise<string | undefined> {
  try {
    await write;
  } catch (error) {
    return databaseErrorFacts(error).state;
  }
  return undefined;
}

const foreignKey = "23503";
const check = "23514";

describe("the database rejects a reference to another workspace", () => {
  const statements: Record<string, [string, (keyof Tenant)[]]> = {
    "an agent's person": [
      "UPDATE agents SET user_id = :foreign::uuid WHERE workspace_id = :workspace::uuid AND id = :own::uuid",
      ["agentId", "userId"],
    ],
    "an agent's sender profile": [
      "UPDATE agents SET default_sender_id = :foreign::uuid WHERE workspace_id = :workspace::uuid AND id = :own::uuid",
      ["agentId", "senderId"],
    ],
    "an agent's avatar": [
      "UPDATE agents SET avatar_media_id = :foreign::uuid WHERE workspace_id = :workspace::uuid AND id = :own::uuid",
      ["agentId", "mediaId"],
    ],
    "an agent's capacity rule": [
      "UPDATE agent_states SET capacity_rule_id = :foreign::uuid WHERE workspace_id = :workspace::uuid AND agent_id = :own::uuid",
      ["agentId", "ruleId"],
    ],
    "a team's member": [
      "INSERT INTO team_members (workspace_id, team_id, agent_id, member_since) VALUES (:workspace::uuid, :own::uuid, :foreign::uuid, now())",
      ["teamId", "agentId"],
    ],
    "a member's team": [
      "INSERT INTO team_members (workspace_id, agent_id, team_id, member_since) VALUES (:workspace::uuid, :own::uuid, :foreign::uuid, now())",
      ["agentId", "teamId"],
    ],
    "an agent's skill": [
      "INSERT INTO agent_skills (workspace_id, agent_id, skill_id, position) VALUES (:workspace::uuid, :own::uuid, :foreign::uuid, 0)",
      ["agentId", "skillId"],
    ],
    "a person's role": [
      "INSERT INTO membership_roles (workspace_id, user_id, role_id) VALUES (:workspace::uuid, :own::uuid, :foreign::uuid)",
      ["userId", "roleId"],
    ],
    "a key's role": [
      "INSERT INTO access_keys (workspace_id, id, role_id, name, key_hash, created_at, updated_at) VALUES (:workspace::uuid, :own::uuid, :foreign::uuid, 'k', sha256(:foreign::text::bytea), now(), now())",
      ["mediaId", "roleId"],
    ],
    "a recording's file": [
      "INSERT INTO drop_vms (workspace_id, agent_id, media_id, id, position, name) VALUES (:workspace::uuid, :own::uuid, :foreign::uuid, :foreign::uuid, 0, 'd')",
      ["agentId", "mediaId"],
    ],
  };

  for (const [what, [statement, [own, foreign]]] of Object.entries(statements))
    it(what, async () => {
      if (!own || !foreign) throw new Error("incomplete case");
      const attempt = (tenant: Tenant) =>
        db.query(statement, { workspace: mine.workspaceId, own: mine[own], foreign: tenant[foreign] });
      expect(await refusal(attempt(other))).toBe(foreignKey);
      expect(await refusal(attempt(mine))).toBeUndefined();
    });

  it("an agent's value of another skill", async () => {
    await db.query(`INSERT INTO agent_skills VALUES (:workspace::uuid, :agent::uuid, :skill::uuid, 0)`, {
      workspace: mine.workspaceId,
      agent: mine.agentId,
      skill: mine.skillId,
    });
    const insert = (valueId: string) =>
      db.query(
        `INSERT INTO agent_skill_values VALUES (:workspace::uuid, :agent::uuid, :skill::uuid, :value::uuid)`,
        { workspace: mine.workspaceId, agent: mine.agentId, skill: mine.skillId, value: valueId },
      );
    expect(await refusal(insert(other.valueId))).toBe(foreignKey);
    expect(await refusal(insert(mine.valueId))).toBeUndefined();
  });
});

describe("the database rejects invalid rows", () => {
  it("a second agent of the same person in a workspace", async () => {
    const second = db.prisma.agent.create({
      data: {
        workspaceId: mine.workspaceId,
        id: newId(),
        type: "user",
        userId: mine.userId,
        name: "Twin",
        nameKey: "twin",
        timezone: "UTC",
        createdAt: now,
        updatedAt: now,
      },
    });
    await expect(second).rejects.toSatisfy(isUniqueViolation);
  });

  it("a second default capacity rule in the same workspace", async () => {
    const makeDefault = (tenant: Tenant) =>
      db.query("UPDATE capacity_rules SET is_default = true WHERE workspace_id = :workspace::uuid", {
        workspace: tenant.workspaceId,
      });
    await makeDefault(mine);
    await makeDefault(other);
    await expect(
      db.query(
        `INSERT INTO capacity_rules SELECT workspace_id, gen_random_uuid(), name, description, true, 1, 1, now(), now()
         FROM capacity_rules WHERE workspace_id = :workspace::uuid`,
        { workspace: mine.workspaceId },
      ),
    ).rejects.toSatisfy(isUniqueViolation);
  });

  const agents = "UPDATE agents SET %s WHERE workspace_id = :workspace::uuid";
  const states = "UPDATE agent_states SET %s WHERE workspace_id = :workspace::uuid";
  for (const [what, table, set] of [
    ["a bot with a user", agents, "type = 'bot'"],
    ["forwarding without a number", agents, "forward_enabled = true"],
    ["a schedule that is an object", agents, "schedule = '{}'"],
    ["a wrap-up time over one hour", agents, "wrap_up_time = 3601"],
    ["an available agent whose activity expires", states, "activity_expires_at = now()"],
    ["an assigned count that is not the sum", states, "assigned_count = 1"],
    ["a negative count", states, "email_count = -1, assigned_count = -1"],
  ] as const)
    it(what, async () => {
      expect(await refusal(db.query(table.replace("%s", set), { workspace: mine.workspaceId }))).toBe(check);
    });
});

describe("member counts of a team", () => {
  const counts = async () => {
    const team = await db.prisma.team.findUniqueOrThrow({
      where: { workspaceId_id: { workspaceId: mine.workspaceId, id: mine.teamId } },
    });
    return [team.activeMemberCount, team.pendingMemberCount];
  };
  const join = (pending: boolean) =>
    db.prisma.teamMember.create({
      data: {
        workspaceId: mine.workspaceId,
        teamId: mine.teamId,
        agentId: mine.agentId,
        memberSince: now,
        pending,
      },
    });

  it("change when an agent joins, leaves or is deleted", async () => {
    await join(false);
    expect(await counts()).toEqual([1, 0]);
    await db.prisma.teamMember.deleteMany({ where: { workspaceId: mine.workspaceId } });
    expect(await counts()).toEqual([0, 0]);
    await join(false);
    await db.prisma.agent.deleteMany({ where: { workspaceId: mine.workspaceId } });
    expect(await counts()).toEqual([0, 0]);
  });

  it("move from pending to active when the person accepts the invitation", async () => {
    const become = (status: "invited" | "active" | "suspended") =>
      db.prisma.membership.updateMany({ where: { workspaceId: mine.workspaceId }, data: { status } });
    await become("invited");
    await join(true);
    expect(await counts()).toEqual([0, 1]);
    await become("active");
    expect(await counts()).toEqual([1, 0]);
    await become("suspended");
    expect(await counts()).toEqual([1, 0]);
  });
});

describe("a transaction", () => {
  const rename = (name: string) =>
    db.prisma.workspace.update({ where: { id: mine.workspaceId }, data: { name } });
  const name = async () =>
    (await db.prisma.workspace.findUniqueOrThrow({ where: { id: mine.workspaceId } })).name;

  it("rolls everything back when the work throws, nested transactions too", async () => {
    const work = db.transaction(async () => {
      await db.transaction(() => rename("Inner"));
      const [seen] = await db.query<{ name: string }>(
        "SELECT name FROM workspaces WHERE id = :workspace::uuid",
        { workspace: mine.workspaceId },
      );
      expect(seen?.name).toBe("Inner");
      throw new Error("enough");
    });
    await expect(work).rejects.toThrow("enough");
    expect(await name()).toBe("Test");
  });

  it("of a single statement is retried after a deadlock too", async () => {
    const touch = (first: Tenant, second: Tenant) =>
      db.query(
        `WITH one AS (UPDATE workspaces SET name = name || '!' WHERE id = :first::uuid RETURNING pg_sleep(0.3)),
           two AS (UPDATE workspaces SET name = name || '!'
             WHERE id = :second::uuid AND EXISTS (SELECT FROM one) RETURNING 1)
         SELECT 1 FROM one, two`,
        { first: first.workspaceId, second: second.workspaceId },
      );
    await Promise.all([touch(mine, other), touch(other, mine)]);
    expect(await name()).toBe("Test!!");
  });

  it("calls what follows a commit once it has committed, also from nested transactions, and never after a rollback", async () => {
    const called: string[] = [];
    const follow = (what: string) => () => called.push(what);
    await db.transaction(async () => {
      await db.transaction(async () => db.afterCommit(follow("inner")));
      db.afterCommit(follow("outer"));
      expect(called).toEqual([]);
    });
    expect(called).toEqual(["inner", "outer"]);
    const failing = db.transaction(async () => {
      db.afterCommit(follow("rolled back"));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    db.afterCommit(follow("without a transaction"));
    expect(called).toEqual(["inner", "outer", "without a transaction"]);
  });

  it("retries after a deadlock until both sides succeed", async () => {
    let attempts = 0;
    const touch = (first: Tenant, second: Tenant) =>
      db.transaction(async () => {
        attempts++;
        const lock = (tenant: Tenant) =>
          db.query("UPDATE workspaces SET name = name || '!' WHERE id = :workspace::uuid RETURNING 1", {
            workspace: tenant.workspaceId,
          });
        await lock(first);
        await new Promise((resolve) => setTimeout(resolve, 300));
        await lock(second);
      });
    await Promise.all([touch(mine, other), touch(other, mine)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await name()).toBe("Test!!");
  });
});

describe("prepared statements", () => {
  const single = createDatabase(testDatabaseUrl(), 1, () => {});
  afterAll(() => single.close());

  interface Seen {
    process: number;
    number: number;
  }
  /** A long statement like no other. It must return its number and the process that ran it. */
  const statement = (number: number, way: string) =>
    `SELECT ${number} AS number, pg_backend_pid() AS process -- ${way} ${"x".repeat(10_000)}`;
  const numbers = Array.from({ length: 120 }, (_, index) => index);
  const held = async () => {
    const [row] = await single.query<{ length: number }>(
      "SELECT coalesce(sum(length(statement)), 0)::int AS length FROM pg_prepared_statements",
    );
    return row?.length ?? Number.NaN;
  };

  for (const [way, run] of [
    ["query", (text: string) => single.query<Seen>(text)],
    ["Prisma", (text: string) => single.prisma.$queryRawUnsafe<Seen[]>(text)],
    ["transaction", (text: string) => single.transaction(() => single.query<Seen>(text))],
  ] as const)
    it(`stay within a bound, by replacing connections: ${way}`, async () => {
      const seen: Seen[] = [];
      for (const number of numbers) seen.push(...(await run(statement(number, way))));
      expect(seen.map(({ number }) => number)).toEqual(numbers);
      expect(new Set(seen.map(({ process }) => process)).size).toBeGreaterThan(1);
      expect(await held()).toBeLessThan(520_000);
    });

  it("never replace a connection within a transaction, and are kept while few", async () => {
    const seen = await single.transaction(async () => {
      const rows: Seen[] = [];
      for (const number of numbers) rows.push(...(await single.query<Seen>(statement(number, "one"))));
      return rows;
    });
    expect(new Set(seen.map(({ process }) => process)).size).toBe(1);
    const after = new Set<number>();
    for (const number of numbers)
      for (const { process } of await single.query<Seen>(statement(number % 9, "few"))) after.add(process);
    expect(after.size).toBe(1);
    expect(after).not.toContain(seen[0]?.process);
  });
});

describe("a database in trouble", () => {
  const fails = (state: string) => `DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${state}'; END $$`;

  for (const [state, trouble] of [
    ["53100", "full"],
    ["53200", "unreachable"],
    ["25006", "readOnly"],
    ["57014", "busy"],
    ["40001", "busy"],
  ] as const)
    it(`is reported as ${trouble} for SQLSTATE ${state}, through query, Prisma and transactions`, async () => {
      for (const asked of [
        (): Promise<unknown> => db.query(fails(state)),
        () => db.transaction(() => db.query(fails(state))),
        () => db.prisma.$executeRawUnsafe(fails(state)),
        () => db.transaction(() => db.prisma.$executeRawUnsafe(fails(state))),
      ])
        expect(databaseTrouble(await asked().catch((error: unknown) => error))).toBe(trouble);
    });
});

describe("an unreachable database", () => {
  it("is distinguished from other errors", async () => {
    const gone = createDatabase("postgresql://nobody:x@127.0.0.1:1/nothing", 1, () => {});
    await expect(gone.query("SELECT 1")).rejects.toSatisfy(isTrouble);
    await expect(gone.transaction(async () => 1)).rejects.toSatisfy(isTrouble);
    await expect(gone.prisma.workspace.count()).rejects.toSatisfy(isTrouble);
    await gone.close();
    await expect(db.query("SELECT 1 / 0")).rejects.not.toSatisfy(isTrouble);
  });
});
