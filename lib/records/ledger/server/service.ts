import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { ChangePage, ChangeQuery } from "@/lib/records/ledger/contract";
import { type Entry, entryRows } from "@/lib/records/ledger/server/entry.sql";
import type { ChangeFilter, LedgerRepository } from "@/lib/records/ledger/server/repository";
import { serializeChange } from "@/lib/records/ledger/server/serializer";

/** The agent of a change. */
export interface Subject {
  id: AgentId;
  name: string;
}

const actorOf = (actor: Actor): Entry["actor"] => ({ kind: actor.kind, id: actor.id, name: actor.name });

/** Tokens and access keys count as `api`; in the browser, people change themselves or act as supervisors. */
function causeOf(actor: Actor, agentId: AgentId): Entry["cause"] {
  if (actor.via !== "session") return "api";
  return actor.agentId === agentId ? "user" : "supervisor";
}

/** The ledger: who changed what about an agent, and why. Record entries in the transaction of the change. */
export function createLedgerService(repository: LedgerRepository, tokens: PageTokens) {
  return {
    recordCreated(actor: Actor, subject: Subject, fields: Entry["fields"], at: Date): Promise<void> {
      return write(actor, "created", [{ subject, fields }], at);
    },

    recordUpdated(actor: Actor, subject: Subject, fields: Entry["fields"], at: Date): Promise<void> {
      return write(actor, "updated", [{ subject, fields }], at);
    },

    /** Records a change to an agent that the product made automatically. */
    async recordOwn(
      workspaceId: AuthorizedWorkspaceId,
      cause: "presence",
      subject: Subject,
      fields: Entry["fields"],
      at: Date,
    ): Promise<void> {
      const actor = { kind: "system", id: null, name: "Rollcall" } as const;
      const { id: agentId, name: agentName } = subject;
      await repository.record(workspaceId, [
        { agentId, agentName, action: "updated", actor, cause, fields, at },
      ]);
    },

    /**
     * Returns the entry of an update, for a change that inserts it in its own statement (`insertEntries`).
     */
    updated(actor: Actor, subject: Subject, fields: Entry["fields"], at: Date): string {
      return entryRows(entriesOf(actor, "updated", [{ subject, fields }], at));
    },

    /** Returns the author and reason of an entry, for a change that follows later. */
    authorOf(actor: Actor, agentId: AgentId): Pick<Entry, "actor" | "cause"> {
      return { actor: actorOf(actor), cause: causeOf(actor, agentId) };
    },

    /** Records one change of many agents. */
    recordUpdates(
      actor: Actor,
      changes: readonly { subject: Subject; fields: Entry["fields"] }[],
      at: Date,
    ): Promise<void> {
      return write(actor, "updated", changes, at);
    },

    /** Records a deletion and deletes all earlier entries of the agent. */
    async recordDeleted(actor: Actor, subject: Subject, at: Date): Promise<void> {
      await repository.forget(actor.workspaceId, subject.id);
      await write(actor, "deleted", [{ subject, fields: {} }], at);
    },

    /** Returns a page of the changes of all agents, newest first. */
    list(actor: Actor, query: ChangeQuery): Promise<ChangePage> {
      return page(actor, {}, query);
    },

    /**
     * Returns a page of the changes of an agent, newest first; also of a deleted one. Throws `AgentNotFound`.
     */
    async listOf(actor: Actor, reference: AgentReference, query: ChangeQuery): Promise<ChangePage> {
      const agentId = reference === "me" ? actor.agentId : reference;
      if (!agentId || !(await repository.knows(actor.workspaceId, agentId)))
        throw new ApiError("AgentNotFound", "No agent with this id has ever existed in this workspace.");
      return page(actor, { agentId }, query);
    },
  };

  async function page(
    actor: Actor,
    of: Pick<ChangeFilter, "agentId">,
    { limit, pageToken, ...narrowed }: ChangeQuery,
  ): Promise<ChangePage> {
    const filter: ChangeFilter = { ...of, ...narrowed };
    const { agentId, actorId, action, cause, field, since, upto } = filter;
    const binding = ["changes", actor.workspaceId, { agentId, actorId, action, cause, field, since, upto }];
    const [before] = pageToken === undefined ? [] : tokens.read(binding, pageToken);
    const rows = await repository.list(actor.workspaceId, filter, {
      before: before === undefined ? undefined : String(before),
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      results: shown.map(serializeChange),
      ...(last && rows.length > limit ? { nextPageToken: tokens.make(binding, [last.id]) } : {}),
    };
  }

  async function write(
    actor: Actor,
    action: Entry["action"],
    changes: readonly { subject: Subject; fields: Entry["fields"] }[],
    at: Date,
  ): Promise<void> {
    const entries = entriesOf(actor, action, changes, at);
    if (entries.length > 0) await repository.record(actor.workspaceId, entries);
  }
}

function entriesOf(
  actor: Actor,
  action: Entry["action"],
  changes: readonly { subject: Subject; fields: Entry["fields"] }[],
  at: Date,
): Entry[] {
  // An update without a visible effect, such as setting a status that presence had already set, has no entry.
  const worthwhile = changes.filter(({ fields }) => action !== "updated" || Object.keys(fields).length > 0);
  return worthwhile.map(({ subject, fields }) => ({
    agentId: subject.id,
    agentName: subject.name,
    action,
    actor: actorOf(actor),
    cause: causeOf(actor, subject.id),
    fields,
    at,
  }));
}

export type LedgerService = ReturnType<typeof createLedgerService>;
