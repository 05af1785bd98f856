import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Matcher } from "@/lib/routing/matcher";
import type { Queue, QueueChange, QueueDraft, QueueUsage } from "@/lib/routing/queues/contract";
import type {
  QueueColumns,
  QueueRepository,
  QueueTeam,
  StoredStep,
} from "@/lib/routing/queues/server/repository";
import { serializeQueue } from "@/lib/routing/queues/server/serializer";
import { queueTeamTypes } from "@/lib/routing/queues/values";

interface Dependencies {
  db: Database;
  repository: QueueRepository;
  pageTokens: PageTokens;
  matcher: Matcher;
}

const tags = createEntityTags<Queue, QueueChange>("queue", {
  id: "readOnly",
  workspaceId: "readOnly",
  queuedItems: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

export function createQueueService({ db, repository, pageTokens, matcher }: Dependencies) {
  const collection = createCollection({
    noun: "queue",
    notFound: "QueueNotFound",
    path: "inbox/routing-queues",
    tags,
    find: repository.find,
    serialize: serializeQueue,
  });
  const { found, load } = collection;

  /** Locks the teams that a request names. Returns errors by path for those that don't exist. */
  async function unknownTeams(actor: Actor, change: QueueChange): Promise<ErrorDetails> {
    const named = [...pathsOf("teams", "ids", change.teams), ...pathsOf("steps", "teamIds", change.steps)];
    if (named.length === 0) return {};
    const known = await repository.existingTeams(
      actor.workspaceId,
      named.map(({ id }) => id),
    );
    return Object.fromEntries(
      named.flatMap(({ path, id }) => (known.has(id) ? [] : [[path, ["is not a team in this workspace."]]])),
    );
  }

  function requireKnown(details: ErrorDetails): void {
    const paths = Object.keys(details);
    if (paths.length > 0)
      throw new ApiError(
        "InvalidQueue",
        `Some teams are not in this workspace. Check ${paths.slice(0, 5).join(", ")}${paths.length > 5 ? " …" : ""}.`,
        { details },
      );
  }

  async function setTeams(actor: Actor, id: string, { teams, steps }: QueueChange): Promise<void> {
    if (teams) await repository.setTeams(actor.workspaceId, id, queueTeamTypes, teamsOf(teams));
    if (steps) await repository.setTeams(actor.workspaceId, id, ["step"], stepTeamsOf(steps));
  }

  const usage = async (actor: Actor, id: string): Promise<QueueUsage> =>
    found(await repository.usage(actor.workspaceId, id));

  /** Throws `QueueNotFound`, `PreconditionFailed` or `QueueInUse`. */
  async function requireUnused(actor: Actor, id: string, ifMatch: string | undefined): Promise<void> {
    await tags.require(ifMatch, () => load(actor, id));
    const { waiting } = await usage(actor, id);
    if (waiting > 0)
      throw new ApiError(
        "QueueInUse",
        `Conversations wait in this queue (${waiting}). Move or close them first.`,
      );
  }

  const wake = (actor: Actor) => db.afterCommit(() => matcher.wake(actor.workspaceId));

  return {
    list: collection.lister(pageTokens, repository.list, serializeQueue),

    /** Throws `QueueNotFound`. */
    get: collection.get,

    /** Throws `InvalidQueue` or `DefaultQueueAlreadyExists`. */
    async create(actor: Actor, draft: QueueDraft, now: Date): Promise<Reply<Queue>> {
      const { workspaceId } = actor;
      const { teams: _, default: isDefault, description = null, steps, ...columns } = draft;
      const id = newId();
      const data = await db.transaction(async () => {
        requireKnown(await unknownTeams(actor, draft));
        const values = { ...columns, isDefault, description, steps: storedSteps(steps) };
        await repository.insert(workspaceId, id, values, now);
        await setTeams(actor, id, draft);
        wake(actor);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /** Throws `QueueNotFound`, `PreconditionFailed`, `InvalidQueue` or `DefaultQueueAlreadyExists`. */
    async change(
      actor: Actor,
      id: string,
      change: QueueChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Queue>> {
      return await db.transaction(async () => {
        // Lock teams before the queue: deleting a team locks in this order.
        const details = await unknownTeams(actor, change);
        found(await repository.lock(actor.workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        requireKnown(details);
        if (Object.keys(change).length > 0) {
          await repository.update(actor.workspaceId, id, columnsOf(change), now);
          await setTeams(actor, id, change);
          wake(actor);
        }
        return tags.reply(await load(actor, id));
      });
    },

    /**
     * Takes closed conversations out of a queue that can be deleted. Call it before `delete`, outside of its
     * transaction. Throws what `delete` throws.
     */
    async empty(actor: Actor, id: string, { ifMatch }: Pick<Conditions, "ifMatch">): Promise<void> {
      await requireUnused(actor, id, ifMatch);
      await repository.leaveClosed(actor.workspaceId, id);
    },

    /** Deletes a queue without waiting conversations. Throws `QueueNotFound`, `PreconditionFailed` or `QueueInUse`. */
    async delete(actor: Actor, id: string, { ifMatch, now }: Conditions): Promise<Reply<undefined>> {
      const { workspaceId } = actor;
      await db.transaction(async () => {
        found(await repository.lockForDeletion(workspaceId, id));
        await requireUnused(actor, id, ifMatch);
        await repository.delete(workspaceId, id, now);
        wake(actor);
      });
      return { data: undefined };
    },

    /** Throws `QueueNotFound`. */
    usage,
  };
}

/** Returns all ids in a list of objects with lists of ids, with their paths in the body. */
function pathsOf<Name extends string>(
  list: string,
  name: Name,
  items: readonly { [key in Name]?: readonly string[] | undefined }[] = [],
): { path: string; id: string }[] {
  return items.flatMap((item, index) =>
    (item[name] ?? []).map((id, position) => ({ path: `${list}.${index}.${name}.${position}`, id })),
  );
}

const storedSteps = (steps: QueueDraft["steps"]): StoredStep[] =>
  steps.map(({ teamIds: _, ...step }) => given(step) as StoredStep);

const teamsOf = (teams: QueueDraft["teams"]): QueueTeam[] =>
  teams.flatMap(({ type, ids }) => ids.map((id) => ({ id, kind: type, step: 0 })));

const stepTeamsOf = (steps: QueueDraft["steps"]): QueueTeam[] =>
  steps.flatMap(({ teamIds = [] }, step) => teamIds.map((id) => ({ id, kind: "step" as const, step })));

function columnsOf({ teams: _, default: isDefault, steps, ...rest }: QueueChange): Partial<QueueColumns> {
  return given({ ...rest, isDefault, steps: steps && storedSteps(steps) });
}

export type QueueService = ReturnType<typeof createQueueService>;
