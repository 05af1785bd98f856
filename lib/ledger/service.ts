import type { Actor } from "@/lib/auth/permissions";
import type { AgentId } from "@/lib/ids";
import type { Entry, LedgerRepository } from "@/lib/ledger/repository";

/** The agent that a change is about. */
export interface Subject {
  id: AgentId;
  name: string;
}

const actorOf = (actor: Actor): Entry["actor"] => ({ kind: actor.kind, id: actor.id, name: actor.name });

/** Programs act by token or key; a person in the product acts on themselves or as a supervisor. */
function causeOf(actor: Actor, agentId: AgentId): Entry["cause"] {
  if (actor.via !== "session") return "api";
  return actor.agentId === agentId ? "user" : "supervisor";
}

/** Records who changed what of which agent, and why. Call it inside the transaction of the change. */
export function createLedgerService(repository: LedgerRepository) {
  return {
    recordCreated(actor: Actor, subject: Subject, fields: Entry["fields"], at: Date): Promise<void> {
      return write(actor, subject, "created", fields, at);
    },

    recordUpdated(actor: Actor, subject: Subject, fields: Entry["fields"], at: Date): Promise<void> {
      return write(actor, subject, "updated", fields, at);
    },

    /** Of a deleted agent the id, the name, when and by whom remain, and nothing else. */
    async recordDeleted(actor: Actor, subject: Subject, at: Date): Promise<void> {
      await repository.forget(actor.workspaceId, subject.id);
      await write(actor, subject, "deleted", {}, at);
    },
  };

  function write(actor: Actor, subject: Subject, action: Entry["action"], fields: Entry["fields"], at: Date) {
    return repository.record(actor.workspaceId, {
      agentId: subject.id,
      agentName: subject.name,
      action,
      actor: actorOf(actor),
      cause: causeOf(actor, subject.id),
      fields,
      at,
    });
  }
}

export type LedgerService = ReturnType<typeof createLedgerService>;
