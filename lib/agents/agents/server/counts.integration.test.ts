import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { managedRoles } from "@/lib/access/roles/rules";
import { createAgentRepository } from "@/lib/agents/agents/server/repository";
import { type StoredSchedule, toOnlyVersion } from "@/lib/hours/schedule/stored";
import { createDatabase } from "@/lib/platform/database/db";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { testDatabaseUrl } from "@/lib/testing/environment";
import {
  combineRows,
  insertRows,
  makeAgent,
  makeMembership,
  makePerson,
  makeWorkspace,
} from "@/lib/testing/factories";
import { createRandom } from "@/lib/testing/random";

const db = createDatabase(testDatabaseUrl(), 16, () => {});
afterAll(() => db.close());
const repository = createAgentRepository(db, "http://127.0.0.1:3000");

const workspaceId = newId<AuthorizedWorkspaceId>();
const skills = [newId(), newId()];
const roles = managedRoles.map((role) => role.id);
const times = { createdAt: new Date(), updatedAt: new Date() };

beforeAll(() =>
  insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      {
        skills: skills.map((id) => ({
          ...times,
          workspaceId,
          id,
          name: id,
          nameKey: id,
          valueType: "single" as const,
        })),
      },
    ]),
  ),
);

const christmas = { name: "Christmas Day", day: 25, month: 12 };

type Tally = Record<string, number>;

const tallied = (rows: { facet: string; value: string; amount: number }[]): Tally =>
  Object.fromEntries(
    rows
      .filter(({ amount }) => amount !== 0)
      .map(({ facet, value, amount }) => [`${facet} ${value}`, amount]),
  );

/** Counts maintained by triggers. */
const kept = async () =>
  tallied(
    await db.query(
      `SELECT facet::text, value, sum(amount)::int AS amount FROM agent_counts
       WHERE workspace_id = :workspaceId::uuid AND facet <> 'change' GROUP BY facet, value`,
      { workspaceId },
    ),
  );

/** Counts computed from the rows. */
const counted = async () =>
  tallied(
    await db.query(
      `SELECT 'status' AS facet, status::text AS value, count(*)::int AS amount
       FROM agent_states WHERE workspace_id = :workspaceId::uuid GROUP BY status
       UNION ALL SELECT 'activity', activity::text, count(*)::int
       FROM agent_states WHERE workspace_id = :workspaceId::uuid GROUP BY activity
       UNION ALL SELECT 'hours', hours_key::text, count(*)::int
       FROM agents WHERE workspace_id = :workspaceId::uuid GROUP BY hours_key
       UNION ALL SELECT 'skill', skill_id::text, count(*)::int
       FROM agent_skills WHERE workspace_id = :workspaceId::uuid GROUP BY skill_id
       UNION ALL SELECT 'role', r.role_id::text, count(*)::int FROM membership_roles r
       JOIN agents a ON a.workspace_id = r.workspace_id AND a.user_id = r.user_id
       WHERE r.workspace_id = :workspaceId::uuid GROUP BY r.role_id`,
      { workspaceId },
    ),
  );

const addPerson = async (): Promise<string> => {
  const userId = newId();
  await insertRows(
    db.query,
    combineRows([makePerson({ id: userId }), makeMembership({ workspaceId, userId, roleIds: [] })]),
  );
  return userId;
};

const addAgent = async (userId?: string): Promise<AgentId> => {
  const id = newId<AgentId>();
  await insertRows(
    db.query,
    combineRows([
      makeAgent({ workspaceId, id, userId: userId ?? null }),
      { agentSkills: skills.map((skillId, position) => ({ workspaceId, agentId: id, skillId, position })) },
    ]),
  );
  return id;
};

