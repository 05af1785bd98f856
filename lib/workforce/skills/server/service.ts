import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Holders } from "@/lib/workforce/holders";
import type { RoutingUses } from "@/lib/workforce/routing";
import type { Skill, SkillChange, SkillDraft, SkillUsage } from "@/lib/workforce/skills/contract";
import type { SkillRepository, ValueColumns } from "@/lib/workforce/skills/server/repository";
import { serializeSkill } from "@/lib/workforce/skills/server/serializer";

interface Dependencies {
  db: Database;
  repository: SkillRepository;
  agents: Holders;
  pageTokens: PageTokens;
  routing: Pick<RoutingUses, "ofSkill">;
}

const columnsOf = (value: { id?: string | undefined; value: string; icon?: string | null | undefined }) => ({
  id: value.id ?? newId(),
  value: value.value,
  icon: value.icon ?? null,
});

const invalid = (details: ErrorDetails) =>
  new ApiError("InvalidSkill", `Some values are not valid. Check ${Object.keys(details).join(", ")}.`, {
    details,
  });

const tags = createEntityTags<Skill, SkillChange>("skill", {
  id: "readOnly",
  workspaceId: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

export function createSkillService({ db, repository, agents, pageTokens, routing }: Dependencies) {
  const collection = createCollection({
    noun: "skill",
    notFound: "SkillNotFound",
    path: "inbox/skills",
    tags,
    find: repository.find,
    serialize: serializeSkill,
  });
  const { found, load } = collection;

  /** Returns the ids of values that the new list omits. */
  const missing = (before: Iterable<string>, values: SkillChange["values"]) => {
    const kept = new Set<string | undefined>(values?.map((value) => value.id));
    return values ? [...before].filter((id) => !kept.has(id)) : [];
  };

  return {
    list: collection.lister(pageTokens, repository.list, serializeSkill),

    /** Throws `SkillNotFound`. */
    get: collection.get,

    /** Throws `SkillAlreadyExists`. */
    async create(actor: Actor, draft: SkillDraft, now: Date): Promise<Reply<Skill>> {
      const { workspaceId } = actor;
      const { values, description = null, ...columns } = draft;
      const id = newId();
      const data = await db.transaction(async () => {
        await repository.insert(workspaceId, id, { ...columns, description }, now);
        await repository.setValues(workspaceId, id, values.map(columnsOf));
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /**
     * Changes a skill. Omitted values are removed from their agents; new names or icons do not count as
     * profile changes. Throws `SkillNotFound`, `PreconditionFailed`, `InvalidSkill` or `SkillAlreadyExists`.
     */
    async change(
      actor: Actor,
      id: string,
      change: SkillChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Skill>> {
      const { workspaceId } = actor;
      const { values, ...columns } = change;
      const removed = (before: Iterable<string>) =>
        ({ kind: "skillValues", skillId: id, ids: missing(before, values) }) as const;
      return await db.transaction(async () => {
        if (values) {
          const gone = removed(await repository.valueIds(workspaceId, id));
          if (gone.ids.length > 0) await repository.lockConversations(workspaceId, id);
          await agents.lockHolders(actor, gone);
        }
        const before = found(await repository.lock(workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));

        const details: ErrorDetails = {};
        values?.forEach((value, position) => {
          if (value.id !== undefined && !before.has(value.id))
            details[`values.${position}.id`] = [
              "is not a value of this skill. Leave it out for a new value.",
            ];
        });
        if (Object.keys(details).length > 0) throw invalid(details);

        if (values) {
          const gone = removed(before);
          if (gone.ids.length > 0) await agents.letGo(actor, gone, now);
          await repository.setValues(workspaceId, id, values.map<ValueColumns>(columnsOf));
        }
        if (change.valueType === "single" && (await repository.isHeldSeveralTimes(workspaceId, id)))
          throw invalid({
            valueType: [
              "can't change to single while agents have several values. Remove the extra values from those agents first.",
            ],
          });
        if (Object.keys(change).length > 0) await repository.update(workspaceId, id, given(columns), now);
        return tags.reply(await load(actor, id));
      });
    },

    /** Deletes a skill and removes it from its agents. Throws `SkillNotFound` or `PreconditionFailed`. */
    async delete(actor: Actor, id: string, { ifMatch, now }: Conditions): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        await repository.lockConversations(actor.workspaceId, id);
        await agents.lockHolders(actor, { kind: "skill", id });
        found(await repository.lock(actor.workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        await agents.letGo(actor, { kind: "skill", id }, now);
        await repository.delete(actor.workspaceId, id);
      });
      return { data: undefined };
    },

    /** Throws `SkillNotFound`. */
    async usage(actor: Actor, id: string): Promise<SkillUsage> {
      const usage = found(await repository.usage(actor.workspaceId, id));
      return { ...usage, ...(await routing.ofSkill(actor.workspaceId, id)) };
    },
  };
}

export type SkillService = ReturnType<typeof createSkillService>;
