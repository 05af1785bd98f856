import type { Database } from "@/lib/platform/database/db";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Reads the resources that a new or changed agent refers to. */
export function createReferenceRepository(db: Database) {
  return {
    /** Returns the default time zone for new agents. */
    async workspaceTimezone(workspaceId: AuthorizedWorkspaceId): Promise<string> {
      const { timezone } = await db.prisma.workspace.findUniqueOrThrow({
        where: { id: workspaceId },
        select: { timezone: true },
      });
      return timezone;
    },

    /**
     * Returns a person's membership, or undefined. Locks it, so that the person can't join during the change.
     */
    async membership(
      workspaceId: AuthorizedWorkspaceId,
      userId: string,
    ): Promise<{ status: "invited" | "active" | "suspended" } | undefined> {
      const [row] = await db.query<{ status: "invited" | "active" | "suspended" }>(
        `SELECT status::text AS status FROM memberships
         WHERE workspace_id = :workspaceId::uuid AND user_id = :userId::uuid FOR NO KEY UPDATE`,
        { workspaceId, userId },
      );
      return row;
    },

    /** Returns which of the ids are teams of the workspace, and locks them against deletion. */
    async existingTeams(workspaceId: AuthorizedWorkspaceId, ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.query<{ id: string }>(
        `SELECT id FROM teams WHERE workspace_id = :workspaceId::uuid AND id = ANY(:ids::uuid[]) ORDER BY id FOR KEY SHARE`,
        { workspaceId, ids },
      );
      return new Set(rows.map((row) => row.id));
    },

    /** Returns the given skills with the ids of their values, and locks them against deletion. */
    async skills(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly string[],
    ): Promise<Map<string, { valueType: "single" | "multiple"; valueIds: Set<string> }>> {
      const rows = await db.query<{ id: string; valueType: "single" | "multiple"; valueIds: string[] }>(
        `SELECT k.id, k.value_type::text AS "valueType",
           ARRAY(SELECT v.id::text FROM skill_values v WHERE v.workspace_id = k.workspace_id AND v.skill_id = k.id) AS "valueIds"
         FROM skills k WHERE k.workspace_id = :workspaceId::uuid AND k.id = ANY(:ids::uuid[]) ORDER BY k.id FOR KEY SHARE OF k`,
        { workspaceId, ids },
      );
      return new Map(
        rows.map(({ id, valueType, valueIds }) => [id, { valueType, valueIds: new Set(valueIds) }]),
      );
    },

    /** Returns whether the sender profile exists, and locks it against deletion. */
    async senderExists(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM sender_profiles WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid FOR KEY SHARE`,
        { workspaceId, id },
      );
      return rows.length > 0;
    },
  };
}
