import type { AgentChange } from "@/lib/agents/agents/contract";
import { instantCast } from "@/lib/agents/agents/server/condition";
import { type AgentFilter, timezonesQuery } from "@/lib/agents/agents/server/filter-query";
import { type AgentPage, listStatement, type PageRow } from "@/lib/agents/agents/server/list-query";
import { type AgentRow, agentColumns, agentJoin, skillsColumn } from "@/lib/agents/agents/server/row-query";
import { agentWire, briefWire, wireJoins } from "@/lib/agents/agents/server/wire-query";
import type { DeclaredAvailability } from "@/lib/availability/declared/rules";
import { availabilityColumns } from "@/lib/availability/declared/server/serializer";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/platform/database/db";
import { isUniqueViolation } from "@/lib/platform/database/errors";
import { ApiError } from "@/lib/platform/http/errors";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { foldText } from "@/lib/platform/text/text-folding";
import type { Setting } from "@/lib/workforce/holders";

/** The parts of a profile that refer to workspace settings. */
export type SettingsOfAgent = Pick<AgentRow, "id" | "name" | "defaultSenderId" | "skills">;

/**
 * Returns a query for the ids of agents that refer to a setting. `$1` is the workspace's id; `values` follow.
 */
function holdersOf(setting: Setting): { sql: string; values: unknown[] } {
  switch (setting.kind) {
    case "skill":
      return {
        sql: `SELECT k.agent_id FROM agent_skills k WHERE k.workspace_id = $1::uuid AND k.skill_id = $2::uuid`,
        values: [setting.id],
      };
    case "skillValues":
      return {
        sql: `SELECT v.agent_id FROM agent_skill_values v
              WHERE v.workspace_id = $1::uuid AND v.skill_id = $2::uuid AND v.value_id = ANY($3::uuid[])`,
        values: [setting.skillId, setting.ids],
      };
    case "sender":
      return {
        sql: `SELECT h.id FROM agents h WHERE h.workspace_id = $1::uuid AND h.default_sender_id = $2::uuid`,
        values: [setting.id],
      };
  }
}

/** Columns of a profile. `null` clears a column. */
export type ProfileColumns = Pick<
  AgentRow,
  | "name"
  | "bio"
  | "avatarUrl"
  | "avatarMediaId"
  | "wrapUpTime"
  | "timezone"
  | "defaultCountryCode"
  | "defaultCallerId"
  | "forwardEnabled"
  | "forwardNumber"
  | "forwardMaskCaller"
  | "transcriptionLocale"
  | "weeklySchedule"
  | "holidays"
  | "defaultSenderId"
  | "outOfOfficeResponse"
>;

/** The rows that a change of an agent writes. Omitted parts stay as they are. */
export interface AgentWrite {
  now: Date;
  profile: Partial<ProfileColumns>;
  availability: DeclaredAvailability | undefined;
  skills: AgentChange["assignedSkills"] | undefined;
  dropVms: { id: string; name: string; mediaId: string }[] | undefined;
}

export interface AgentInsert {
  id: AgentId;
  now: Date;
  type: "user" | "bot";
  userId: string | null;
  profile: Partial<ProfileColumns> & Pick<ProfileColumns, "name" | "timezone">;
  availability: DeclaredAvailability;
  teamIds: readonly string[];
  /** The person is invited but has not joined yet. */
  pending: boolean;
}

/** The position after a batch of the brief list. */
interface BriefKey {
  /** Epoch milliseconds. */
  createdAt: number;
  id: AgentId;
}

/** For statements whose first parameters are the workspace, the time and the public URL. */
const wireParameters = { now: instantCast("$2"), publicUrl: "$3::text" };

/** A constant: finding a prepared statement is slow if its long text is concatenated for each call. */
const showText = `SELECT ${agentWire(wireParameters)} AS json, s.version FROM ${agentJoin} ${wireJoins}
  WHERE a.workspace_id = $1::uuid AND a.id = $4::uuid`;

/**
 * Reads and writes agents. The branded workspace id proves that access was checked. `publicUrl` is the base
 * of URLs in responses.
 */
