import type {
  CoverageNeed,
  CoverageNeedChange,
  CoverageNeedDraft,
} from "@/lib/agents/coverage/needs-contract";
import type { CoverageRepository, NeedColumns } from "@/lib/agents/coverage/server/repository";
import { serializeNeed } from "@/lib/agents/coverage/server/serializer";
import { coverageNeedLimit } from "@/lib/agents/coverage/values";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { newId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import { minuteOfDay, weekdays } from "@/lib/platform/time/calendar";
import type { AuditService } from "@/lib/records/audit/server/service";

interface Dependencies {
  db: Database;
  repository: CoverageRepository;
  audit: Pick<AuditService, "record">;
  pageTokens: PageTokens;
}

const tags = createEntityTags<CoverageNeed, CoverageNeedChange>("need", {
  id: "readOnly",
  workspaceId: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

/** Manages coverage needs: how many agents must be scheduled. */
export function createCoverageNeedService({ db, repository, audit, pageTokens }: Dependencies) {
  const collection = createCollection({
    noun: "coverage need",
    notFound: "CoverageNeedNotFound",
    path: "coverage-needs",
    tags,
    find: repository.find,
    serialize: serializeNeed,
  });
  const { found, load } = collection;

  /** Locks the team and the skill against deletion, and returns their names. Throws `InvalidCoverageNeed`. */
  async function nameOf(actor: Actor, { teamId, skillId }: NeedColumns): Promise<string> {
    const { workspaceId } = actor;
    const team = teamId === null ? null : await repository.teamName(workspaceId, teamId);
    const skill = skillId === null ? null : await repository.skillName(workspaceId, skillId);
    const details: ErrorDetails = {
      ...(team === undefined ? { teamId: ["is not a team in this workspace."] } : {}),
      ...(skill === undefined ? { skillId: ["is not a skill in this workspace."] } : {}),
    };
    const paths = Object.keys(details);
    if (paths.length > 0)
      throw new ApiError(
        "InvalidCoverageNeed",
        `Some values are not in this workspace. Check ${paths.join(", ")}.`,
        { details },
      );
    return [team, skill].filter((name) => name !== null).join(" · ") || "All agents";
  }

  const record = (
    actor: Actor,
    what: "created" | "changed" | "deleted",
    target: { id: string; name: string },
    now: Date,
    fields?: readonly string[],
  ) =>
    audit.record(
      actor,
      {
        action: `coverageNeed.${what}`,
        target: { type: "coverageNeed", ...target },
        ...(fields ? { details: { fields } } : {}),
      },
      now,
    );

  return {
    list: collection.lister(pageTokens, repository.list, serializeNeed),

    /** Throws `CoverageNeedNotFound`. */
    get: collection.get,

    /** Throws `InvalidCoverageNeed` or `TooManyCoverageNeeds`. */
    async create(actor: Actor, draft: CoverageNeedDraft, now: Date): Promise<Reply<CoverageNeed>> {
      const { workspaceId } = actor;
      const id = newId();
      const data = await db.transaction(async () => {
        if ((await repository.lockNeeds(workspaceId)) >= coverageNeedLimit)
          throw new ApiError(
            "TooManyCoverageNeeds",
            `The workspace already has ${coverageNeedLimit} coverage needs. Delete one first.`,
          );
        const columns = columnsOf(draft);
        const name = await nameOf(actor, columns);
        await repository.insert(workspaceId, id, columns, now);
        await record(actor, "created", { id, name }, now);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /** Throws `CoverageNeedNotFound`, `PreconditionFailed` or `InvalidCoverageNeed`. */
    async change(
      actor: Actor,
      id: string,
      change: CoverageNeedChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<CoverageNeed>> {
      return await db.transaction(async () => {
        const row = found(await repository.lock(actor.workspaceId, id));
        const before = serializeNeed(row);
        await tags.require(ifMatch, async () => before);
        const after = { ...before, ...given(change) };
        const fields = Object.keys(change).filter(
          (name) =>
            !isSame(
              after[name as keyof CoverageNeedChange] ?? null,
              before[name as keyof CoverageNeedChange] ?? null,
            ),
        );
        if (fields.length === 0) return tags.reply(before);
        const columns = columnsOf(after);
        const name = await nameOf(actor, columns);
        await repository.update(actor.workspaceId, id, columns, now);
        await record(actor, "changed", { id, name }, now, fields);
        return tags.reply(await load(actor, id));
      });
    },

    /** Throws `CoverageNeedNotFound` or `PreconditionFailed`. */
    async delete(actor: Actor, id: string, { ifMatch, now }: Conditions): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        const row = found(await repository.lock(actor.workspaceId, id));
        await tags.require(ifMatch, async () => serializeNeed(row));
        const name = await nameOf(actor, row);
        await repository.delete(actor.workspaceId, id);
        await record(actor, "deleted", { id, name }, now);
      });
      return { data: undefined };
    },
  };
}

type Complete = Omit<CoverageNeedDraft, "teamId" | "skillId" | "channel"> & {
  teamId?: string | null | undefined;
  skillId?: string | null | undefined;
  channel?: CoverageNeedDraft["channel"] | null;
};

function columnsOf({ days, from, to, minimum, teamId, skillId, channel }: Complete): NeedColumns {
  const isDate = typeof days === "string";
  return {
    teamId: teamId ?? null,
    skillId: skillId ?? null,
    channel: channel ?? null,
    weekdays: isDate ? [] : weekdays.flatMap((weekday, index) => (days.includes(weekday) ? [index] : [])),
    date: isDate ? days : null,
    fromMinute: minuteOfDay(from),
    toMinute: minuteOfDay(to),
    minimum,
  };
}

export type CoverageNeedService = ReturnType<typeof createCoverageNeedService>;
