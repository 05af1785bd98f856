import type { StoredHours } from "@/lib/hours/schedule/stored";
import type { Shift } from "@/lib/hours/shifts/contract";
import { membersOf, type RotationRow } from "@/lib/hours/shifts/server/rotation-repository";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { foldText } from "@/lib/platform/text/text-folding";

export interface ShiftColumns extends Pick<Shift, "name" | "colour" | "worksOnHolidays"> {
  intervals: StoredHours[];
}

export interface ShiftRow extends ShiftColumns {
  id: string;
  workspaceId: string;
  agentCount: number;
  createdAt: Date;
  updatedAt: Date;
}

/** A rotation that uses a shift. */
export type RotationUsingShift = Pick<RotationRow, "id" | "name" | "startDate" | "members">;

/** Whether a version `v` of a rotation uses a shift. Weeks are JSON, so there is no foreign key. */
const uses = (id: string) =>
  `jsonb_path_exists(v.weeks, '$[*].* ? (@ == $id)', jsonb_build_object('id', ${id}::text))`;

const columns = `${named("s", ["workspaceId", "id", "name", "colour", "intervals", "worksOnHolidays", "createdAt", "updatedAt"])},
    (SELECT count(DISTINCT m.agent_id)::int FROM rotation_members m
      WHERE m.workspace_id = s.workspace_id AND m.rotation_id IN (
        SELECT v.rotation_id FROM rotation_versions v
        WHERE v.workspace_id = s.workspace_id AND ${uses("s.id")})) AS "agentCount"`;

const inOrder = { from: "shifts s", alias: "s", columns };

const findText = `SELECT ${columns} FROM shifts s WHERE s.workspace_id = :workspace::uuid AND s.id = :id::uuid`;

const refusingSecondName = refusingDuplicates(
  "ShiftAlreadyExists",
  "The workspace already has a shift with this name. Case and accents don't count. Choose another name.",
);

export function createShiftRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<ShiftRow>(db.query, inOrder, workspaceId, page);
    },

    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<ShiftRow | undefined> {
      const [row] = await db.query<ShiftRow>(findText, { workspace: workspaceId, id });
      return row;
    },

    /** Locks a shift against changes, and against new uses in rotations. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        "SELECT id FROM shifts WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE",
        { workspace: workspaceId, id },
      );
      return rows.length > 0;
    },

    /** Returns which of the ids are shifts of the workspace, and locks them against deletion. */
    async existing(workspaceId: AuthorizedWorkspaceId, ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.query<{ id: string }>(
        `SELECT id FROM shifts WHERE workspace_id = :workspace::uuid AND id = ANY(:ids::uuid[])
         ORDER BY id FOR KEY SHARE`,
        { workspace: workspaceId, ids },
      );
      return new Set(rows.map((row) => row.id));
    },

    /** Returns the rotations that use a shift, with their members, oldest first. */
    async usage(workspaceId: AuthorizedWorkspaceId, id: string): Promise<RotationUsingShift[]> {
      return await db.query<RotationUsingShift>(
        `SELECT r.id, r.name, to_char(r.start_date, 'YYYY-MM-DD') AS "startDate", ${membersOf} AS members
         FROM rotations r WHERE r.workspace_id = :workspace::uuid AND EXISTS (
           SELECT 1 FROM rotation_versions v
           WHERE v.workspace_id = r.workspace_id AND v.rotation_id = r.id AND ${uses(":id")})
         ORDER BY r.created_at, r.id`,
        { workspace: workspaceId, id },
      );
    },

    /** Throws `ShiftAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      values: ShiftColumns,
      now: Date,
    ): Promise<void> {
      const intervals = values.intervals.map(({ from, to }) => ({ from, to }));
      const row = { ...values, intervals, nameKey: foldText(values.name), workspaceId, id };
      await refusingSecondName(() =>
        db.prisma.shift.createMany({ data: [{ ...row, createdAt: now, updatedAt: now }] }),
      );
    },

    /** Throws `ShiftAlreadyExists`. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      { intervals, ...values }: Partial<ShiftColumns>,
      now: Date,
    ): Promise<void> {
      const data = {
        ...values,
        ...(intervals ? { intervals: intervals.map(({ from, to }) => ({ from, to })) } : {}),
        ...(values.name === undefined ? {} : { nameKey: foldText(values.name) }),
        updatedAt: now,
      };
      await refusingSecondName(() => db.prisma.shift.updateMany({ where: { workspaceId, id }, data }));
    },

    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.shift.deleteMany({ where: { workspaceId, id } });
    },
  };
}

export type ShiftRepository = ReturnType<typeof createShiftRepository>;
