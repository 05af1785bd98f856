import type {
  TimeOffTypeColumns,
  TimeOffTypeRepository,
  TimeOffTypeRow,
} from "@/lib/hours/time-off/server/types-repository";
import type { TimeOffType, TimeOffTypeChange, TimeOffTypeDraft } from "@/lib/hours/time-off/types-contract";
import { timeOffTypeLimit } from "@/lib/hours/time-off/values";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given, timestamp } from "@/lib/platform/http/wire";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { foldText } from "@/lib/platform/text/text-folding";

interface Dependencies {
  db: Database;
  repository: TimeOffTypeRepository;
  pageTokens: PageTokens;
}

const tags = createEntityTags<TimeOffType, TimeOffTypeChange>("time off type", {
  id: "readOnly",
  workspaceId: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

export function createTimeOffTypeService({ db, repository, pageTokens }: Dependencies) {
  const collection = createCollection({
    noun: "time off type",
    notFound: "TimeOffTypeNotFound",
    path: "time-off-types",
    tags,
    find: repository.find,
    serialize,
  });
  const { load } = collection;

  /** Moves a type to a place; other types keep their order. */
  async function place(actor: Actor, id: string, position: number): Promise<void> {
    const rows = await repository.list(actor.workspaceId);
    const ids = rows.map((row) => row.id).filter((other) => other !== id);
    ids.splice(position, 0, id);
    await repository.arrange(actor.workspaceId, ids);
  }

  return {
    /** Returns a page of types. Throws `InvalidPageToken`. */
    async list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      const binding = ["timeOffTypes", actor.workspaceId];
      const [after] = query.pageToken === undefined ? [] : pageTokens.read(binding, query.pageToken);
      const rows = await repository.list(actor.workspaceId);
      const first = after === undefined ? 0 : rows.findIndex(({ position }) => position > Number(after));
      const shown = first < 0 ? [] : rows.slice(first, first + query.limit);
      const last = shown.at(-1);
      return {
        results: shown.map(serialize),
        ...(last && last !== rows.at(-1) ? { nextPageToken: pageTokens.make(binding, [last.position]) } : {}),
        total: rows.length,
      };
    },

    /** Throws `TimeOffTypeNotFound`. */
    get: collection.get,

    /** Throws `TooManyTimeOffTypes` or `TimeOffTypeAlreadyExists`. */
    async create(actor: Actor, draft: TimeOffTypeDraft, now: Date): Promise<Reply<TimeOffType>> {
      const { workspaceId } = actor;
      const id = newId();
      const { position, ...rest } = draft;
      const data = await db.transaction(async () => {
        await repository.lock(workspaceId);
        const { length } = await repository.list(workspaceId);
        if (length >= timeOffTypeLimit)
          throw new ApiError(
            "TooManyTimeOffTypes",
            `The workspace already has ${timeOffTypeLimit} time off types. Delete one first.`,
          );
        await repository.insert(workspaceId, id, { ...columnsOf(rest), position: length }, now);
        if (position !== undefined) await place(actor, id, position);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /** Throws `TimeOffTypeNotFound`, `PreconditionFailed` or `TimeOffTypeAlreadyExists`. */
    async change(
      actor: Actor,
      id: string,
      change: TimeOffTypeChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<TimeOffType>> {
      return await db.transaction(async () => {
        await repository.lock(actor.workspaceId);
        const before = await load(actor, id);
        await tags.require(ifMatch, () => Promise.resolve(before));
        const { position, ...rest } = change;
        if (Object.keys(change).length > 0)
          await repository.update(
            actor.workspaceId,
            id,
            given(columnsOf({ ...before, ...given(rest) })),
            now,
          );
        if (position !== undefined) await place(actor, id, position);
        return tags.reply(await load(actor, id));
      });
    },

    /** Throws `TimeOffTypeNotFound`, `PreconditionFailed` or `TimeOffTypeInUse`. */
    async delete(actor: Actor, id: string, ifMatch: string | undefined): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        await repository.lock(actor.workspaceId);
        const before = await load(actor, id);
        await tags.require(ifMatch, () => Promise.resolve(before));
        await repository.delete(actor.workspaceId, id);
        const rows = await repository.list(actor.workspaceId);
        await repository.arrange(
          actor.workspaceId,
          rows.map((row) => row.id),
        );
      });
      return { data: undefined };
    },
  };
}

function columnsOf({
  name,
  approval,
  private: isPrivate,
}: Pick<TimeOffType, "name" | "approval" | "private">): TimeOffTypeColumns {
  return { name, nameKey: foldText(name), approval, isPrivate };
}

function serialize(row: TimeOffTypeRow): TimeOffType {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    name: row.name,
    approval: row.approval,
    private: row.isPrivate,
    position: row.position,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}

export type TimeOffTypeService = ReturnType<typeof createTimeOffTypeService>;
