import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type {
  Heartbeat,
  Presence,
  PresenceLease,
  PresenceSessions,
} from "@/lib/availability/presence/contract";
import {
  beatIn,
  changesSince,
  type PresenceSince,
  type PresenceState,
  type SessionTimes,
} from "@/lib/availability/presence/rules";
import { createBatches } from "@/lib/availability/presence/server/batches";
import type {
  AgentKey,
  Beaten,
  PresenceRepository,
  PresenceRow,
  SessionKey,
} from "@/lib/availability/presence/server/repository";
import type { Database } from "@/lib/platform/database/db";
import { isConflict } from "@/lib/platform/database/errors";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { optional } from "@/lib/platform/http/wire";
import type { AgentId, AuthorizedWorkspaceId, PresenceSessionId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { MINUTE_MS } from "@/lib/platform/time/calendar";

interface Dependencies {
  db: Database;
  repository: PresenceRepository;
  /** Sets the status, for policy `sync`. */
  availability: {
    followPresence(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      isPresent: boolean,
      at: Date,
    ): Promise<void>;
  };
  /** A random number in [0, 1). */
  random: () => number;
}

/** Maximum number of heartbeats in one statement. */
const batchLimit = 1_000;

const sessionNotFound = () =>
  new ApiError(
    "SessionNotFound",
    "You have no session with this id, or it has ended. Choose a new UUID for a new session.",
  );

const instant = (time: number) => new Date(time).toISOString();

export function createPresenceService({ db, repository, availability, random }: Dependencies) {
  const beats = createBatches(batchLimit, async (batch: readonly (SessionKey & Heartbeat)[]) => {
    try {
      return await repository.beat(batch);
    } catch (error) {
      // Two servers had the same sessions in a different order (deadlock), so process each in its own
      // transaction.
      if (isConflict(error)) return batch.map(() => undefined);
      throw error;
    }
  });

  /** Heartbeats of this process that have no response yet. */
  let running = 0;

  /** Throws `AgentNotFound`, or `Forbidden` for other people's agents. */
  function keyOf(actor: Actor, reference: AgentReference, id: PresenceSessionId): SessionKey {
    const agentId = resolveAgent(actor, reference);
    if (agentId !== actor.agentId)
      throw new ApiError("Forbidden", "You can send heartbeats only for your own agent. Use the id me.");
    return { workspaceId: actor.workspaceId, agentId, id };
  }

  async function load(actor: Actor, agentId: AgentId): Promise<PresenceRow> {
    const row = await repository.find({ workspaceId: actor.workspaceId, agentId });
    if (!row) throw agentNotFound();
    return row;
  }

  /** Records a presence change. With policy `sync`, also sets the resulting status. */
  async function record(agent: AgentKey, row: PresenceRow, from: PresenceState, change: PresenceSince) {
    await repository.record(agent, change, lastSeenOf(row));
    const isPresent = change.state !== "absent";
    if (row.mode !== "sync" || isPresent === (from !== "absent")) return;
    await availability.followPresence(agent.workspaceId, agent.agentId, isPresent, new Date(change.since));
  }

  /**
   * Records all changes until now. Call it in a transaction before sessions are written: it waits for other
   * transactions that record the same agent. Returns undefined if the agent was deleted.
   */
  async function settle(agent: AgentKey): Promise<{ row: PresenceRow; state: PresenceState } | undefined> {
    await repository.lock(agent);
    // A separate statement, so that it sees what others committed before they released the lock.
    const row = await repository.find(agent);
    if (!row?.recorded) return undefined;
    let { state } = row.recorded;
    for (const change of changesSince(row.recorded, row.sessions, idleAfterOf(row), row.now)) {
      await record(agent, row, state, change);
      state = change.state;
    }
    return { row, state };
  }

  /** Starts a session, which makes the agent present. Throws `AgentNotFound` or `SessionNotFound`. */
  async function start(key: SessionKey, heartbeat: Heartbeat): Promise<Beaten> {
    return await db.transaction(async () => {
      const settled = await settle(key);
      if (!settled) throw agentNotFound();
      const { row, state } = settled;
      const endsAt = await repository.start(key, heartbeat, row.now);
      if (endsAt === undefined) throw sessionNotFound();
      if (state !== "present") await record(key, row, state, { state: "present", since: row.now });
      return { endsAt, woke: false };
    });
  }

  return {
    /** Extends or starts a session. Throws `AgentNotFound`, `Forbidden` or `SessionNotFound`. */
    async beat(
      actor: Actor,
      reference: AgentReference,
      id: PresenceSessionId,
      heartbeat: Heartbeat,
    ): Promise<PresenceLease> {
      const key = keyOf(actor, reference, id);
      running++;
      try {
        const { endsAt, woke } = (await beats.add({ ...key, ...heartbeat })) ?? (await start(key, heartbeat));
        if (woke) await db.transaction(async () => void (await settle(key)));
        return { endsAt: instant(endsAt), beatIn: beatIn(running, random()) };
      } finally {
        running--;
      }
    },

    /** Throws `AgentNotFound`, `Forbidden` or `SessionNotFound`. */
    async end(actor: Actor, reference: AgentReference, id: PresenceSessionId): Promise<void> {
      if (!(await repository.end(keyOf(actor, reference, id)))) throw sessionNotFound();
    },

    /** Returns open sessions, oldest first. Throws `AgentNotFound` or `Forbidden`. */
    async list(actor: Actor, reference: AgentReference): Promise<PresenceSessions> {
      const agentId = resolveAgent(actor, reference);
      const needed = agentId === actor.agentId ? "own.write" : "availability.write";
      if (!actor.permissions.has(needed) && !actor.permissions.has("availability.write"))
        throw new ApiError("Forbidden", `You need the permission ${needed}. Ask a supervisor.`);
      const { sessions, now } = await load(actor, agentId);
      return {
        results: openAt(sessions, now).map(({ id, device, visible, startedAt, lastSeenAt, endsAt }) => ({
          id,
          device,
          visible,
          startedAt: instant(startedAt),
          lastSeenAt: instant(lastSeenAt),
          endsAt: instant(endsAt),
        })),
      };
    },

    /** Throws `AgentNotFound`. */
    async get(actor: Actor, reference: AgentReference): Promise<Presence> {
      const row = await load(actor, resolveAgent(actor, reference));
      const { recorded, sessions, now } = row;
      const lastSeenAt = lastSeenOf(row);
      const last = recorded && (changesSince(recorded, sessions, idleAfterOf(row), now).at(-1) ?? recorded);
      return {
        state: last?.state ?? "absent",
        ...optional("since", last && instant(last.since)),
        sessions: openAt(sessions, now).length,
        ...optional("lastSeenAt", lastSeenAt === null ? undefined : instant(lastSeenAt)),
      };
    },

    /**
     * Records changes that no request has recorded, and deletes expired sessions. Returns the number of
     * agents.
     */
    async sweep(): Promise<number> {
      const due = await repository.due();
      for (const agent of due)
        await db.transaction(async () => {
          const settled = await settle(agent);
          if (settled) await repository.removeExpired(agent, settled.row.now);
        });
      return due.length;
    },
  };
}

function openAt<Session extends SessionTimes>(sessions: readonly Session[], now: number): Session[] {
  return sessions.filter(({ endsAt }) => now < endsAt);
}

/** Agents are never idle with policy `off`. */
function idleAfterOf({ mode, idleAfterMinutes }: PresenceRow): number | undefined {
  return mode === null || mode === "off" || idleAfterMinutes === null
    ? undefined
    : idleAfterMinutes * MINUTE_MS;
}

function lastSeenOf({ recorded, sessions }: PresenceRow): number | null {
  const times = [recorded?.lastSeenAt ?? null, ...sessions.map(({ lastSeenAt }) => lastSeenAt)];
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

export type PresenceService = ReturnType<typeof createPresenceService>;
