import { agentNotFound, personSuspended, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { Availability, AvailabilityChange } from "@/lib/availability/declared/contract";
import { canChangeAvailability } from "@/lib/availability/declared/permissions";
import { changeAvailability, followPresence } from "@/lib/availability/declared/rules";
import type {
  AvailabilityOfAgent,
  AvailabilityRepository,
} from "@/lib/availability/declared/server/repository";
import { declaredAvailability, serializeAvailability } from "@/lib/availability/declared/server/serializer";
import { tagged } from "@/lib/availability/declared/server/tags";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, requireVersion } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { changedFields } from "@/lib/records/ledger/rules";
import type { LedgerService } from "@/lib/records/ledger/server/service";

/**
 * How far back to look for ended activities without an event, in milliseconds. Must be less than events are
 * kept.
 */
const catchUpPeriod = 23 * 60 * 60 * 1000;

/** Number of attempts of a change that conflicts with others. The last one locks the agent. */
const attempts = 4;

interface Dependencies {
  db: Database;
  repository: AvailabilityRepository;
  ledger: LedgerService;
}

export function createAvailabilityService({ db, repository, ledger }: Dependencies) {
  async function load(actor: Actor, reference: AgentReference, options?: { lock: boolean }) {
    const row = await repository.find(actor.workspaceId, resolveAgent(actor, reference), options);
    if (!row) throw agentNotFound();
    return row;
  }

  function requireChange(actor: Actor, { id }: AvailabilityOfAgent): void {
    if (!canChangeAvailability(actor, id))
      throw new ApiError("Forbidden", "You can change only your own availability. Ask a supervisor.");
  }

  function replyWith(row: AvailabilityOfAgent, now: Date): Reply<Availability> {
    const data = serializeAvailability(declaredAvailability(row), now.getTime());
    return { data, ...tagged(row.version, JSON.stringify(data)) };
  }

  return {
    /** Returns the availability at `now`. Throws `AgentNotFound`. */
    async get(actor: Actor, reference: AgentReference, now: Date): Promise<Reply<Availability>> {
      return replyWith(await load(actor, reference), now);
    },

    /** Ends an agent's wrap-up and `notResponding`. Throws `AgentNotFound` or `Forbidden`. */
    async makeReady(actor: Actor, reference: AgentReference, now: Date): Promise<Reply<Availability>> {
      return await db.transaction(async () => {
        const row = await load(actor, reference, { lock: true });
        requireChange(actor, row);
        await repository.makeReady(actor.workspaceId, row.id, now);
        return replyWith(row, now);
      });
    },

    /** Records events for activities that ended while no server was running. Returns how many. */
    async catchUp(now: Date): Promise<number> {
      const since = new Date(now.getTime() - catchUpPeriod);
      let total = 0;
      for (;;) {
        const added = await repository.addTimeouts(since);
        if (added === 0) return total;
        total += added;
      }
    },

    /**
     * Makes concurrent changes to `active` see a suspension of this transaction and check again. The router waits for
     * the same row, so that it gives nothing to the agent afterwards. The declared availability stays.
     */
    async noticeSuspension({ workspaceId }: Actor, agentId: AgentId): Promise<void> {
      await repository.raiseVersion(workspaceId, agentId);
    },

    /**
     * Sets the status after the first session started or the last one ended, unless a person has set another
     * one. `at` is the time of that.
     */
    async followPresence(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      isPresent: boolean,
      at: Date,
    ): Promise<void> {
      await db.transaction(async () => {
        const row = await repository.find(workspaceId, agentId, { lock: true });
        if (!row || (isPresent && row.suspended)) return;
        const declared = declaredAvailability(row);
        const next = followPresence(declared, isPresent, at.getTime());
        if (!next) return;
        await repository.update(workspaceId, agentId, next);
        const [before, after] = [declared, next].map((each) => serializeAvailability(each, at.getTime()));
        if (before && after)
          await ledger.recordOwn(workspaceId, "presence", row, changedFields(before, after, ["status"]), at);
      });
    },

    /**
     * Changes availability. Throws `AgentNotFound`, `Forbidden`, `PreconditionFailed`, `InvalidAvailability`
     * or `PersonSuspended`. As the most frequent write, it uses optimistic concurrency: one statement reads,
     * another writes if the version is unchanged.
     */
    async change(
      actor: Actor,
      reference: AgentReference,
      change: AvailabilityChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Availability>> {
      for (let attempt = 1; attempt < attempts; attempt++) {
        const answer = await attemptChange(await load(actor, reference));
        if (answer) return answer;
      }
      return await db.transaction(async () => {
        const answer = await attemptChange(await load(actor, reference, { lock: true }));
        if (!answer) throw new Error("the version of a locked agent has changed");
        return answer;
      });

      async function attemptChange(row: AvailabilityOfAgent): Promise<Reply<Availability> | undefined> {
        requireChange(actor, row);
        requireVersion(ifMatch, row.version, "agent");
        const declared = declaredAvailability(row);
        const outcome = changeAvailability(declared, change, now.getTime());
        if (!outcome.ok)
          throw new ApiError(
            "InvalidAvailability",
            `Some values are not valid. Check ${Object.keys(outcome.problems).join(", ")}.`,
            { details: outcome.problems },
          );
        if (change.status === "active" && row.suspended) throw personSuspended();
        const data = serializeAvailability(outcome.next, now.getTime());
        if (!outcome.changed) return { data, ...tagged(row.version, JSON.stringify(data)) };
        const before = serializeAvailability(declared, now.getTime());
        const recorded = ["status", "activity", "activityTtl", "activityText"] as const;
        const entry = ledger.updated(actor, row, changedFields(before, data, recorded), now);
        if (!(await repository.updateVersion(actor.workspaceId, row, outcome.next, entry))) return undefined;
        return { data, ...tagged(row.version + 1, JSON.stringify(data)) };
      }
    },
  };
}

export type AvailabilityService = ReturnType<typeof createAvailabilityService>;
