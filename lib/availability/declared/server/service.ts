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
import { type Conditions, matchesVersion } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { changedFields } from "@/lib/records/ledger/rules";
import type { LedgerService } from "@/lib/records/ledger/server/service";

/** How far back ends of activities become events, in milliseconds. Less than events are kept. */
const catchUpPeriod = 23 * 60 * 60 * 1000;

/** Attempts of a change that loses races. The last one locks the agent. */
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

  return {
    /** Returns the availability at `now`. Throws `AgentNotFound`. */
    async get(actor: Actor, reference: AgentReference, now: Date): Promise<Reply<Availability>> {
      const row = await load(actor, reference);
      const data = serializeAvailability(declaredAvailability(row), now.getTime());
      return { data, ...tagged(row.version, JSON.stringify(data)) };
    },

    /** Records activities that ended while no server ran as events. Returns how many. */
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
     * Sets an agent offline because their person was suspended or removed. Callers check the actor's
     * permission. Throws `AgentNotFound`.
     */
    async takeOffline(actor: Actor, agentId: AgentId, now: Date): Promise<void> {
      await db.transaction(async () => {
        const row = await load(actor, agentId, { lock: true });
        const declared = declaredAvailability(row);
        const outcome = changeAvailability(declared, { status: "offline" }, now.getTime());
        if (!outcome.ok) return;
        // Even if nothing changes, a concurrent change to `active` must see a new version and check again.
        if (!outcome.changed) return await repository.raiseVersion(actor.workspaceId, row.id);
        await repository.update(actor.workspaceId, row.id, outcome.next);
        const [before, after] = [declared, outcome.next].map((each) =>
          serializeAvailability(each, now.getTime()),
        );
        if (before && after)
          await ledger.recordUpdated(actor, row, changedFields(before, after, ["status"]), now);
      });
    },

    /**
     * Sets the status after the first session began or the last one ended, unless somebody has set another one.
     * `at` is when that was.
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
        if (!canChangeAvailability(actor, row.id))
          throw new ApiError("Forbidden", "You can change only your own availability. Ask a supervisor.");
        if (ifMatch !== undefined && !matchesVersion(ifMatch, row.version))
          throw new ApiError(
            "PreconditionFailed",
            "The agent was changed after you read it. Read it again, then send your change with the new ETag.",
          );
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
