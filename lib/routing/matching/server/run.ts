import type { Circumstances, Question } from "@/lib/availability/effective/server/verdict.sql";
import { type Channel, channels } from "@/lib/availability/effective/values";
import type { Delegates } from "@/lib/hours/time-off/server/delegates";
import type { Database } from "@/lib/platform/database/db";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { MINUTE_MS } from "@/lib/platform/time/calendar";
import { type Placement, placeBatch } from "@/lib/routing/matching/placement";
import { Pool, type SeatsByChannel } from "@/lib/routing/matching/pool";
import { compareUrgency, type Opening, seatsAllowed } from "@/lib/routing/matching/rules";
import { openingOf, type SeatsRow, seatsOf } from "@/lib/routing/matching/server/pool.sql";
import type {
  MatchedQueue,
  MatchingRepository,
  WaitingConversation,
} from "@/lib/routing/matching/server/repository";
import type { SettleRepository } from "@/lib/routing/matching/server/settle-repository";

export interface RunDependencies {
  db: Database;
  repository: MatchingRepository;
  settling: SettleRepository;
  /** Around a time in epoch milliseconds. */
  circumstances: (workspaceId: AuthorizedWorkspaceId, at: number) => Promise<Circumstances>;
  delegates: Pick<Delegates, "at">;
  /** Epoch milliseconds. */
  now: () => number;
  /** Replaces the database's clock in tests. */
  clock?: () => string;
}

/**
 * `busy`: another process is matching the workspace. `again`: there may be more to do now, because of a
 * concurrent change.
 */
export type RunResult = "done" | "again" | "busy";

type Conversation = WaitingConversation;
type Placed = Placement<Conversation>;

const BATCH = 100;
/** Maximum batches per run, before reading the waiting conversations again. */
const maxBatches = 20;
/** Milliseconds after which a workspace is checked in any case. */
export const sweepMs = 30_000;

/** An agent who was deleted during the run. */
const gone = { seats: { messaging: null, email: null, voice: null }, opening: null };

/** Thrown to leave a transaction when another process is matching. */
class Busy extends Error {}

