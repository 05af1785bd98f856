import type { Team } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Columns of a team. `null` clears the description. */
export interface TeamColumns {
  name: string;
  description: string | null;
  visibility: "public" | "private";
}

/** The agents in `:agents` and the current members of `:team`. */
const concerned = `
  SELECT unnest(:agents::uuid[]) UNION
  SELECT agent_id FROM team_members WHERE workspace_id = :workspace::uuid AND team_id = :team::uuid`;

const inOrder = {
  from: "teams t",
  alias: "t",
  columns: named("t", [
    "workspaceId",
    "id",
    "name",
    "description",
    "visibility",
    "activeMemberCount",
    "pendingMemberCount",
    "createdAt",
    "updatedAt",
  ]),
};

export function createTeamRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<Team>(db.query, inOrder, workspaceId, page);
    },

    /** Returns a team with its members, longest membership first. */
    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.team.findUnique({
        where: { workspaceId_id: { workspaceId, id } },
        include: {
          members: {
            select: { agentId: true, memberSince: true, pending: true },
            orderBy: [{ memberSince: "asc" }, { agentId: "asc" }],
          },
        },
      });
    },

    /** Locks a team against changes. Returns undefined if there is none. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<{ name: string } | undefined> {
      const [row] = await db.query<{ name: string }>(
        `SELECT name FROM teams WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE`,
        { workspace: workspaceId, id },
      );
      return row;
    },

    /**
     * Locks the given agents, the team's members and their people, so that none is deleted or joins in the
     * meantime; returns the ids that exist. Call before locking the team: deleting an agent and joining lock
     * it last as well.
     */
    async lockAgents(
      workspaceId: AuthorizedWorkspaceId,
      agentIds: readonly AgentId[],
      teamId?: string,
    ): Promise<Set<string>> {
      const values = { workspace: workspaceId, agents: agentIds, team: teamId ?? null };
      await db.query(
        `SELECT user_id FROM memberships WHERE workspace_id = :workspace::uuid AND user_id IN (
           SELECT user_id FROM agents WHERE workspace_id = :workspace::uuid AND id IN (${concerned}))
         ORDER BY user_id FOR SHARE`,
        values,
      );
      const rows = await db.query<{ id: string }>(
        `SELECT id FROM agents WHERE workspace_id = :workspace::uuid AND id IN (${concerned})
         ORDER BY id FOR KEY SHARE`,
        values,
      );
      return new Set(rows.map((row) => row.id));
    },

    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: TeamColumns,
      now: Date,
    ): Promise<void> {
      await db.prisma.team.createMany({
        data: [{ ...columns, workspaceId, id, createdAt: now, updatedAt: now }],
      });
    },

    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: Partial<TeamColumns>,
      now: Date,
    ): Promise<void> {
      await db.prisma.team.updateMany({ where: { workspaceId, id }, data: { ...columns, updatedAt: now } });
    },

    /** Makes exactly these agents members. Existing memberships stay unchanged. Lock the agents first. */
    async setMembers(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      agentIds: readonly AgentId[],
      now: Date,
    ): Promise<void> {
      await db.query(
        `DELETE FROM team_members
         WHERE workspace_id = :workspace::uuid AND team_id = :id::uuid AND agent_id <> ALL(:agents::uuid[])`,
        { workspace: workspaceId, id, agents: agentIds },
      );
      await db.query(
        `INSERT INTO team_members (workspace_id, team_id, agent_id, member_since, pending)
         SELECT a.workspace_id, :id::uuid, a.id, :now::timestamptz, coalesce(m.status = 'invited', false)
         FROM agents a LEFT JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
         WHERE a.workspace_id = :workspace::uuid AND a.id = ANY(:agents::uuid[])
         ON CONFLICT (workspace_id, agent_id, team_id) DO NOTHING`,
        { workspace: workspaceId, id, agents: agentIds, now },
      );
    },

    /**
     * Adds or removes one member and returns whether that changed the team. Lock the agent and the team
     * first.
     */
    async setMember(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      agentId: AgentId,
      isMember: boolean,
      now: Date,
    ): Promise<boolean> {
      const write = isMember
        ? `INSERT INTO team_members (workspace_id, team_id, agent_id, member_since, pending)
           SELECT a.workspace_id, :id::uuid, a.id, :now::timestamptz, coalesce(m.status = 'invited', false)
           FROM agents a LEFT JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
           WHERE a.workspace_id = :workspace::uuid AND a.id = :agent::uuid
           ON CONFLICT (workspace_id, agent_id, team_id) DO NOTHING RETURNING agent_id`
        : `DELETE FROM team_members
           WHERE workspace_id = :workspace::uuid AND team_id = :id::uuid AND agent_id = :agent::uuid
           RETURNING agent_id`;
      const values = { workspace: workspaceId, id, agent: agentId, ...(isMember ? { now } : {}) };
      const isChanged = (await db.query(write, values)).length > 0;
      if (isChanged) await this.update(workspaceId, id, {}, now);
      return isChanged;
    },

    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.team.deleteMany({ where: { workspaceId, id } });
    },

    /** Returns how many agents are in the team; undefined if it does not exist. */
    async usage(workspaceId: AuthorizedWorkspaceId, id: string): Promise<{ agents: number } | undefined> {
      const [row] = await db.query<{ agents: number }>(
        `SELECT active_member_count + pending_member_count AS agents FROM teams
         WHERE workspace_id = :workspace::uuid AND id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return row;
    },
  };
}

export type TeamRepository = ReturnType<typeof createTeamRepository>;
