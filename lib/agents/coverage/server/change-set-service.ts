import { agentNotFound } from "@/lib/access/auth/server/agent-reference";
import type { ChangeSet, ChangeSetDraft, PlannedChange } from "@/lib/agents/coverage/changes-contract";
import { fromToday } from "@/lib/agents/coverage/planned-changes";
import {
  type ChangeDependencies,
  createApplyChange,
  placesOf,
} from "@/lib/agents/coverage/server/apply-change";
import type { ChangeSetRow, Place, Snapshot } from "@/lib/agents/coverage/server/change-set-repository";
import { type ChangeReferences, unknownAgentsOf } from "@/lib/agents/coverage/server/references";
import { createUndoChanges, overwritten } from "@/lib/agents/coverage/server/undo-changes";
import { viewOf } from "@/lib/hours/time-off/permissions";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, isApiError } from "@/lib/platform/http/errors";
import { matchesVersion } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import { pageByCreation } from "@/lib/platform/http/server/paged";
import { optional, timestamp } from "@/lib/platform/http/wire";
import { type AgentId, newId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor, Permission } from "@/lib/platform/security/permissions";
import { epochDay } from "@/lib/platform/time/calendar";
import { localDate } from "@/lib/platform/time/wall-clock";
import type { Subject } from "@/lib/records/ledger/server/service";

interface Dependencies extends ChangeDependencies {
  db: Database;
  references: ChangeReferences;
  pageTokens: PageTokens;
}

/** Applies several changes in one transaction, and undoes them. */
export function createChangeSetService(dependencies: Dependencies) {
  const { db, repository, references, changes: hoursChanges, pageTokens } = dependencies;
  const apply = createApplyChange(dependencies);
  const undoChanges = createUndoChanges(dependencies);

  const notFound = () =>
    new ApiError("ChangeSetNotFound", "No change set with this id exists in this workspace.");

  /** Locks the agents of changes. Throws `AgentNotFound`, `InvalidCoverageChange` or `PreconditionFailed`. */
  async function lock(
    actor: Actor,
    changes: readonly PlannedChange[],
    versions: Readonly<Record<string, string>>,
  ): Promise<Map<AgentId, Subject>> {
    const ids = [...new Set(changes.map(({ agentId }) => agentId))].sort();
    const subjects = await hoursChanges.lock(actor.workspaceId, ids);
    if (subjects.size < ids.length) throw unknownAgentsOf(changes, new Set(subjects.keys()));
    const unused = Object.keys(versions).filter((id) => !subjects.has(id as AgentId));
    if (unused.length > 0)
      throw new ApiError(
        "InvalidCoverageChange",
        "Some versions are of agents without a change. Check versions.",
        {
          details: Object.fromEntries(
            unused.map((id) => [`versions.${id}`, ["is not an agent of these changes."]]),
          ),
        },
      );
    for (const { agentId, version } of await repository.versions(actor.workspaceId, ids)) {
      const tag = versions[agentId];
      if (tag !== undefined && !matchesVersion(tag, version))
        throw new ApiError(
          "PreconditionFailed",
          "An agent was changed after you read it. Read it again, then send the changes with the new ETag.",
          { details: { [`versions.${agentId}`]: ["is not the current ETag of the agent."] } },
        );
    }
    return subjects;
  }

  const snapshots = async (actor: Actor, places: readonly Place[]): Promise<Snapshot[]> => {
    const found: Snapshot[] = [];
    for (const place of places) found.push(await repository.snapshot(actor.workspaceId, place));
    return found;
  };

  async function load(actor: Actor, id: string): Promise<ChangeSet> {
    const row = await repository.find(actor.workspaceId, id);
    if (!row) throw notFound();
    return serialize(actor, row);
  }

  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        pageTokens,
        ["changeSets", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        (row) => serialize(actor, row),
      );
    },

    /** Throws `ChangeSetNotFound`. */
    get: load,

    /**
     * Applies changes in order, all or nothing. Throws `AgentNotFound`, `PreconditionFailed`, `Forbidden`,
     * `InvalidCoverageChange`, and the errors of the single changes.
     */
    async create(actor: Actor, { changes, versions = {} }: ChangeSetDraft, now: Date): Promise<ChangeSet> {
      const { workspaceId } = actor;
      const id = newId();
      authorize(actor, changes);
      return await db.transaction(async () => {
        const subjects = await lock(actor, changes, versions);
        await references.require(workspaceId, changes);
        const places = unique(changes.flatMap(placesOf));
        const before = await snapshots(actor, places);
        const added: Place[] = [];
        const today = epochDay(localDate(await repository.timezone(workspaceId), now.getTime()));
        for (const [index, sent] of changes.entries()) {
          const change = fromToday(sent, today);
          const subject = subjects.get(change.agentId);
          if (!subject) throw agentNotFound();
          try {
            added.push(...(await apply({ actor, changeSetId: id, subject, index, now }, change)));
          } catch (error) {
            throw located(error, index);
          }
        }
        const after = await snapshots(actor, [...places, ...added]);
        await repository.insert({
          id,
          workspaceId,
          changes,
          before: [...before, ...added.map((place) => ({ place, rows: [] }))],
          after,
          actorKind: actor.kind,
          actorId: actor.id,
          actorName: actor.name,
          createdAt: now,
          undoneAt: null,
        });
        return await load(actor, id);
      });
    },

    /**
     * Restores what a change set replaced. Throws `ChangeSetNotFound`, `Forbidden`, `ChangeSetUndone` or
     * `ChangeSetOverwritten`.
     */
    async undo(actor: Actor, id: string, now: Date): Promise<ChangeSet> {
      return await db.transaction(async () => {
        // Locks agents before the change set, like all other changes of agents. Another order could deadlock.
        const known = await repository.find(actor.workspaceId, id);
        if (!known) throw notFound();
        const ids = [...new Set(known.after.map(({ place }) => place.agentId))].sort();
        const subjects = await hoursChanges.lock(actor.workspaceId, ids);
        const row = await repository.lock(actor.workspaceId, id);
        if (!row) throw notFound();
        authorize(actor, row.changes);
        if (row.undoneAt) throw new ApiError("ChangeSetUndone", "The change set was already undone.");
        const current = await snapshots(
          actor,
          row.after.map(({ place }) => place),
        );
        if (!isSame(current, row.after)) throw overwritten();
        await undoChanges(actor, row, subjects, now);
        await repository.markUndone(actor.workspaceId, id, now);
        return await load(actor, id);
      });
    },
  };
}

