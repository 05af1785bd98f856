import type { Need } from "@/lib/agents/coverage/needs";
import type { Channel } from "@/lib/availability/effective/values";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Columns of a coverage need. */
export interface NeedColumns {
  teamId: string | null;
  skillId: string | null;
  channel: Channel | null;
  /** Monday is 0. Empty if `date` is set. */
  weekdays: number[];
  /** `YYYY-MM-DD`. */
  date: string | null;
  fromMinute: number;
  toMinute: number;
  minimum: number;
}

export interface NeedRow extends NeedColumns {
  id: string;
  workspaceId: string;
  createdAt: Date;
  updatedAt: Date;
}

/** A team or skill with its agents. */
export interface GroupRow {
  id: string;
  name: string;
  agentIds: AgentId[];
}

/** Which agents belong to which teams, skills and channels. */
export interface Memberships {
  name: string;
  timezone: string;
  teams: GroupRow[];
  skills: GroupRow[];
  /** Agents whose capacity on a channel is 0. */
  without: { messaging: AgentId[]; email: AgentId[] };
}

const columns = `${named("n", ["workspaceId", "id", "teamId", "skillId", "fromMinute", "toMinute", "minimum", "createdAt", "updatedAt"])},
    array_to_json(n.weekdays) AS weekdays, n.channel::text AS channel, to_char(n.date, 'YYYY-MM-DD') AS date`;

const inOrder = { from: "coverage_needs n", alias: "n", columns };

const findText = `SELECT ${columns} FROM coverage_needs n
  WHERE n.workspace_id = :workspaceId::uuid AND n.id = :id::uuid`;

const withoutCapacity = (capacity: string) => `coalesce((
    SELECT json_agg(s.agent_id) FROM agent_states s JOIN capacity_rules r ON r.workspace_id = s.workspace_id
      AND CASE WHEN s.capacity_rule_id IS NULL THEN r.is_default ELSE r.id = s.capacity_rule_id END
    WHERE s.workspace_id = w.id AND r.${capacity} = 0), '[]')`;

const membershipsText = `SELECT w.name, w.timezone,
  coalesce((SELECT json_agg(json_build_object('id', t.id, 'name', t.name, 'agentIds', coalesce((
      SELECT json_agg(m.agent_id) FROM team_members m WHERE m.workspace_id = t.workspace_id AND m.team_id = t.id), '[]'))
      ORDER BY t.name, t.id)
    FROM teams t WHERE t.workspace_id = w.id), '[]') AS teams,
  coalesce((SELECT json_agg(json_build_object('id', k.id, 'name', k.name, 'agentIds', coalesce((
      SELECT json_agg(m.agent_id) FROM agent_skills m WHERE m.workspace_id = k.workspace_id AND m.skill_id = k.id), '[]'))
      ORDER BY k.name, k.id)
    FROM skills k WHERE k.workspace_id = w.id), '[]') AS skills,
  json_build_object('messaging', ${withoutCapacity("messaging_capacity")},
    'email', ${withoutCapacity("email_capacity")}) AS without
  FROM workspaces w WHERE w.id = :workspaceId::uuid`;

/** Reads and writes coverage needs, and reads what coverage counts. */
export function createCoverageRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<NeedRow>(db.query, inOrder, workspaceId, page);
    },

    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<NeedRow | undefined> {
      const [row] = await db.query<NeedRow>(findText, { workspaceId, id });
      return row;
    },

    /** Locks a need until the transaction ends. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<NeedRow | undefined> {
      const [row] = await db.query<NeedRow>(`${findText} FOR UPDATE`, { workspaceId, id });
      return row;
    },

    /** Prevents other new needs until the transaction ends, and returns the number of needs. */
    async lockNeeds(workspaceId: AuthorizedWorkspaceId): Promise<number> {
      await db.query(
        "SELECT pg_advisory_xact_lock(hashtextextended('coverage needs ' || :workspaceId::text, 0))::text",
        { workspaceId },
      );
      const [row] = await db.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM coverage_needs WHERE workspace_id = :workspaceId::uuid",
        { workspaceId },
      );
      return row?.count ?? 0;
    },

    /** Locks a team against deletion, and returns its name. */
    teamName: (workspaceId: AuthorizedWorkspaceId, id: string) => lockedName(db, "teams", workspaceId, id),

    /** Locks a skill against deletion, and returns its name. */
    skillName: (workspaceId: AuthorizedWorkspaceId, id: string) => lockedName(db, "skills", workspaceId, id),

    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      { date, ...values }: NeedColumns,
      now: Date,
    ): Promise<void> {
      await db.prisma.coverageNeed.createMany({
        data: [{ ...values, date: storedDate(date), workspaceId, id, createdAt: now, updatedAt: now }],
      });
    },

    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      { date, ...values }: NeedColumns,
      now: Date,
    ): Promise<void> {
      await db.prisma.coverageNeed.updateMany({
        where: { workspaceId, id },
        data: { ...values, date: storedDate(date), updatedAt: now },
      });
    },

    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.coverageNeed.deleteMany({ where: { workspaceId, id } });
    },

    /** Returns all needs of the workspace. */
    async needs(workspaceId: AuthorizedWorkspaceId): Promise<Need[]> {
      return await db.query<Need>(
        `SELECT ${named("n", ["id", "teamId", "skillId", "minimum"])}, n.channel::text AS channel,
           array_to_json(n.weekdays) AS weekdays, n.date - DATE '1970-01-01' AS day,
           n.from_minute AS "from", n.to_minute AS "to"
         FROM coverage_needs n WHERE n.workspace_id = :workspaceId::uuid ORDER BY n.created_at, n.id`,
        { workspaceId },
      );
    },

    /** Returns the teams, skills and channels of all agents, and the workspace itself. */
    async memberships(workspaceId: AuthorizedWorkspaceId): Promise<Memberships> {
      const [row] = await db.query<Memberships>(membershipsText, { workspaceId });
      if (!row) throw new Error("the workspace of an authorized request does not exist");
      return row;
    },

    /** Returns rotations all of whose memberships ended before a date (epoch day). */
    endedRotations(
      workspaceId: AuthorizedWorkspaceId,
      today: number,
    ): Promise<{ id: string; name: string; day: number }[]> {
      return db.query(
        `SELECT r.id, r.name, max(m.until_date) - DATE '1970-01-01' AS day
         FROM rotations r JOIN rotation_members m ON m.workspace_id = r.workspace_id AND m.rotation_id = r.id
         WHERE r.workspace_id = :workspaceId::uuid GROUP BY r.id, r.name
         HAVING bool_and(m.until_date < DATE '1970-01-01' + :today::int) ORDER BY r.name, r.id`,
        { workspaceId, today },
      );
    },
  };
}

async function lockedName(
  db: Database,
  table: "teams" | "skills",
  workspaceId: AuthorizedWorkspaceId,
  id: string,
): Promise<string | undefined> {
  const [row] = await db.query<{ name: string }>(
    `SELECT name FROM ${table} WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid FOR KEY SHARE`,
    { workspaceId, id },
  );
  return row?.name;
}

const storedDate = (date: string | null) => (date === null ? null : new Date(date));

export type CoverageRepository = ReturnType<typeof createCoverageRepository>;
