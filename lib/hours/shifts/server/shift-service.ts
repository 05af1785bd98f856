import { toIntervals, toStoredHours } from "@/lib/hours/schedule/stored";
import type { Shift, ShiftChange, ShiftDraft } from "@/lib/hours/shifts/contract";
import { rotationField } from "@/lib/hours/shifts/server/recorded";
import type { ShiftColumns, ShiftRepository, ShiftRow } from "@/lib/hours/shifts/server/shift-repository";
import type { HoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given, timestamp } from "@/lib/platform/http/wire";
import { type AgentId, newId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";

interface Dependencies {
  db: Database;
  repository: ShiftRepository;
  changes: HoursChanges;
  pageTokens: PageTokens;
}

const tags = createEntityTags<Shift, ShiftChange>("shift", {
  id: "readOnly",
  workspaceId: "readOnly",
  agentCount: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

export function createShiftService({ db, repository, changes, pageTokens }: Dependencies) {
  const collection = createCollection({
    noun: "shift",
    notFound: "ShiftNotFound",
    path: "shifts",
    tags,
    find: repository.find,
    serialize,
  });
  const { found, load } = collection;

  /** Records a change of the hours of all members of rotations that use the shift. */
  async function recordHours(actor: Actor, before: Shift, after: Shift, now: Date): Promise<void> {
    if (isSame(hoursOf(before), hoursOf(after))) return;
    const rotations = await repository.usage(actor.workspaceId, after.id);
    const agentIds = new Set(rotations.flatMap(({ members }) => members.map(({ agentId }) => agentId)));
    const subjects = await changes.lock(actor.workspaceId, [...agentIds]);
    const fieldsOf = (agentId: AgentId, shift: Shift) => ({
      rotation: rotations.flatMap(
        (rotation) => rotationField(agentId, rotation, { shift: hoursOf(shift) }).rotation ?? [],
      ),
    });
    await changes.record(
      actor,
      [...subjects.values()].map((subject) => ({
        subject,
        before: fieldsOf(subject.id, before),
        after: fieldsOf(subject.id, after),
      })),
      now,
    );
  }

  return {
    list: collection.lister(pageTokens, repository.list, serialize),

    /** Throws `ShiftNotFound`. */
    get: collection.get,

    /** Throws `ShiftAlreadyExists`. */
    async create(actor: Actor, { intervals, ...draft }: ShiftDraft, now: Date): Promise<Reply<Shift>> {
      const { workspaceId } = actor;
      const id = newId();
      const data = await db.transaction(async () => {
        const values = { ...draft, intervals: toStoredHours(intervals) };
        await repository.insert(workspaceId, id, values, now);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /** Changes a shift on all its dates. Throws `ShiftNotFound`, `PreconditionFailed` or `ShiftAlreadyExists`. */
    async change(
      actor: Actor,
      id: string,
      { intervals, ...rest }: ShiftChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Shift>> {
      return await db.transaction(async () => {
        found(await repository.lock(actor.workspaceId, id));
        const before = await load(actor, id);
        await tags.require(ifMatch, async () => before);
        const values: Partial<ShiftColumns> = {
          ...given(rest),
          ...(intervals ? { intervals: toStoredHours(intervals) } : {}),
        };
        if (Object.keys(values).length > 0) await repository.update(actor.workspaceId, id, values, now);
        const after = await load(actor, id);
        await recordHours(actor, before, after, now);
        return tags.reply(after);
      });
    },

    /** Throws `ShiftNotFound`, `PreconditionFailed` or `ShiftInUse`. */
    async delete(actor: Actor, id: string, { ifMatch }: Conditions): Promise<Reply<undefined>> {
      const { workspaceId } = actor;
      await db.transaction(async () => {
        found(await repository.lock(workspaceId, id));
        await tags.require(ifMatch, () => load(actor, id));
        const rotations = (await repository.usage(workspaceId, id)).map(({ name }) => name);
        if (rotations.length > 0)
          throw new ApiError(
            "ShiftInUse",
            `Rotations use this shift, now or in an earlier version: ${rotations.slice(0, 5).join(", ")}${rotations.length > 5 ? " …" : ""}. Their past would change. Rename the shift instead, or delete the rotations first.`,
          );
        await repository.delete(workspaceId, id);
      });
      return { data: undefined };
    },
  };
}

const hoursOf = ({ id, intervals, worksOnHolidays }: Shift) => ({ id, intervals, worksOnHolidays });

function serialize({ intervals, createdAt, updatedAt, ...row }: ShiftRow): Shift {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    name: row.name,
    colour: row.colour,
    intervals: toIntervals(intervals),
    worksOnHolidays: row.worksOnHolidays,
    agentCount: row.agentCount,
    createdAt: timestamp(createdAt),
    updatedAt: timestamp(updatedAt),
  };
}

export type ShiftService = ReturnType<typeof createShiftService>;
