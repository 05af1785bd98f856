import { avatarUrl } from "@/lib/agents/agents/server/wire.sql";
import { type BoardRow, boardStatement } from "@/lib/agents/inbox/server/board.sql";
import {
  type CandidatesPage,
  type CandidatesRow,
  candidatesStatement,
} from "@/lib/agents/inbox/server/candidates.sql";
import type { Belonging, PastProfile } from "@/lib/agents/inbox/server/past";
import { type SubjectFilter, subjectIds } from "@/lib/agents/inbox/server/subjects.sql";
import { agentsAmong, type Question, valuesIn } from "@/lib/availability/effective/server/verdict.sql";
import type { Channel } from "@/lib/availability/effective/values";
import type { Database } from "@/lib/platform/database/db";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** `publicUrl` is the base of URLs in responses. */
export function createInboxRepository(db: Database, publicUrl: string) {
  return {
    /** Reads one page of candidates and all counts, in one statement. */
    async candidates(
      workspaceId: AuthorizedWorkspaceId,
      question: Question,
      channel: Channel,
      filter: SubjectFilter,
      page: CandidatesPage,
    ): Promise<CandidatesRow> {
      const { text, params } = candidatesStatement(workspaceId, question, channel, filter, page, publicUrl);
      const [row] = await db.query<CandidatesRow>(text, params);
      return row ?? { results: [], counts: {} };
    },

    /** Returns the ids of the matching agents; undefined if all match. */
    async idsOf(workspaceId: AuthorizedWorkspaceId, filter: SubjectFilter): Promise<string[] | undefined> {
      const ids = subjectIds(filter);
      if (ids === undefined) return undefined;
      const text = `SELECT DISTINCT f.id FROM (${ids}) f(id)`;
      const rows = await db.query<{ id: string }>(text, valuesIn(text, { workspaceId, ...filter }));
      return rows.map(({ id }) => id);
    },

    /** Returns current data of agents, for answers about the past. */
    async profiles(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly string[],
    ): Promise<Map<string, PastProfile>> {
      const rows = await db.query<PastProfile>(
        `SELECT a.id, a.name, (${avatarUrl})::json AS "avatarUrl", s.last_assigned_at AS "lastAssignedAt"
         FROM ${agentsAmong("SELECT unnest(:ids::uuid[])")}`,
        { workspaceId, publicUrl, ids },
      );
      return new Map(rows.map((row) => [row.id, row]));
    },

    /** Returns all teams and skills with the ids of their agents. */
    async belongings(
      workspaceId: AuthorizedWorkspaceId,
    ): Promise<{ teams: Belonging[]; skills: Belonging[] }> {
      const read = (names: string, table: string, of: string) =>
        db.query<Belonging>(
          `SELECT n.id, n.name, array_agg(h.agent_id::text) AS "agentIds"
           FROM ${names} n JOIN ${table} h ON h.workspace_id = n.workspace_id AND h.${of} = n.id
           WHERE n.workspace_id = :workspaceId::uuid GROUP BY n.id, n.name ORDER BY n.name, n.id`,
          { workspaceId },
        );
      return {
        teams: await read("teams", "team_members", "team_id"),
        skills: await read("skills", "agent_skills", "skill_id"),
      };
    },

    /** Counts for the board, in one statement. */
    async board(
      workspaceId: AuthorizedWorkspaceId,
      question: Question,
      filter: SubjectFilter,
    ): Promise<BoardRow> {
      const { text, params } = boardStatement(workspaceId, question, filter);
      const [row] = await db.query<BoardRow>(text, params);
      return row ?? { groups: [], teams: [], skills: [] };
    },
  };
}

export type InboxRepository = ReturnType<typeof createInboxRepository>;
