import { createHash, randomBytes } from "node:crypto";
import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import type { CalendarFeed, CalendarFeedDraft } from "@/lib/hours/time-off/feeds-contract";
import { feedEvents } from "@/lib/hours/time-off/ics/feed";
import { writeCalendar } from "@/lib/hours/time-off/ics/write";
import type { CalendarFeedRepository, FeedRow, OpenFeed } from "@/lib/hours/time-off/server/feeds-repository";
import type { TimeOffRepository } from "@/lib/hours/time-off/server/repository";
import { calendarFeedLimit } from "@/lib/hours/time-off/values";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { Reply, StreamedReply } from "@/lib/platform/http/server/reply";
import { optional, timestamp } from "@/lib/platform/http/wire";
import { type AgentId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { DAY_MS } from "@/lib/platform/time/calendar";
import type { AuditService } from "@/lib/records/audit/server/service";
import type { LimitService } from "@/lib/records/limits/server/service";

interface Dependencies {
  db: Database;
  repository: CalendarFeedRepository;
  agents: Pick<TimeOffRepository, "lockAgent" | "existsAgent">;
  calendars: Pick<Calendars, "of">;
  audit: Pick<AuditService, "record">;
  limits: Pick<LimitService, "countCostly">;
  publicUrl: string;
}

/** Days before and after today that a feed shows. A team's feed has more events, so it shows fewer days. */
const shown = { agent: { before: 31, after: 180 }, team: { before: 7, after: 60 } };
/** Maximum number of agents in a team's feed. */
const memberLimit = 200;

const hashOf = (secret: string) => createHash("sha256").update(secret).digest();

export function createCalendarFeedService({
  db,
  repository,
  agents,
  calendars,
  audit,
  limits,
  publicUrl,
}: Dependencies) {
  /** Throws `Forbidden`. */
  function requireAccess(actor: Actor, agentId: AgentId): void {
    if (actor.permissions.has("calendar.write")) return;
    if (actor.agentId === agentId && actor.permissions.has("own.write")) return;
    throw new ApiError(
      "Forbidden",
      "Calendar feeds of other agents need the permission calendar.write. Ask a supervisor.",
    );
  }

  /** Returns the name of the team for which an actor makes a feed. Throws `Forbidden` or `InvalidCalendarFeed`. */
  async function teamName(actor: Actor, teamId: string): Promise<string> {
    if (!actor.permissions.has("calendar.write"))
      throw new ApiError(
        "Forbidden",
        "A team's calendar feed needs the permission calendar.write. Ask a supervisor.",
      );
    const name = await repository.teamName(actor.workspaceId, teamId);
    if (name !== undefined) return name;
    throw new ApiError("InvalidCalendarFeed", "The team is not in this workspace. Check teamId.", {
      details: { teamId: ["is not a team in this workspace."] },
    });
  }

  /** Returns the calendar file of a feed. */
  async function fileOf(feed: OpenFeed, now: Date): Promise<string> {
    const { workspaceId, agentId, agentName, teamId, teamName } = feed;
    const isTeam = teamId !== null;
    const members = isTeam
      ? await repository.members(workspaceId, teamId, memberLimit)
      : [{ id: agentId, name: agentName }];
    const today = Math.floor(now.getTime() / DAY_MS);
    const { before, after } = isTeam ? shown.team : shown.agent;
    const days = { from: today - before, to: today + after };
    const ids = members.map(({ id }) => id);
    const [found, typeNames] = await Promise.all([
      calendars.of(workspaceId, ids, days),
      repository.openTypes(workspaceId),
    ]);
    const events = members.flatMap(({ id, name }) => {
      const calendar = found.get(id);
      return calendar ? feedEvents({ id, name: isTeam ? name : undefined, calendar }, days, typeNames) : [];
    });
    return writeCalendar(teamName ?? agentName, events, today * DAY_MS);
  }

  return {
    /** Returns the feeds of an agent, without their addresses. Throws `AgentNotFound` or `Forbidden`. */
    async list(actor: Actor, reference: AgentReference): Promise<{ results: CalendarFeed[] }> {
      const agentId = resolveAgent(actor, reference);
      if (!(await agents.existsAgent(actor.workspaceId, agentId))) throw agentNotFound();
      requireAccess(actor, agentId);
      const rows = await repository.list(actor.workspaceId, agentId);
      return { results: rows.map((row) => serialize(row)) };
    },

    /**
     * Creates a feed, and returns it with its address. Throws `AgentNotFound`, `Forbidden`, `InvalidCalendarFeed`
     * or `TooManyCalendarFeeds`.
     */
    async create(
      actor: Actor,
      reference: AgentReference,
      { teamId = null }: { teamId?: CalendarFeedDraft["teamId"] | null },
      now: Date,
    ): Promise<Reply<CalendarFeed>> {
      const { workspaceId } = actor;
      const agentId = resolveAgent(actor, reference);
      const secret = randomBytes(32).toString("base64url");
      const id = newId();
      await db.transaction(async () => {
        const agent = await agents.lockAgent(workspaceId, agentId);
        if (!agent) throw agentNotFound();
        requireAccess(actor, agentId);
        const name = teamId === null ? agent.name : await teamName(actor, teamId);
        const { length } = await repository.list(workspaceId, agentId);
        if (length >= calendarFeedLimit)
          throw new ApiError(
            "TooManyCalendarFeeds",
            `The agent already has ${calendarFeedLimit} calendar feeds. Revoke one first.`,
          );
        await repository.insert(actor, { id, agentId, teamId, secretHash: hashOf(secret) }, now);
        const target = { type: "calendarFeed", id, name } as const;
        const details = teamId === null ? { agentId } : { agentId, teamId };
        await audit.record(actor, { action: "calendarFeed.created", target, details }, now);
      });
      const row: FeedRow = { id, agentId, teamId, createdAt: now, lastUsedAt: null };
      return { data: { ...serialize(row), url: `${publicUrl}/api/calendars/${secret}.ics` } };
    },

    /** Throws `AgentNotFound`, `Forbidden` or `CalendarFeedNotFound`. */
    async delete(actor: Actor, reference: AgentReference, id: string, now: Date): Promise<Reply<undefined>> {
      const agentId = resolveAgent(actor, reference);
      await db.transaction(async () => {
        const agent = await agents.lockAgent(actor.workspaceId, agentId);
        if (!agent) throw agentNotFound();
        requireAccess(actor, agentId);
        if (!(await repository.delete(actor.workspaceId, agentId, id))) throw notFound();
        const target = { type: "calendarFeed", id, name: agent.name } as const;
        await audit.record(actor, { action: "calendarFeed.revoked", target, details: { agentId } }, now);
      });
      return { data: undefined };
    },

    /**
     * Returns the calendar file of an address. Its secret is the only credential. Throws `CalendarFeedNotFound` or
     * `RateLimited`.
     */
    async read(file: string, now: Date): Promise<StreamedReply> {
      const feed = await repository.open(hashOf(file.replace(/\.ics$/, "")), now);
      if (!feed) throw notFound();
      await limits.countCostly("feed", feed.id, now);
      const text = await fileOf(feed, now);
      return {
        etag: `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`,
        contentType: "text/calendar; charset=utf-8",
        async *pieces() {
          yield text;
        },
      };
    },
  };
}

const notFound = () =>
  new ApiError("CalendarFeedNotFound", "This calendar feed does not exist, or was revoked.");

function serialize({ id, agentId, teamId, createdAt, lastUsedAt }: FeedRow): CalendarFeed {
  return {
    id,
    agentId,
    ...optional("teamId", teamId),
    ...(lastUsedAt ? { lastUsedAt: timestamp(lastUsedAt) } : {}),
    createdAt: timestamp(createdAt),
  };
}

export type CalendarFeedService = ReturnType<typeof createCalendarFeedService>;