describe("maintained counts", () => {
  it("stay correct while agents, skills, and roles change concurrently, with rollbacks", async () => {
    const random = createRandom(11);
    const people = await Promise.all(Array.from({ length: 12 }, addPerson));
    const worker = async () => {
      for (let step = 0; step < 12; step++) {
        const taken = random.chance(0.3);
        const [status, activity] = [
          random.pick(["active", "away", "offline"]),
          random.pick(["busy", "onCall", "available"]),
        ];
        const [leaves, person] = [random.chance(0.4), random.pick(people)];
        const [role, gets] = [random.pick(roles), random.chance(0.6)];
        const [schedule, holidays] = [
          random.pick([null, { monday: { from: 0, to: 60 } }]),
          random.pick([[], [christmas]]),
        ];
        await db
          .transaction(async () => {
            const id = await addAgent();
            await db.query(
              `UPDATE agent_states SET status = :status::text::agent_status, activity = :activity::text::activity
               WHERE workspace_id = :workspaceId::uuid AND agent_id = :id::uuid`,
              { workspaceId, id, status, activity },
            );
            await setHours(id, schedule, holidays);
            if (gets) await addRole(person, role);
            else await removeRole(person, role);
            if (leaves) await repository.delete(workspaceId, id);
            if (taken) throw new Error("taken back");
          })
          .catch((error: Error) => expect(error.message).toBe("taken back"));
      }
    };
    await Promise.all(Array.from({ length: 12 }, worker));
    const tally = await kept();
    expect(tally).toEqual(await counted());
    expect(tally["status active"]).toBeGreaterThan(0);
  });

  it("stay correct if a person gets an agent and a role at the same time", async () => {
    for (let round = 0; round < 20; round++) {
      const userId = await addPerson();
      await Promise.all([addAgent(userId), ...roles.map((role) => addRole(userId, role))]);
    }
    expect(await kept()).toEqual(await counted());
    const made = await db.query<{ id: AgentId; userId: string }>(
      `SELECT id, user_id AS "userId" FROM agents WHERE workspace_id = :workspaceId::uuid AND user_id IS NOT NULL`,
      { workspaceId },
    );
    await Promise.all(
      made.flatMap(({ id, userId }) => [
        db.transaction(() => repository.delete(workspaceId, id)),
        ...roles.map((role) => removeRole(userId, role)),
      ]),
    );
    expect(await kept()).toEqual(await counted());
  });

  it("are the same after a full recount", async () => {
    const before = await kept();
    await db.query("SELECT recount_agents()::text");
    expect(await kept()).toEqual(before);
  });

  it("treat hours as equal if only holiday names or order differ", async () => {
    const before = Object.keys(await kept()).length;
    const [newYear, ids] = [{ name: "New Year", day: 1, month: 1 }, [await addAgent(), await addAgent()]];
    const monday = { monday: { from: 1, to: 2 } };
    await setHours(ids[0], monday, [newYear, christmas]);
    await setHours(ids[1], monday, [{ ...christmas, name: "Noël" }, newYear, newYear]);
    expect(Object.keys(await kept()).length).toBe(before + 1);
  });

  it("drop hours that no agent has anymore, whichever connection counted them", async () => {
    const rows = async () => {
      const [row] = await db.query<{ count: number }>(
        `SELECT count(DISTINCT value)::int AS count FROM agent_counts
         WHERE workspace_id = :workspaceId::uuid AND facet = 'hours'`,
        { workspaceId },
      );
      return row?.count;
    };
    // One additional agent keeps the shared hours in use when all others change theirs.
    await addAgent();
    const before = await rows();
    const ids = await Promise.all(Array.from({ length: 8 }, () => addAgent()));
    for (let from = 10; from < 20; from++)
      await Promise.all(ids.map((id, nth) => setHours(id, { sunday: { from, to: 100 + nth } }, [])));
    expect(await rows()).toBe((before ?? 0) + ids.length);
    for (const id of ids) await db.transaction(() => repository.delete(workspaceId, id));
    expect(await rows()).toBe(before);
    expect(await kept()).toEqual(await counted());
  });

  it("lose no agent while their hours come into and go out of use concurrently", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => addAgent()));
    for (let round = 0; round < 15; round++)
      await Promise.all(
        ids.map((id, nth) => setHours(id, { friday: { from: (round + nth) % 2, to: 3 } }, [])),
      );
    expect(await kept()).toEqual(await counted());
  });

  it("are deleted with the workspace", async () => {
    const other = newId<AuthorizedWorkspaceId>();
    await insertRows(
      db.query,
      combineRows([makeWorkspace({ id: other, slug: other }), makeAgent({ workspaceId: other })]),
    );
    const left = () =>
      db.query("SELECT facet::text FROM agent_counts WHERE workspace_id = :other::uuid", { other });
    expect(await left()).toHaveLength(4);
    await db.query("DELETE FROM workspaces WHERE id = :other::uuid", { other });
    expect(await left()).toEqual([]);
  });
});

