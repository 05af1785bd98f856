import type { Channel } from "@/lib/availability/effective/values";
import { createCalendars } from "@/lib/hours/calendar/server/calendars";
import { createCalendarRepository } from "@/lib/hours/calendar/server/repository";
import { createDelegates, type Delegates } from "@/lib/hours/time-off/server/delegates";
import { createTimeOffRepository } from "@/lib/hours/time-off/server/repository";
import type { Database } from "@/lib/platform/database/db";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import type { RequiredSkill } from "@/lib/routing/matching/rules";
import { createMatchingRepository } from "@/lib/routing/matching/server/repository";
import { createRun } from "@/lib/routing/matching/server/run";
import { createSettleRepository } from "@/lib/routing/matching/server/settle-repository";
import { combineRows, insertRows, makeAgent, makeWorkspace, type Rows } from "@/lib/testing/factories";
import { makeEffective } from "./hours";

// Creates a workspace with queues and agents for routing tests.

const longAgo = new Date("2025-03-03T09:00:00.000Z");

export interface AgentOptions {
  teamIds?: readonly string[];
  skills?: readonly RequiredSkill[];
  capacityRuleId?: string;
  state?: Parameters<typeof makeAgent>[1];
}

export interface QueueOptions {
  priority?: number;
  strategy?: "leastLoaded" | "longestIdle" | "roundRobin";
  offerMode?: "auto" | "accept";
  offerTimeout?: number;
  targetSeconds?: number;
  rampSeconds?: number;
  steps?: readonly { afterSeconds: number; dropSkills?: boolean; teamIds?: readonly string[] }[];
  primary?: readonly string[];
  secondary?: readonly string[];
}

export interface ConversationOptions {
  id?: string;
  queueId: string;
  channel?: Channel;
  priority?: number;
  requiredSkills?: readonly RequiredSkill[];
  preferredAgentId?: string;
  excludedAgentIds?: readonly string[];
  queuedAt: number;
}

/** Creates an empty workspace with a capacity rule. */
export async function makeRouting(db: Database, capacity: { messaging: number; email: number }) {
  const workspaceId = newId<AuthorizedWorkspaceId>();
  const base = { workspaceId, createdAt: longAgo, updatedAt: longAgo };
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      {
        capacityRules: [
          {
            ...base,
            id: newId(),
            name: "Default",
            description: "",
            isDefault: true,
            messagingCapacity: capacity.messaging,
            emailCapacity: capacity.email,
          },
        ],
      },
    ]),
  );

  return {
    workspaceId,

    async teams(count: number): Promise<string[]> {
      const ids = Array.from({ length: count }, () => newId());
      await insertRows(db.query, { teams: ids.map((id) => ({ ...base, id, name: `Team ${id}` })) });
      return ids;
    },

    async skills(count: number): Promise<string[]> {
      const ids = Array.from({ length: count }, () => newId());
      await insertRows(db.query, {
        skills: ids.map((id) => ({ ...base, id, name: id, nameKey: id, valueType: "single" as const })),
      });
      return ids;
    },

    async skillValues(skillId: string, count: number): Promise<string[]> {
      const ids = Array.from({ length: count }, () => newId());
      await insertRows(db.query, {
        skillValues: ids.map((id, position) => ({
          workspaceId,
          skillId,
          id,
          position,
          value: id,
        })),
      });
      return ids;
    },

    /** Creates active bots, which are always available: no working hours, no presence. */
    async agents(count: number, options: (index: number) => AgentOptions = () => ({})): Promise<AgentId[]> {
      const ids = Array.from({ length: count }, () => newId<AgentId>());
      const parts = ids.map((id, index): Partial<Rows> => {
        const { teamIds = [], skills = [], state } = options(index);
        return combineRows([
          makeAgent({ workspaceId, id }, { status: "active", ...state }),
          {
            teamMembers: teamIds.map((teamId) => ({
              workspaceId,
              teamId,
              agentId: id,
              memberSince: longAgo,
            })),
            agentSkills: skills.map(({ skillId }, position) => ({
              workspaceId,
              agentId: id,
              skillId,
              position,
            })),
            agentSkillValues: skills.flatMap(({ skillId, valueIds }) =>
              valueIds.map((valueId) => ({ workspaceId, agentId: id, skillId, valueId })),
            ),
          },
        ]);
      });
      await insertRows(db.query, combineRows(parts));
      return ids;
    },

    async queue(options: QueueOptions = {}): Promise<string> {
      const id = newId();
      const { primary = [], secondary = [], steps = [], ...columns } = options;
      await db.prisma.routingQueue.create({
        data: {
          ...columns,
          ...base,
          id,
          name: id,
          steps: steps.map(({ afterSeconds, dropSkills }) => ({
            afterSeconds,
            ...(dropSkills === undefined ? {} : { dropSkills }),
          })),
        },
      });
      const team =
        (kind: "primary" | "step" | "secondary", step = 0) =>
        (teamId: string, position: number) => ({
          workspaceId,
          queueId: id,
          teamId,
          kind,
          step,
          position,
        });
      await db.prisma.routingQueueTeam.createMany({
        data: [
          ...primary.map(team("primary")),
          ...secondary.map(team("secondary")),
          ...steps.flatMap(({ teamIds = [] }, step) => teamIds.map(team("step", step))),
        ],
      });
      return id;
    },

    /** Adds waiting conversations. */
    async conversations(list: readonly ConversationOptions[]): Promise<string[]> {
      const rows = list.map(
        ({ id = newId(), queuedAt, requiredSkills = [], excludedAgentIds = [], ...row }) => ({
          id,
          externalId: id,
          channel: row.channel ?? "messaging",
          queueId: row.queueId,
          priority: row.priority ?? 50,
          skills: requiredSkills,
          preferred: row.preferredAgentId ?? null,
          excluded: excludedAgentIds,
          queuedAt: new Date(queuedAt),
        }),
      );
      await db.query(
        `INSERT INTO conversations (workspace_id, id, external_id, channel, queue_id, priority, required_skills,
           preferred_agent_id, excluded_agent_ids, state, queued_at, created_at, updated_at)
         SELECT :workspaceId::uuid, r.id, r."externalId", r.channel, r."queueId", r.priority, r.skills, r.preferred,
           r.excluded, 'queued', r."queuedAt", r."queuedAt", r."queuedAt"
         FROM jsonb_to_recordset(:rows::text::jsonb) AS r(id uuid, "externalId" text, channel conversation_channel,
           "queueId" uuid, priority int, skills jsonb, preferred uuid, excluded uuid[], "queuedAt" timestamptz)`,
        { workspaceId, rows: JSON.stringify(rows) },
      );
      return rows.map(({ id }) => id);
    },
  };
}

/** Returns the delegates of agents who are off. */
export function makeDelegates(db: Database): Delegates {
  return createDelegates({
    repository: createTimeOffRepository(db),
    calendars: createCalendars(createCalendarRepository(db)),
  });
}

/** Returns a function that matches a workspace once at `now()`. */
export function makeRun(db: Database, now: () => number = Date.now, clock?: () => string) {
  const { repository: effective } = makeEffective(db);
  return createRun({
    db,
    repository: createMatchingRepository(db),
    settling: createSettleRepository(db),
    circumstances: effective.findCircumstances,
    delegates: makeDelegates(db),
    now,
    ...(clock && { clock }),
  });
}
