import type { RotationDraft } from "@/lib/hours/shifts/rotations-contract";
import type { Database } from "@/lib/platform/database/db";
import { isExclusionViolation } from "@/lib/platform/database/errors";
import { ApiError } from "@/lib/platform/http/errors";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { foldText } from "@/lib/platform/text/text-folding";

type RotationWeeks = RotationDraft["weeks"];

/** A membership as stored; it begins on the rotation's `startDate` or later. Dates are `YYYY-MM-DD`. */
export interface StoredMember {
  id: string;
  agentId: AgentId;
  offset: number;
  from: string;
  until: string | null;
}

export interface RotationRow {
  id: string;
  workspaceId: string;
  name: string;
  timezone: string | null;
  startDate: string;
  /** Oldest first. */
  versions: { from: string; weeks: RotationWeeks }[];
  members: StoredMember[];
  workspaceTimezone: string;
  createdAt: Date;
  updatedAt: Date;
}

const date = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`;

/** The members of a rotation `r`, as JSON. */
export const membersOf = `(SELECT coalesce(json_agg(json_build_object('id', m.id, 'agentId', m.agent_id, 'offset', m."offset",
        'from', ${date("m.from_date")}, 'until', ${date("m.until_date")}) ORDER BY m.id), '[]')
      FROM rotation_members m WHERE m.workspace_id = r.workspace_id AND m.rotation_id = r.id)`;

const columns = `${named("r", ["workspaceId", "id", "name", "timezone", "createdAt", "updatedAt"])},
    ${date("r.start_date")} AS "startDate",
    (SELECT w.timezone FROM workspaces w WHERE w.id = r.workspace_id) AS "workspaceTimezone",
    (SELECT coalesce(json_agg(json_build_object('from', ${date("v.from_date")}, 'weeks', v.weeks) ORDER BY v.from_date), '[]')
      FROM rotation_versions v WHERE v.workspace_id = r.workspace_id AND v.rotation_id = r.id) AS versions,
    ${membersOf} AS members`;

const inOrder = { from: "rotations r", alias: "r", columns };

const findText = `SELECT ${columns} FROM rotations r WHERE r.workspace_id = :workspace::uuid AND r.id = :id::uuid`;

const refusingSecondName = refusingDuplicates(
  "RotationAlreadyExists",
  "The workspace already has a rotation with this name. Case and accents don't count. Choose another name.",
);

export function createRotationRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<RotationRow>(db.query, inOrder, workspaceId, page);
    },

    async find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<RotationRow | undefined> {
      const [row] = await db.query<RotationRow>(findText, { workspace: workspaceId, id });
      return row;
    },

    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        "SELECT id FROM rotations WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE",
        { workspace: workspaceId, id },
      );
      return rows.length > 0;
    },

    /** Throws `RotationAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      { name, timezone, startDate }: Pick<RotationRow, "name" | "timezone" | "startDate">,
      now: Date,
    ): Promise<void> {
      const row = { workspaceId, id, name, nameKey: foldText(name), timezone };
      await refusingSecondName(() =>
        db.prisma.rotation.createMany({
          data: [{ ...row, startDate: new Date(startDate), createdAt: now, updatedAt: now }],
        }),
      );
    },

    /** Throws `RotationAlreadyExists`. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      values: Partial<Pick<RotationRow, "name" | "timezone">>,
      now: Date,
    ): Promise<void> {
      const key = values.name === undefined ? {} : { nameKey: foldText(values.name) };
      await refusingSecondName(() =>
        db.prisma.rotation.updateMany({
          where: { workspaceId, id },
          data: { ...values, ...key, updatedAt: now },
        }),
      );
    },

    /** Sets the weeks from a date on. Replaces all versions that begin on that date or later. */
    async setWeeks(
      workspaceId: AuthorizedWorkspaceId,
      rotationId: string,
      from: string,
      weeks: RotationWeeks,
    ): Promise<void> {
      await db.query(
        `DELETE FROM rotation_versions WHERE workspace_id = :workspace::uuid AND rotation_id = :rotation::uuid
           AND from_date >= :from::text::date`,
        { workspace: workspaceId, rotation: rotationId, from },
      );
      await db.query(
        `INSERT INTO rotation_versions (workspace_id, rotation_id, from_date, weeks)
         VALUES (:workspace::uuid, :rotation::uuid, :from::text::date, :weeks::jsonb)`,
        { workspace: workspaceId, rotation: rotationId, from, weeks: JSON.stringify(weeks) },
      );
    },

    /**
     * Returns the memberships on whose dates the agent is in another rotation. `place` is the index in `members`.
     */
    async overlaps(
      workspaceId: AuthorizedWorkspaceId,
      rotationId: string,
      members: readonly Omit<StoredMember, "id">[],
    ): Promise<{ place: number; name: string; from: string; until: string | null }[]> {
      return await db.query(
        `SELECT n.place, r.name, ${date("m.from_date")} AS "from", ${date("m.until_date")} AS until
         FROM jsonb_to_recordset(:members::jsonb) AS n(place int, "agentId" uuid, "from" date, until date)
         JOIN rotation_members m ON m.workspace_id = :workspace::uuid AND m.agent_id = n."agentId"
           AND m.rotation_id <> :rotation::uuid
           AND daterange(m.from_date, m.until_date, '[]') && daterange(n."from", n.until, '[]')
         JOIN rotations r ON r.workspace_id = m.workspace_id AND r.id = m.rotation_id
         ORDER BY n.place`,
        {
          workspace: workspaceId,
          rotation: rotationId,
          members: JSON.stringify(members.map((member, place) => ({ ...member, place }))),
        },
      );
    },

    /** Removes and adds memberships. The agents must be locked. Throws `RotationOverlaps`. */
    async changeMembers(
      workspaceId: AuthorizedWorkspaceId,
      rotationId: string,
      { removed, added }: { removed: readonly string[]; added: readonly StoredMember[] },
    ): Promise<void> {
      try {
        if (removed.length > 0)
          await db.prisma.rotationMember.deleteMany({ where: { workspaceId, id: { in: [...removed] } } });
        if (added.length > 0)
          await db.prisma.rotationMember.createMany({
            data: added.map(({ from, until, ...member }) => ({
              ...member,
              workspaceId,
              rotationId,
              fromDate: new Date(from),
              untilDate: until === null ? null : new Date(until),
            })),
          });
      } catch (error) {
        if (isExclusionViolation(error))
          throw new ApiError("RotationOverlaps", "An agent would be in two rotations on the same date.", {
            cause: error,
          });
        throw error;
      }
    },

    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.rotation.deleteMany({ where: { workspaceId, id } });
    },

    /** Returns the workspace's time zone. */
    async timezoneOf(workspaceId: AuthorizedWorkspaceId): Promise<string> {
      const [row] = await db.query<{ timezone: string }>(
        "SELECT timezone FROM workspaces WHERE id = :workspace::uuid",
        { workspace: workspaceId },
      );
      return row?.timezone ?? "UTC";
    },
  };
}

export type RotationRepository = ReturnType<typeof createRotationRepository>;