/** The permission that each change needs besides that of the operation, and the noun of its error message. */
const needed: { readonly [type in PlannedChange["type"]]: readonly [Permission, string] | null } = {
  schedule: null,
  override: null,
  rotation: null,
  timeOff: ["timeOff.write", "time off"],
  team: ["agents.write", "teams"],
  skill: ["agents.write", "skills"],
};

/** Throws `Forbidden` unless the actor may make each change alone. Undoing needs the same permissions. */
function authorize({ permissions }: Actor, changes: readonly PlannedChange[]): void {
  for (const { type } of changes) {
    const [permission, noun] = needed[type] ?? [];
    if (permission && !permissions.has(permission))
      throw new ApiError("Forbidden", `Changes of ${noun} need the permission ${permission}.`);
  }
}

/** Names the change that was refused in the details of an error, so that the caller knows whose it is. */
function located(error: unknown, index: number): unknown {
  if (!isApiError(error)) return error;
  const own = `changes.${index}`;
  const details = Object.entries(error.details ?? { [own]: [error.message] });
  return new ApiError(error.code, error.message, {
    details: Object.fromEntries(
      details.map(([path, messages]) => [path.startsWith(own) ? path : `${own}.${path}`, messages]),
    ),
    headers: error.headers,
    cause: error,
  });
}

function unique(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}

function serialize(actor: Actor, row: ChangeSetRow): ChangeSet {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    changes: row.changes.map((change) => shownTo(actor, change)),
    actor: { type: row.actorKind, ...optional("id", row.actorId), name: row.actorName },
    createdAt: timestamp(row.createdAt),
    ...(row.undoneAt ? { undoneAt: timestamp(row.undoneAt) } : {}),
  };
}

/** Colleagues don't see types of time off, which can be private. */
function shownTo(actor: Actor, change: PlannedChange): PlannedChange {
  if (change.type !== "timeOff" || viewOf(actor, change.agentId) === "all") return change;
  const { typeId: _, ...rest } = change;
  return rest;
}

export type ChangeSetService = ReturnType<typeof createChangeSetService>;
