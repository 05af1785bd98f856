import type { AgentService } from "@/lib/agents/service";
import type { Actor } from "@/lib/auth/permissions";
import type { Database } from "@/lib/db";
import { ApiError } from "@/lib/http/errors";
import type { PageTokens } from "@/lib/http/page-token";
import { pageByCreation } from "@/lib/http/paged";
import type { Reply } from "@/lib/http/reply";
import { given } from "@/lib/http/wire";
import { newId } from "@/lib/ids";
import type {
  SenderProfile,
  SenderProfileChange,
  SenderProfileDraft,
  SenderProfileUsage,
} from "@/lib/senders/contract";
import type { SenderRepository } from "@/lib/senders/repository";
import { serializeSenderProfile } from "@/lib/senders/serializer";

interface Dependencies {
  db: Database;
  repository: SenderRepository;
  agents: Pick<AgentService, "lockHolders" | "letGo">;
  pageTokens: PageTokens;
}

/** Sender profiles of a workspace. */
export function createSenderService({ db, repository, agents, pageTokens }: Dependencies) {
  const notFound = () =>
    new ApiError("SenderProfileNotFound", "There is no such sender profile in this workspace.");

  async function load(actor: Actor, id: string): Promise<SenderProfile> {
    const row = await repository.find(actor.workspaceId, id);
    if (!row) throw notFound();
    return serializeSenderProfile(row);
  }

  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        pageTokens,
        ["sender-profiles", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        serializeSenderProfile,
      );
    },

    /** Throws `SenderProfileNotFound`. */
    get(actor: Actor, id: string): Promise<SenderProfile> {
      return load(actor, id);
    },

    async create(actor: Actor, draft: SenderProfileDraft, now: Date): Promise<Reply<SenderProfile>> {
      const id = newId();
      const data = await db.transaction(async () => {
        await repository.insert(
          actor.workspaceId,
          id,
          {
            name: draft.name,
            emailUsername: draft.email.username,
            emailDomain: draft.email.domain,
            signature: draft.signature ?? null,
          },
          now,
        );
        return await load(actor, id);
      });
      return { data, location: `/api/workspaces/${actor.workspaceId}/inbox/sender-profiles/${id}` };
    },

    /** Throws `SenderProfileNotFound`. */
    async change(actor: Actor, id: string, change: SenderProfileChange, now: Date): Promise<SenderProfile> {
      return await db.transaction(async () => {
        if (!(await repository.lock(actor.workspaceId, id))) throw notFound();
        if (Object.keys(change).length > 0)
          await repository.update(
            actor.workspaceId,
            id,
            given({
              name: change.name,
              emailUsername: change.email?.username,
              emailDomain: change.email?.domain,
              signature: change.signature,
            }),
            now,
          );
        return await load(actor, id);
      });
    },

    /** Deletes a profile; agents whose default it was have none. Throws `SenderProfileNotFound`. */
    async delete(actor: Actor, id: string, now: Date): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        await agents.lockHolders(actor, { kind: "sender", id });
        if (!(await repository.lock(actor.workspaceId, id))) throw notFound();
        await agents.letGo(actor, { kind: "sender", id }, now);
        await repository.delete(actor.workspaceId, id);
      });
      return { data: undefined };
    },

    /** Throws `SenderProfileNotFound`. */
    async usage(actor: Actor, id: string): Promise<SenderProfileUsage> {
      const usage = await repository.usage(actor.workspaceId, id);
      if (!usage) throw notFound();
      return usage;
    },
  };
}