export function createAgentRepository(db: Database, publicUrl: string) {
  return {
    /** Returns an agent or undefined. `lock` locks the row until the transaction ends. */
    async find(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      { lock = false }: { lock?: boolean } = {},
    ): Promise<AgentRow | undefined> {
      const [row] = await db.query<AgentRow>(
        `SELECT ${agentColumns} FROM ${agentJoin}
         WHERE a.workspace_id = $1::uuid AND a.id = $2::uuid ${lock ? "FOR UPDATE OF s" : ""}`,
        [workspaceId, agentId],
      );
      return row;
    },

    /** Returns an agent at `now` (epoch milliseconds) as API JSON, with its version. */
    async show(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      now: number,
    ): Promise<{ json: string; version: number } | undefined> {
      const [row] = await db.query<{ json: string; version: number }>(showText, [
        workspaceId,
        now,
        publicUrl,
        agentId,
      ]);
      return row;
    },

    /** Returns agents in the order of `ids` as JSON objects separated by commas. Unknown ids are omitted. */
    async showMany(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly AgentId[],
      now: number,
    ): Promise<{ results: string; total: number }> {
      const [row] = await db.query<{ results: string; total: number }>(
        `SELECT coalesce(string_agg(${agentWire(wireParameters)}, ',' ORDER BY asked.position), '') AS results,
           count(*)::int AS total
         FROM unnest($4::uuid[]) WITH ORDINALITY AS asked(id, position)
         JOIN agents a ON a.workspace_id = $1::uuid AND a.id = asked.id
         JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id ${wireJoins}`,
        [workspaceId, now, publicUrl, ids],
      );
      return row ?? { results: "", total: 0 };
    },

    /** Lists the stored time zones of the workspace's agents. */
    async timezones(workspaceId: AuthorizedWorkspaceId): Promise<string[]> {
      const rows = await db.query<{ timezone: string }>(timezonesQuery, [workspaceId]);
      return rows.map((row) => row.timezone);
    },

    /** Reads one page and the total in one statement. */
    async list(workspaceId: AuthorizedWorkspaceId, filter: AgentFilter, page: AgentPage): Promise<PageRow> {
      const { text, params } = listStatement(workspaceId, filter, page, publicUrl);
      const [row] = await db.query<PageRow>(text, params);
      return row ?? { results: "", total: 0, next: null };
    },

    /**
     * Returns a value that changes with the brief list of all agents. It combines a change counter kept by
     * triggers with the latest activity expiry that has passed, because an expiry writes nothing.
     */
    async fingerprint(workspaceId: AuthorizedWorkspaceId, now: number): Promise<string> {
      const [row] = await db.query<{ fingerprint: string }>(
        `SELECT concat(
           (SELECT coalesce(sum(n.amount), 0) FROM agent_counts n WHERE n.workspace_id = $1::uuid AND n.facet = 'change'),
           '.', (SELECT extract(epoch FROM max(s.activity_expires_at)) * 1000 FROM agent_states s
             WHERE s.workspace_id = $1::uuid AND s.activity_expires_at <= ${instantCast("$2")})) AS fingerprint`,
        [workspaceId, now],
      );
      return row?.fingerprint ?? "";
    },

    /**
     * Reads a batch of brief agents after the given one, oldest first, as JSON objects separated by commas.
     */
    async brief(
      workspaceId: AuthorizedWorkspaceId,
      after: BriefKey | undefined,
      limit: number,
      now: number,
    ): Promise<{ pieces: string | null; count: number; last: [number, AgentId] | null }> {
      const [row] = await db.query<{ pieces: string | null; count: number; last: [number, AgentId] | null }>(
        `WITH batch AS (
           SELECT a.id, a.created_at, ${briefWire(wireParameters)} AS piece FROM ${agentJoin}
           WHERE a.workspace_id = $1::uuid ${after ? `AND (a.created_at, a.id) > (${instantCast("$4")}, $5::uuid)` : ""}
           ORDER BY a.created_at, a.id LIMIT ${limit})
         SELECT string_agg(piece, ',' ORDER BY created_at, id) AS pieces, count(*)::int AS count,
           (SELECT json_build_array((extract(epoch FROM created_at) * 1000)::bigint, id)
              FROM batch ORDER BY created_at DESC, id DESC LIMIT 1) AS last
         FROM batch`,
        [workspaceId, now, publicUrl, ...(after ? [after.createdAt, after.id] : [])],
      );
      return row ?? { pieces: null, count: 0, last: null };
    },

    /** Returns the default time zone for new agents. */
    async workspaceTimezone(workspaceId: AuthorizedWorkspaceId): Promise<string> {
      const { timezone } = await db.prisma.workspace.findUniqueOrThrow({
        where: { id: workspaceId },
        select: { timezone: true },
      });
      return timezone;
    },

    /**
     * Returns a person's membership or undefined. Locks it, so that they can't join unnoticed in the
     * meantime.
     */
    async membership(
      workspaceId: AuthorizedWorkspaceId,
      userId: string,
    ): Promise<{ status: "invited" | "active" | "suspended" } | undefined> {
      const [row] = await db.query<{ status: "invited" | "active" | "suspended" }>(
        `SELECT status::text AS status FROM memberships
         WHERE workspace_id = $1::uuid AND user_id = $2::uuid FOR NO KEY UPDATE`,
        [workspaceId, userId],
      );
      return row;
    },

    /**
     * Returns whether the agent's person is suspended. Stays true until the transaction ends if the agent is
     * locked.
     */
    async isSuspended(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<boolean> {
      const rows = await db.query(
        `SELECT 1 FROM agents a JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
         WHERE a.workspace_id = $1::uuid AND a.id = $2::uuid AND m.status = 'suspended'`,
        [workspaceId, agentId],
      );
      return rows.length > 0;
    },

    /** Returns which of the ids are teams of the workspace, and locks them against deletion. */
    async existingTeams(workspaceId: AuthorizedWorkspaceId, ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.query<{ id: string }>(
        `SELECT id FROM teams WHERE workspace_id = $1::uuid AND id = ANY($2::uuid[]) ORDER BY id FOR KEY SHARE`,
        [workspaceId, ids],
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
         FROM skills k WHERE k.workspace_id = $1::uuid AND k.id = ANY($2::uuid[]) ORDER BY k.id FOR KEY SHARE OF k`,
        [workspaceId, ids],
      );
      return new Map(
        rows.map(({ id, valueType, valueIds }) => [id, { valueType, valueIds: new Set(valueIds) }]),
      );
    },

    /** Returns whether the sender profile exists, and locks it against deletion. */
    async senderExists(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM sender_profiles WHERE workspace_id = $1::uuid AND id = $2::uuid FOR KEY SHARE`,
        [workspaceId, id],
      );
      return rows.length > 0;
    },

    /** Inserts an agent. Throws `AgentAlreadyExists` if the person has one. */
    async insert(workspaceId: AuthorizedWorkspaceId, agent: AgentInsert): Promise<void> {
      const { id, now, profile } = agent;
      try {
        await db.prisma.agent.create({
          data: {
            workspaceId,
            id,
            type: agent.type,
            userId: agent.userId,
            ...profileColumns(profile),
            name: profile.name,
            nameKey: foldText(profile.name),
            timezone: profile.timezone,
            createdAt: now,
            updatedAt: now,
          },
          select: { id: true },
        });
      } catch (error) {
        if (isUniqueViolation(error))
          throw new ApiError(
            "AgentAlreadyExists",
            "This person already has an agent in this workspace. Change that agent instead.",
            { cause: error },
          );
        throw error;
      }
      await db.prisma.agentState.create({
        data: {
          workspaceId,
          agentId: id,
          ...availabilityColumns(agent.availability),
          statusAutomatic: true,
          workloadId: newId(),
          workloadUpdatedAt: now,
        },
        select: { agentId: true },
      });
      if (agent.teamIds.length > 0)
        await db.prisma.teamMember.createMany({
          data: agent.teamIds.map((teamId) => ({
            workspaceId,
            teamId,
            agentId: id,
            memberSince: now,
            pending: agent.pending,
          })),
        });
    },

    /** Writes a change and increments the version. The row must be locked. */
    async update(workspaceId: AuthorizedWorkspaceId, agentId: AgentId, write: AgentWrite): Promise<void> {
      const touched = Object.keys(write.profile).length > 0 || write.skills || write.dropVms;
      const profile = touched
        ? {
            ...write.profile,
            ...(write.profile.name === undefined ? {} : { nameKey: foldText(write.profile.name) }),
            updatedAt: write.now,
          }
        : {};
      const state = write.availability ? availabilityColumns(write.availability) : {};
      const [ofProfile, ofState] = [columnsOf(profile), columnsOf(state)];
      // One statement for both rows. Keys with null are written; absent keys are not in the column list.
      await db.query(
        `WITH profile AS (${
          ofProfile
            ? `UPDATE agents SET (${ofProfile}) = (SELECT ${ofProfile} FROM jsonb_populate_record(NULL::agents, $3::text::jsonb))
               WHERE workspace_id = $1::uuid AND id = $2::uuid`
            : "SELECT $3::text"
        })
         UPDATE agent_states SET version = version + 1${
           ofState
             ? `, (${ofState}) = (SELECT ${ofState} FROM jsonb_populate_record(NULL::agent_states, $4::text::jsonb))`
             : ""
         }
         WHERE workspace_id = $1::uuid AND agent_id = $2::uuid AND $4::text IS NOT NULL`,
        [workspaceId, agentId, JSON.stringify(inColumns(profile)), JSON.stringify(inColumns(state))],
      );
      if (write.skills) await replaceSkills(db, workspaceId, agentId, write.skills);
      if (write.dropVms) {
        await db.prisma.dropVm.deleteMany({ where: { workspaceId, agentId } });
        await db.prisma.dropVm.createMany({
          data: write.dropVms.map((drop, position) => ({ ...drop, workspaceId, agentId, position })),
        });
      }
    },

    /**
     * Locks all agents that refer to the setting, ordered by id to avoid deadlocks, and returns their ids.
     */
    async lockHolders(workspaceId: AuthorizedWorkspaceId, setting: Setting): Promise<AgentId[]> {
      const holders = holdersOf(setting);
      const rows = await db.query<{ id: AgentId }>(
        `SELECT s.agent_id AS id FROM agent_states s
         WHERE s.workspace_id = $1::uuid AND s.agent_id IN (${holders.sql})
         ORDER BY s.agent_id FOR UPDATE OF s`,
        [workspaceId, ...holders.values],
      );
      return rows.map((row) => row.id);
    },

    /** Returns the settings that these agents refer to, ordered by id. */
    settingsOf(workspaceId: AuthorizedWorkspaceId, ids: readonly AgentId[]): Promise<SettingsOfAgent[]> {
      return db.query<SettingsOfAgent>(
        `SELECT a.id, a.name, a.default_sender_id AS "defaultSenderId", ${skillsColumn}
         FROM agents a WHERE a.workspace_id = $1::uuid AND a.id = ANY($2::uuid[]) ORDER BY a.id`,
        [workspaceId, ids],
      );
    },

    /** Removes the setting from every profile that refers to it. The agents must be locked. */
    async letGo(workspaceId: AuthorizedWorkspaceId, setting: Setting): Promise<void> {
      switch (setting.kind) {
        case "skill":
          await db.prisma.agentSkill.deleteMany({ where: { workspaceId, skillId: setting.id } });
          break;
        case "skillValues":
          await db.prisma.agentSkillValue.deleteMany({
            where: { workspaceId, skillId: setting.skillId, valueId: { in: [...setting.ids] } },
          });
          break;
        case "sender":
          await db.prisma.agent.updateMany({
            where: { workspaceId, defaultSenderId: setting.id },
            data: { defaultSenderId: null },
          });
      }
    },

    /** Increments the versions of agents whose profiles changed. The rows must be locked. */
    async touch(workspaceId: AuthorizedWorkspaceId, ids: readonly AgentId[], now: Date): Promise<void> {
      await db.query(
        `WITH profiles AS (
           UPDATE agents SET updated_at = $3::timestamptz
           WHERE workspace_id = $1::uuid AND id = ANY($2::uuid[]))
         UPDATE agent_states SET version = version + 1
         WHERE workspace_id = $1::uuid AND agent_id = ANY($2::uuid[])`,
        [workspaceId, ids, now],
      );
    },

    /** Deletes an agent; everything that belongs to it is deleted by cascade. */
    async delete(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<void> {
      // Triggers lock the membership as well, but only after the agent. Team changes and joins lock it first,
      // so the same order here avoids a deadlock.
      await db.query(
        `SELECT m.user_id FROM agents a
         JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
         WHERE a.workspace_id = $1::uuid AND a.id = $2::uuid FOR NO KEY UPDATE OF m`,
        [workspaceId, agentId],
      );
      await db.query(`DELETE FROM agents WHERE workspace_id = $1::uuid AND id = $2::uuid`, [
        workspaceId,
        agentId,
      ]);
    },
  };
}

export type AgentRepository = ReturnType<typeof createAgentRepository>;

/** Database columns have the same names in snake case. */
const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const columnsOf = (row: object) => Object.keys(row).map(snakeCase).join(", ");
const inColumns = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [snakeCase(name), value]));

function profileColumns({ weeklySchedule, ...columns }: Partial<ProfileColumns>) {
  return {
    ...columns,
    ...(weeklySchedule === undefined
      ? {}
      : { weeklySchedule: weeklySchedule ? (weeklySchedule as Prisma.InputJsonObject) : Prisma.DbNull }),
  };
}

async function replaceSkills(
  db: Database,
  workspaceId: string,
  agentId: string,
  skills: NonNullable<AgentChange["assignedSkills"]>,
): Promise<void> {
  await db.prisma.agentSkill.deleteMany({ where: { workspaceId, agentId } });
  await db.prisma.agentSkill.createMany({
    data: skills.map((skill, position) => ({ workspaceId, agentId, skillId: skill.id, position })),
  });
  await db.prisma.agentSkillValue.createMany({
    data: skills.flatMap((skill) =>
      skill.selectedValues.map((value) => ({ workspaceId, agentId, skillId: skill.id, valueId: value.id })),
    ),
  });
}