/** Returns a function that matches what waits in a workspace. */
export function createRun({
  db,
  repository,
  settling,
  circumstances,
  delegates,
  now,
  clock,
}: RunDependencies) {
  const questionAt = (known: Circumstances, at: number): Question => ({
    ...known,
    at,
    now: at,
    ...(clock && { clock: clock() }),
  });

  /** Runs `work` in a transaction in which nobody else can match. Throws `Busy`. */
  function alone<T>(workspaceId: AuthorizedWorkspaceId, work: (position: string) => Promise<T>): Promise<T> {
    return db.transaction(async () => {
      const position = await repository.lock(workspaceId, now());
      if (position === undefined) throw new Busy();
      return await work(position);
    });
  }

  /** Ends offers and requeues conversations of agents who left. Returns when the next of these are due. */
  async function settle(
    workspaceId: AuthorizedWorkspaceId,
    known: Circumstances,
    queues: ReadonlyMap<string, MatchedQueue>,
  ): Promise<number | undefined> {
    const at = now();
    const expired = await settling.expired(workspaceId, at);
    const left = await settling.offeredToLeavers(workspaceId, questionAt(known, at));
    if (expired.length + left.length > 0) {
      const ids = await settling.lock(workspaceId, [...expired, ...left]);
      await settling.endOffers(
        workspaceId,
        ids,
        left.map(({ id }) => id),
        at,
      );
    }
    if ([...queues.values()].some(({ rampSeconds }) => rampSeconds > 0))
      await settling.observeOpenings(workspaceId, known, at, clock?.());
    const after = await repository.reassignOnLeave(workspaceId);
    if (after === null) return undefined;
    const held = await settling.heldByLeavers(workspaceId, questionAt(known, at), after);
    const due = held.filter((one) => one.due <= at);
    if (due.length > 0) await settling.requeue(workspaceId, await settling.lock(workspaceId, due), at);
    return earliest(held.filter((one) => one.due > at).map((one) => one.due));
  }

  /** Records steps that conversations have reached since the last run. */
  async function withSteps(
    workspaceId: AuthorizedWorkspaceId,
    waiting: readonly Conversation[],
    pool: Pool,
  ): Promise<Conversation[]> {
    const reached = waiting.flatMap((one) => {
      const step = pool.stepOf(one);
      return step === one.step ? [] : [{ id: one.id, step }];
    });
    if (reached.length === 0) return [...waiting];
    const versions = await repository.saveSteps(workspaceId, reached);
    return waiting.map((one) => ({ ...one, version: versions.get(one.id) ?? one.version }));
  }

  /** Prefers the delegate of a preferred agent who is off. */
  async function withDelegates(
    workspaceId: AuthorizedWorkspaceId,
    waiting: readonly Conversation[],
  ): Promise<readonly Conversation[]> {
    if (waiting.every(({ preferredAgentId }) => preferredAgentId === null)) return waiting;
    const standIns = await delegates.at(workspaceId, now());
    if (standIns.size === 0) return waiting;
    return waiting.map((one) => {
      const standIn = one.preferredAgentId === null ? undefined : standIns.get(one.preferredAgentId);
      return standIn === undefined ? one : { ...one, preferredAgentId: standIn };
    });
  }

  /** Gives the seats that are still free. Returns the placements that were saved, and whether others became free. */
  async function save(
    workspaceId: AuthorizedWorkspaceId,
    known: Circumstances,
    pool: Pool,
    placements: readonly Placed[],
  ): Promise<{ saved: Placed[]; hasNewRoom: boolean }> {
    const agentIds = [...new Set(placements.map(({ agentId }) => agentId))];
    const { saved, states } = await alone(workspaceId, async () => {
      const ids = placements.map(({ conversation }) => conversation.id);
      const versions = await repository.lockWaiting(workspaceId, ids);
      const at = now();
      const rows = await repository.lockSeats(workspaceId, questionAt(known, at), agentIds);
      const guard = new Guard(rows, at);
      const free = placements.filter(
        ({ conversation }) => versions.get(conversation.id) === conversation.version,
      );
      // Those that come after a refused one are placed again: it may need one of their seats now.
      const refused = free.findIndex(({ conversation, agentId }) => !guard.take(agentId, conversation));
      const saved = refused < 0 ? free : free.slice(0, refused);
      if (saved.length > 0) await repository.save(workspaceId, saved, at);
      return { saved, states: guard.states };
    });
    let hasNewRoom = false;
    for (const agentId of agentIds) {
      const { seats, opening } = states.get(agentId) ?? gone;
      const number = pool.numberOf(agentId);
      if (number === undefined) continue;
      const room = () => channels.map((channel) => pool.room[channel][number] ?? 0);
      const before = room();
      pool.refresh(number, seats, opening);
      hasNewRoom ||= room().some((seats, place) => seats > 0 && seats > (before[place] ?? 0));
    }
    return { saved, hasNewRoom };
  }

  /** Matches until nothing more can be placed. Returns the conversations that still wait. */
  async function match(
    workspaceId: AuthorizedWorkspaceId,
    known: Circumstances,
    waiting: readonly Conversation[],
    pool: Pool,
  ): Promise<{ left: Conversation[]; again: boolean }> {
    let left = waiting.toSorted(compareUrgency(pool.now));
    let again = false;
    for (let batches = 0; ; ) {
      const placed = new Set<string>();
      for (let next = 0; next < left.length; ) {
        const batch: Conversation[] = [];
        for (; next < left.length && batch.length < BATCH; next++) {
          const one = left[next];
          if (one && pool.hasRoomFor(one)) batch.push(one);
        }
        if (batch.length === 0) break;
        const placements = placeBatch(pool, batch);
        if (placements.length === 0) continue;
        const { saved, hasNewRoom } = await save(workspaceId, known, pool, placements);
        for (const { conversation } of saved) placed.add(conversation.id);
        if (saved.length < placements.length) again = true;
        if (++batches === maxBatches) return { left: left.filter(({ id }) => !placed.has(id)), again: true };
        // It is for the most urgent ones first.
        if (hasNewRoom) break;
      }
      if (placed.size === 0) return { left, again };
      left = left.filter(({ id }) => !placed.has(id));
    }
  }

  /** Returns when to check again without an event. */
  async function nextTime(
    workspaceId: AuthorizedWorkspaceId,
    known: Circumstances,
    left: readonly Conversation[],
    pool: Pool | undefined,
    reassignAt: number | undefined,
  ): Promise<number> {
    const at = now();
    const timer = await repository.nextTimer(workspaceId, at, left.length > 0, clock?.());
    const times = [at + sweepMs, timer ?? undefined, reassignAt];
    if (left.length > 0 && known.policy.enforceHours)
      times.push((Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS);
    let next = earliest(times) ?? at + sweepMs;
    // Not spread into `times`: hundreds of thousands of arguments overflow the stack.
    if (pool) for (const time of pool.timesOf(left, at)) next = Math.min(next, time);
    return next;
  }

  return async function run(workspaceId: AuthorizedWorkspaceId): Promise<RunResult> {
    try {
      const known = await circumstances(workspaceId, now());
      const queues = await repository.queues(workspaceId);
      const begun = await alone(workspaceId, async (position) => ({
        position,
        reassignAt: await settle(workspaceId, known, queues),
      }));
      const waiting = await withDelegates(workspaceId, await repository.waiting(workspaceId, queues));
      let outcome = { left: [] as Conversation[], again: false };
      let pool: Pool | undefined;
      if (waiting.length > 0) {
        const wanted = channelsOf(waiting);
        const at = now();
        pool = new Pool(await repository.pool(workspaceId, questionAt(known, at), wanted), at);
        outcome = await match(workspaceId, known, await withSteps(workspaceId, waiting, pool), pool);
      }
      const nextAt = outcome.again
        ? now()
        : await nextTime(workspaceId, known, outcome.left, pool, begun.reassignAt);
      await alone(workspaceId, () => repository.finish(workspaceId, begun.position, nextAt));
      return outcome.again ? "again" : "done";
    } catch (error) {
      if (error instanceof Busy) return "busy";
      throw error;
    }
  };
}

/** Decides on seats using data read after locking the agents' states. */
class Guard {
  readonly states: Map<string, { seats: SeatsByChannel; opening: Opening | null }>;

  constructor(
    rows: readonly SeatsRow[],
    readonly at: number,
  ) {
    this.states = new Map(rows.map((row) => [row.id, { seats: seatsOf(row), opening: openingOf(row) }]));
  }

  /** Uses a seat if the agent is available for the conversation. Placements are in order of urgency. */
  take(agentId: string, { channel, queue }: Conversation): boolean {
    const state = this.states.get(agentId);
    const seat = state?.seats[channel];
    if (!state || !seat || (seat.capacity !== null && seat.open + seat.offered >= seat.capacity))
      return false;
    const { opening } = state;
    if (opening && opening.seats >= seatsAllowed(queue, opening, this.at)) return false;
    const taken =
      queue.offerMode === "auto" ? { ...seat, open: seat.open + 1 } : { ...seat, offered: seat.offered + 1 };
    const others = channel === "voice" ? { messaging: null, email: null } : {};
    this.states.set(agentId, {
      seats: { ...state.seats, ...others, [channel]: taken },
      opening: opening && { ...opening, seats: opening.seats + 1 },
    });
    return true;
  }
}

function channelsOf(waiting: readonly { channel: Channel }[]): Channel[] {
  const wanted = new Set(waiting.map(({ channel }) => channel));
  return channels.filter((channel) => wanted.has(channel));
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? known.reduce((one, other) => Math.min(one, other)) : undefined;
}
