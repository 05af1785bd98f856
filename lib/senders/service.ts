import type { Actor } from "@/lib/auth/permissions";
import { ApiError } from "@/lib/http/errors";
import type { PageTokens } from "@/lib/http/page-token";
import { pageByCreation } from "@/lib/http/paged";
import type { SenderProfile } from "@/lib/senders/contract";
import type { SenderRepository } from "@/lib/senders/repository";
import { serializeSenderProfile } from "@/lib/senders/serializer";

/** Sender profiles of a workspace. */
export function createSenderService(repository: SenderRepository, tokens: PageTokens) {
  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        tokens,
        ["sender-profiles", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        serializeSenderProfile,
      );
    },

    /** Throws `SenderProfileNotFound`. */
    async get(actor: Actor, id: string): Promise<SenderProfile> {
      const row = await repository.find(actor.workspaceId, id);
      if (!row)
        throw new ApiError("SenderProfileNotFound", "There is no such sender profile in this workspace.");
      return serializeSenderProfile(row);
    },
  };
}