const setHours = (id: AgentId | undefined, weeklySchedule: StoredSchedule | null, holidays: unknown) =>
  db.query(
    `UPDATE agents SET schedule = :schedule::text::jsonb, holidays = :holidays::text::jsonb
     WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid`,
    {
      workspaceId,
      id,
      schedule: weeklySchedule === null ? null : JSON.stringify(toOnlyVersion(weeklySchedule)),
      holidays: JSON.stringify(holidays),
    },
  );

const addRole = (userId: string, roleId: string) =>
  db.query(
    `INSERT INTO membership_roles (workspace_id, user_id, role_id) VALUES (:workspaceId::uuid, :userId::uuid, :roleId::uuid)
     ON CONFLICT DO NOTHING`,
    { workspaceId, userId, roleId },
  );

const removeRole = (userId: string, roleId: string) =>
  db.query(
    "DELETE FROM membership_roles WHERE workspace_id = :workspaceId::uuid AND user_id = :userId::uuid AND role_id = :roleId::uuid",
    { workspaceId, userId, roleId },
  );

describe("the fingerprint of the list of all agents", () => {
  const at = Date.now();
  const fingerprint = (now = at) => repository.fingerprint(workspaceId, now);

  it("changes with every property that the list shows, and with nothing else", async () => {
    const id = await addAgent();
    const change = (table: string, key: string, set: string) =>
      db.query(`UPDATE ${table} SET ${set} WHERE workspace_id = :workspaceId::uuid AND ${key} = :id::uuid`, {
        workspaceId,
        id,
      });
    const seen = new Set([await fingerprint()]);
    const steps: [table: string, key: string, set: string][] = [
      ["agents", "id", "name = 'Another'"],
      ["agents", "id", "avatar_url = 'https://example.com/a.png'"],
      ["agent_states", "agent_id", "status = 'offline'"],
      ["agent_states", "agent_id", "activity = 'busy'"],
      ["agent_states", "agent_id", "activity_expires_at = now() + interval '1 minute'"],
      ["agent_states", "agent_id", "activity_expires_at = now() + interval '2 minutes'"],
    ];
    for (const step of steps) {
      await change(...step);
      seen.add(await fingerprint());
    }
    expect(seen.size).toBe(steps.length + 1);
    const before = await fingerprint();
    await change("agents", "id", "bio = 'Quiet'");
    await change("agent_states", "agent_id", "messaging_count = 1, assigned_count = 1");
    expect(await fingerprint()).toBe(before);
    await addAgent();
    expect(seen).not.toContain(await fingerprint());
    const added = await fingerprint();
    await repository.delete(workspaceId, id);
    expect(await fingerprint()).not.toBe(added);
  });

  it("changes when an activity expires, and then not until the next one does", async () => {
    const ids = [await addAgent(), await addAgent()];
    for (const [index, id] of ids.entries())
      await db.query(
        `UPDATE agent_states SET activity = 'busy', activity_expires_at = :expiresAt::timestamptz
         WHERE workspace_id = :workspaceId::uuid AND agent_id = :id::uuid`,
        { workspaceId, id, expiresAt: new Date(at + 100_000 + index * 10_000) },
      );
    const times = [at, at + 99_999, at + 100_000, at + 109_999, at + 110_000, at + 500_000];
    const [a, b, c, d, e, f] = await Promise.all(times.map(fingerprint));
    expect([a, c, e]).toEqual([b, d, f]);
    expect(new Set([a, c, e]).size).toBe(3);
  });
});
