import { type BoardRow, boardStatement } from "@/lib/agents/inbox/server/board.sql";
import {
  type CandidatesPage,
  type CandidatesRow,
  candidatesStatement,
} from "@/lib/agents/inbox/server/candidates.sql";
import type { SubjectFilter } from "@/lib/agents/inbox/server/subjects.sql";
import type { Question } from "@/lib/availability/effective/server/verdict.sql";
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
