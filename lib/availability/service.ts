import { canChangeAvailability } from "@/lib/agents/permissions";
import { changedFields, entityTag, matchesVersion } from "@/lib/agents/rules";
import type { Actor } from "@/lib/auth/permissions";
import type { Availability, AvailabilityChange } from "@/lib/availability/contract";
import type { AvailabilityRepository } from "@/lib/availability/repository";
import { changeAvailability } from "@/lib/availability/rules";
import { declaredAvailability, serializeAvailability } from "@/lib/availability/serializer";
import type { Database } from "@/lib/db";
import { ApiError } from "@/lib/http/errors";
import type { AgentReference } from "@/lib/http/paths";
import type { Reply } from "@/lib/http/reply";
import type { AgentId } from "@/lib/ids";
import type { LedgerService } from "@/lib/ledger/service";

interface Dependencies {
  db: Database;
  repository: AvailabilityRepository;
  ledger: LedgerService;
}

/** Declared availability of agents. */
export function createAvailabilityService({ db, repository, ledger }: Dependencies) {
  async function load(actor: Actor, reference: AgentReference, options?: { lock: boolean }) {
    const agentId = reference === "me" ? actor.agentId : reference;
    const row = agentId && (await repository.find(actor.workspaceId, agentId, options));
    if (!row) throw new ApiError("AgentNotFound", "There is no such agent in this workspace.");
    return row;
  }

  return {
    /** Availability at `now`. Throws `AgentNotFound`. */
    async get(actor: Actor, reference: AgentReference, now: Date): Promise<Reply<Availability>> {
      const row = await load(actor, reference);
      const data = serializeAvailability(declaredAvailability(row), now.getTime());
      return { data, etag: entityTag(row.version, JSON.stringify(data)) };
    },

    /**
     * Sets an agent offline because their person may not enter any more. Whether the actor may do that has been
     * decided by then. Throws `AgentNotFound`.
     */
    async takeOffline(actor: Actor, agentId: AgentId, now: Date): Promise<void> {
      await db.transaction(async () => {
        const row = await load(actor, agentId, { lock: true });
        const declared = declaredAvailability(row);
        const outcome = changeAvailability(declared, { status: "offline" }, now.getTime());
        if (!outcome.ok || !outcome.changed) return;
        await repository.update(actor.workspaceId, row.id, outcome.next);
        const [before, after] = [declared, outcome.next].map((each) =>
          serializeAvailability(each, now.getTime()),
        );
        if (before && after)
          await ledger.recordUpdated(actor, row, changedFields(before, after, ["status"]), now);
      });
    },

    /** Changes it. Throws `AgentNotFound`, `Forbidden`, `PreconditionFailed`, `InvalidAvailability`. */
    async change(
      actor: Actor,
      reference: AgentReference,
      change: AvailabilityChange,
      { ifMatch, now }: { ifMatch: string | undefined; now: Date },
    ): Promise<Reply<Availability>> {
      return await db.transaction(async () => {
        const row = await load(actor, reference, { lock: true });
        if (!canChangeAvailability(actor, row.id))
          throw new ApiError("Forbidden", "You may change your own availability only; ask a supervisor.");
        if (ifMatch !== undefined && !matchesVersion(ifMatch, row.version))
          throw new ApiError(
            "PreconditionFailed",
            "The agent has changed since you read it; read it again, then send your change with the new ETag.",
          );
        const declared = declaredAvailability(row);
        const outcome = changeAvailability(declared, change, now.getTime());
        if (!outcome.ok)
          throw new ApiError(
            "InvalidAvailability",
            `Some values break a rule: check ${Object.keys(outcome.problems).join(", ")}.`,
            { details: outcome.problems },
          );
        const data = serializeAvailability(outcome.next, now.getTime());
        if (!outcome.changed) return { data, etag: entityTag(row.version, JSON.stringify(data)) };
        await repository.update(actor.workspaceId, row.id, outcome.next);
        const before = serializeAvailability(declared, now.getTime());
        const recorded = ["status", "activity", "activityTtl", "activityText"] as const;
        await ledger.recordUpdated(actor, row, changedFields(before, data, recorded), now);
        return { data, etag: entityTag(row.version + 1, JSON.stringify(data)) };
      });
    },
  };
}

export type AvailabilityService = ReturnType<typeof createAvailabilityService>;
