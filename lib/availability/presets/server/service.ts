import { agentNotFound, personSuspended, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { Availability } from "@/lib/availability/declared/contract";
import { canChangeAvailability } from "@/lib/availability/declared/permissions";
import type { AvailabilityService } from "@/lib/availability/declared/server/service";
import type {
  Preset,
  PresetChange,
  PresetChoice,
  PresetDraft,
  PresetUsage,
} from "@/lib/availability/presets/contract";
import { changeOf, hasNeedlessEnd } from "@/lib/availability/presets/rules";
import type { ChoosingAgent, PresetRepository } from "@/lib/availability/presets/server/repository";
import { serializePreset } from "@/lib/availability/presets/server/serializer";
import { presetLimit } from "@/lib/availability/presets/values";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorCode } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags, requireVersion } from "@/lib/platform/http/server/entity-tag";
import type { KeyPart, PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { LedgerService } from "@/lib/records/ledger/server/service";

interface Dependencies {
  db: Database;
  repository: PresetRepository;
  availability: Pick<AvailabilityService, "get" | "change">;
  ledger: Pick<LedgerService, "authorOf">;
  pageTokens: PageTokens;
}

// Not the position: moving another preset must not block a save.
const tags = createEntityTags<Preset, Omit<PresetChange, "position">>("preset", {
  id: "readOnly",
  position: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

const invalid = (code: ErrorCode, field: string, problem: string) =>
  new ApiError(code, `Some values are not valid. Check ${field}.`, { details: { [field]: [problem] } });

const needlessEnd = (code: ErrorCode) =>
  invalid(
    code,
    "activityTtl",
    "can't be set for the activity available, which has no time limit. Remove it or set another activity.",
  );

/**
 * Returns the start of a page. By the id of the last preset, because a deletion changes positions; by
 * position if that preset was deleted.
 */
function placeAfter(all: readonly { id: string }[], [id, position]: readonly KeyPart[]): number {
  const found = all.findIndex((preset) => preset.id === id);
  return found === -1 ? Number(position) : found + 1;
}

export function createPresetService({ db, repository, availability, ledger, pageTokens }: Dependencies) {
  const collection = createCollection({
    noun: "preset",
    notFound: "StatusNotFound",
    path: "inbox/statuses",
    tags,
    find: repository.find,
    serialize: serializePreset,
  });
  const { load } = collection;

  async function lockAgent(actor: Actor, reference: AgentReference): Promise<ChoosingAgent> {
    const agent = await repository.lockAgent(actor.workspaceId, resolveAgent(actor, reference));
    if (!agent) throw agentNotFound();
    if (!canChangeAvailability(actor, agent.id))
      throw new ApiError("Forbidden", "You can change only your own availability. Ask a supervisor.");
    return agent;
  }

  return {
    /** Returns a page of presets by position. Throws `InvalidPageToken`. */
    async list(actor: Actor, { limit, pageToken }: { limit: number; pageToken?: string | undefined }) {
      const binding = ["statuses", actor.workspaceId];
      const after = pageToken === undefined ? undefined : pageTokens.read(binding, pageToken);
      const all = await repository.list(actor.workspaceId);
      const rest = all.slice(after ? placeAfter(all, after) : 0);
      const shown = rest.slice(0, limit);
      const last = shown.at(-1);
      return {
        results: shown.map(serializePreset),
        ...(last && rest.length > limit
          ? { nextPageToken: pageTokens.make(binding, [last.id, last.position]) }
          : {}),
        total: all.length,
      };
    },

    /** Throws `StatusNotFound`. */
    get: collection.get,

    /** Throws `InvalidStatus`, `StatusAlreadyExists` or `TooManyStatuses`. */
    async create(actor: Actor, draft: PresetDraft, now: Date): Promise<Reply<Preset>> {
      const { workspaceId } = actor;
      const { position: wanted, icon = null, activityTtl = null, activityText = null, ...rest } = draft;
      if (hasNeedlessEnd(draft)) throw needlessEnd("InvalidStatus");
      const id = newId();
      const data = await db.transaction(async () => {
        await repository.lockAll(workspaceId);
        const count = await repository.count(workspaceId);
        if (count >= presetLimit)
          throw new ApiError(
            "TooManyStatuses",
            `A workspace has at most ${presetLimit} presets. Delete one that is no longer needed.`,
          );
        const position = Math.min(wanted ?? count, count);
        await repository.shift(workspaceId, position, count, 1);
        await repository.insert(workspaceId, id, { ...rest, icon, activityTtl, activityText, position }, now);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /** Throws `StatusNotFound`, `PreconditionFailed`, `InvalidStatus` or `StatusAlreadyExists`. */
    async change(
      actor: Actor,
      id: string,
      change: PresetChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Preset>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        await repository.lockAll(workspaceId);
        const before = await load(actor, id);
        await tags.require(ifMatch, async () => before);
        const wanted = given(change);
        if (hasNeedlessEnd({ ...before, ...wanted })) throw needlessEnd("InvalidStatus");
        if (Object.keys(wanted).length === 0) return tags.reply(before);
        const { position: from } = before;
        const last = (await repository.count(workspaceId)) - 1;
        const to = Math.min(wanted.position ?? from, last);
        if (to < from) await repository.shift(workspaceId, to, from - 1, 1);
        if (to > from) await repository.shift(workspaceId, from + 1, to, -1);
        await repository.update(workspaceId, id, { ...wanted, position: to }, now);
        return tags.reply(await load(actor, id));
      });
    },

    /**
     * Deletes a preset, and cancels it where it is pending. Throws `StatusNotFound` or `PreconditionFailed`.
     */
    async delete(
      actor: Actor,
      id: string,
      { ifMatch }: Pick<Conditions, "ifMatch">,
    ): Promise<Reply<undefined>> {
      const { workspaceId } = actor;
      await db.transaction(async () => {
        await repository.lockAll(workspaceId);
        const before = await load(actor, id);
        await tags.require(ifMatch, async () => before);
        await repository.delete(workspaceId, id);
        await repository.shift(workspaceId, before.position + 1, presetLimit, -1);
      });
      return { data: undefined };
    },

    /** Throws `StatusNotFound`. */
    async usage(actor: Actor, id: string): Promise<PresetUsage> {
      await load(actor, id);
      return { waiting: await repository.countPending(actor.workspaceId, id) };
    },

    /**
     * Sets an agent's availability from a preset, now or when the last messaging or voice conversation has
     * closed. Throws `AgentNotFound`, `Forbidden`, `PreconditionFailed`, `InvalidAvailability` or
     * `PersonSuspended`.
     */
    async choose(
      actor: Actor,
      reference: AgentReference,
      { presetId, when, ...own }: PresetChoice,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Availability>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        // The lock prevents conversations from closing until the choice is saved.
        const agent = await lockAgent(actor, reference);
        requireVersion(ifMatch, agent.version, "agent");
        const preset = await repository.hold(workspaceId, presetId);
        if (!preset) throw invalid("InvalidAvailability", "presetId", "is not a preset of this workspace.");
        const change = changeOf(preset, own);
        if (hasNeedlessEnd(change)) throw needlessEnd("InvalidAvailability");
        if (change.status === "active" && agent.suspended) throw personSuspended();
        if (when === "now" || !agent.isBusy) {
          await repository.deletePending(workspaceId, agent.id);
          return await availability.change(actor, agent.id, change, { ifMatch: undefined, now });
        }
        const { status, activity, activityTtl = null, activityText = null } = change;
        const pending = { presetId, status, activity, activityTtl, activityText };
        await repository.savePending(workspaceId, agent.id, pending, ledger.authorOf(actor, agent.id), now);
        return await availability.get(actor, agent.id, now);
      });
    },

    /** Cancels a pending preset, if there is one. Throws `AgentNotFound` or `Forbidden`. */
    async withdraw(actor: Actor, reference: AgentReference): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        const agent = await lockAgent(actor, reference);
        await repository.deletePending(actor.workspaceId, agent.id);
      });
      return { data: undefined };
    },
  };
}

export type PresetService = ReturnType<typeof createPresetService>;
