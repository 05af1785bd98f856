import type { Skill, SkillValue } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { foldText } from "@/lib/platform/text/text-folding";

const withValues = { values: { orderBy: { position: "asc" as const } } };

/** Columns of a skill. `null` clears the description. */
export interface SkillColumns {
  name: string;
  description: string | null;
  valueType: "single" | "multiple";
}

export interface ValueColumns {
  id: string;
  value: string;
  icon: string | null;
}

const refusingSecondName = refusingDuplicates(
  "SkillAlreadyExists",
  "The workspace already has a skill with this name. Case and accents don't count. Choose another name.",
);

const inOrder = {
  from: "skills k",
  alias: "k",
  columns: `${named("k", ["workspaceId", "id", "name", "nameKey", "description", "valueType", "createdAt", "updatedAt"])},
    (SELECT coalesce(json_agg(json_build_object('id', v.id, 'value', v.value, 'icon', v.icon) ORDER BY v.position), '[]')
       FROM skill_values v WHERE v.workspace_id = k.workspace_id AND v.skill_id = k.id) AS values`,
};

export function createSkillRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<Skill & { values: SkillValue[] }>(db.query, inOrder, workspaceId, page);
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.skill.findUnique({
        where: { workspaceId_id: { workspaceId, id } },
        include: withValues,
      });
    },

    /**
     * Locks a skill against changes and new assignments and returns the ids of its values. Returns undefined
     * if there is none.
     */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<Set<string> | undefined> {
      const rows = await db.query(
        `SELECT id FROM skills WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE`,
        { workspace: workspaceId, id },
      );
      if (rows.length === 0) return undefined;
      return new Set(await this.valueIds(workspaceId, id));
    },

    /**
     * Locks the conversations that require a skill. Call it before locking agents' states: changes to a
     * conversation lock the conversation first.
     */
    async lockConversations(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.query(
        `SELECT id FROM conversations WHERE workspace_id = :workspace::uuid AND state <> 'closed'
           AND required_skills @> jsonb_build_array(jsonb_build_object('skillId', :id::text))
         ORDER BY id FOR UPDATE`,
        { workspace: workspaceId, id },
      );
    },

    async valueIds(workspaceId: AuthorizedWorkspaceId, id: string): Promise<string[]> {
      const values = await db.prisma.skillValue.findMany({
        where: { workspaceId, skillId: id },
        select: { id: true },
      });
      return values.map((value) => value.id);
    },

    /** Throws `SkillAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: SkillColumns,
      now: Date,
    ): Promise<void> {
      const row = { ...columns, nameKey: foldText(columns.name), workspaceId, id };
      await refusingSecondName(() =>
        db.prisma.skill.createMany({ data: [{ ...row, createdAt: now, updatedAt: now }] }),
      );
    },

    /** Throws `SkillAlreadyExists`. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: Partial<SkillColumns>,
      now: Date,
    ): Promise<void> {
      const key = columns.name === undefined ? {} : { nameKey: foldText(columns.name) };
      await refusingSecondName(() =>
        db.prisma.skill.updateMany({
          where: { workspaceId, id },
          data: { ...columns, ...key, updatedAt: now },
        }),
      );
    },

    /** Replaces the values and their order. Values with an existing id are updated. */
    async setValues(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      values: readonly ValueColumns[],
    ): Promise<void> {
      await db.prisma.skillValue.deleteMany({
        where: { workspaceId, skillId: id, id: { notIn: values.map((value) => value.id) } },
      });
      const rows = JSON.stringify(values.map((value, position) => ({ ...value, position })));
      if (values.length > 0)
        await db.query(
          `INSERT INTO skill_values (workspace_id, skill_id, id, position, value, icon)
           SELECT :workspace::uuid, :id::uuid, v.id, v.position, v.value, v.icon
           FROM jsonb_to_recordset(:rows::text::jsonb) AS v(id uuid, position int, value text, icon text)
           ON CONFLICT (workspace_id, skill_id, id) DO UPDATE
             SET position = excluded.position, value = excluded.value, icon = excluded.icon`,
          { workspace: workspaceId, id, rows },
        );
    },

    /** Returns whether any agent has several values of the skill. */
    async isHeldSeveralTimes(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        `SELECT agent_id FROM agent_skill_values WHERE workspace_id = :workspace::uuid AND skill_id = :id::uuid
         GROUP BY agent_id HAVING count(*) > 1 LIMIT 1`,
        { workspace: workspaceId, id },
      );
      return rows.length > 0;
    },

    /** Deletes a skill that no agent has, and its values. */
    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.skill.deleteMany({ where: { workspaceId, id } });
    },

    /** Returns how many agents have the skill and each of its values; undefined if it does not exist. */
    async usage(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
    ): Promise<{ agents: number; values: { id: string; agents: number }[] } | undefined> {
      const [row] = await db.query<{ agents: number; values: { id: string; agents: number }[] }>(
        `SELECT
           (SELECT count(*)::int FROM agent_skills h
              WHERE h.workspace_id = k.workspace_id AND h.skill_id = k.id) AS agents,
           (SELECT coalesce(json_agg(json_build_object('id', v.id, 'agents',
                (SELECT count(*) FROM agent_skill_values h
                   WHERE h.workspace_id = v.workspace_id AND h.skill_id = v.skill_id AND h.value_id = v.id))
                ORDER BY v.position), '[]')
              FROM skill_values v WHERE v.workspace_id = k.workspace_id AND v.skill_id = k.id) AS values
         FROM skills k WHERE k.workspace_id = :workspace::uuid AND k.id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return row;
    },
  };
}

export type SkillRepository = ReturnType<typeof createSkillRepository>;
