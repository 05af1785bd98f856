import type { SwapRepository } from "@/lib/hours/shifts/server/swap-repository";
import type { CalendarPolicy, CalendarPolicyAnswer } from "@/lib/hours/shifts/swaps-contract";
import type { Database } from "@/lib/platform/database/db";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import { timestamp } from "@/lib/platform/http/wire";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";

interface Dependencies {
  db: Database;
  repository: Pick<SwapRepository, "findPolicy" | "lockPolicy" | "savePolicy">;
  audit: Pick<AuditService, "record">;
}

const tags = createEntityTags<CalendarPolicyAnswer, CalendarPolicy>("calendar policy", {
  updatedAt: "readOnly",
});

export function createCalendarPolicyService({ db, repository, audit }: Dependencies) {
  async function load({ workspaceId }: Actor): Promise<CalendarPolicyAnswer> {
    const row = await repository.findPolicy(workspaceId);
    if (!row) return { swapApproval: "required" };
    return { swapApproval: row.swapApproval, updatedAt: timestamp(row.updatedAt) };
  }

  return {
    async get(actor: Actor): Promise<Reply<CalendarPolicyAnswer>> {
      return tags.reply(await load(actor));
    },

    /** Throws `PreconditionFailed`. */
    async change(
      actor: Actor,
      { swapApproval }: { swapApproval?: CalendarPolicy["swapApproval"] | undefined },
      { ifMatch, now }: Conditions,
    ): Promise<Reply<CalendarPolicyAnswer>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        await repository.lockPolicy(workspaceId);
        const before = await load(actor);
        await tags.require(ifMatch, async () => before);
        if (swapApproval === undefined || swapApproval === before.swapApproval) return tags.reply(before);
        await repository.savePolicy(workspaceId, { swapApproval }, now);
        const target = { type: "calendarPolicy", id: workspaceId } as const;
        const details = { fields: ["swapApproval"] };
        await audit.record(actor, { action: "calendarPolicy.changed", target, details }, now);
        return tags.reply(await load(actor));
      });
    },
  };
}

export type CalendarPolicyService = ReturnType<typeof createCalendarPolicyService>;
