import type { Actor } from "@/lib/auth/permissions";
import { ApiError } from "@/lib/http/errors";
import type { PageTokens } from "@/lib/http/page-token";
import { pageByCreation } from "@/lib/http/paged";
import type { Skill } from "@/lib/skills/contract";
import type { SkillRepository } from "@/lib/skills/repository";
import { serializeSkill } from "@/lib/skills/serializer";

/** Skills of a workspace. */
export function createSkillService(repository: SkillRepository, tokens: PageTokens) {
  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        tokens,
        ["skills", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        serializeSkill,
      );
    },

    /** Throws `SkillNotFound`. */
    async get(actor: Actor, id: string): Promise<Skill> {
      const row = await repository.find(actor.workspaceId, id);
      if (!row) throw new ApiError("SkillNotFound", "There is no such skill in this workspace.");
      return serializeSkill(row);
    },
  };
}
