import { unknownAgents } from "@/lib/access/auth/server/agent-reference";
import { replaceMembers } from "@/lib/hours/shifts/members";
import type {
  Rotation,
  RotationChange,
  RotationDraft,
  RotationMembers,
} from "@/lib/hours/shifts/rotations-contract";
import { rotationField } from "@/lib/hours/shifts/server/recorded";
import type {
  RotationRepository,
  RotationRow,
  StoredMember,
} from "@/lib/hours/shifts/server/rotation-repository";
import type { ShiftRepository } from "@/lib/hours/shifts/server/shift-repository";
import type { HoursChange, HoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import type { Clock } from "@/lib/platform/clock";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given, optional, timestamp } from "@/lib/platform/http/wire";
import { type AgentId, newId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import { localDate } from "@/lib/platform/time/wall-clock";
import type { AuditService } from "@/lib/records/audit/server/service";

interface Dependencies {
  db: Database;
  repository: RotationRepository;
  shifts: Pick<ShiftRepository, "existing">;
  changes: HoursChanges;
  audit: Pick<AuditService, "record">;
  pageTokens: PageTokens;
  clock: Clock;
}

type NewMember = Omit<StoredMember, "id">;

const tags = createEntityTags<Rotation, RotationChange>("rotation", {
  id: "readOnly",
  workspaceId: "readOnly",
  startDate: "readOnly",
  versions: (versions) => versions,
  members: (members) => members.map(({ id: _, ...member }) => JSON.stringify(member)),
  agentCount: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

export function createRotationService(dependencies: Dependencies) {
  const { db, repository, shifts, changes, audit, pageTokens, clock } = dependencies;
  const shown = (row: RotationRow) => serialize(row, todayIn(row, clock.now()));
  const collection = createCollection({
    noun: "rotation",
    notFound: "RotationNotFound",
    path: "rotations",
    tags,
    find: repository.find,
    serialize: shown,
  });
  const { found, load } = collection;
  const find = async (actor: Actor, id: string) => found(await repository.find(actor.workspaceId, id));

  /** Locks the shifts that weeks refer to. Throws `InvalidRotation` for those that don't exist. */
  async function requireShifts(actor: Actor, weeks: RotationDraft["weeks"]): Promise<void> {
    const ids = new Set(weeks.flatMap((week) => Object.values(week).filter((id) => id !== undefined)));
    const known = await shifts.existing(actor.workspaceId, [...ids]);
    const details: ErrorDetails = Object.fromEntries(
      weeks.flatMap((week, index) =>
        Object.entries(week).flatMap(([weekday, id]) =>
          id === undefined || known.has(id)
            ? []
            : [[`weeks.${index}.${weekday}`, ["is not a shift in this workspace."]]],
        ),
      ),
    );
    refuse(details, "Some shifts are not in this workspace.");
  }

  /**
   * Replaces the members, from `today` (`YYYY-MM-DD`) on unless they have other dates. The rotation must be locked.
   * Throws `InvalidRotation` or `RotationOverlaps`.
   */
  async function setMembers(
    actor: Actor,
    rotation: Pick<RotationRow, "id" | "name" | "startDate" | "members">,
    drafts: readonly RotationMembers["members"][number][],
    today: string,
    now: Date,
  ): Promise<void> {
    const { workspaceId } = actor;
    const concerned = [...drafts, ...rotation.members].map(({ agentId }) => agentId);
    const subjects = await changes.lock(workspaceId, [...new Set(concerned)]);
    const members = replaceMembers(rotation.members, drafts, { startDate: rotation.startDate, today });
    requireMembers(members.wanted, new Set(subjects.keys()));
    const wanted = [...members.wanted, ...members.past];
    await requireApart(actor, rotation.id, wanted);

    const kept = wanted.map((member) =>
      rotation.members.find((old) => isSame({ ...old, id: "" }, { ...member, id: "" })),
    );
    const removed = rotation.members.filter((member) => !kept.includes(member));
    const added = wanted.flatMap((member, index) => (kept[index] ? [] : [{ ...member, id: newId() }]));
    await repository.changeMembers(workspaceId, rotation.id, {
      removed: removed.map(({ id }) => id),
      added,
    });
    const changed = new Set([...removed, ...added].map(({ agentId }) => agentId));
    await changes.record(
      actor,
      [...changed].flatMap((agentId) => {
        const subject = subjects.get(agentId);
        if (!subject) return [];
        const before = rotationField(agentId, rotation);
        return [{ subject, before, after: rotationField(agentId, { ...rotation, members: wanted }) }];
      }),
      now,
    );
  }

  /** Throws `RotationOverlaps` with the members who would be in two rotations on a date. */
  async function requireApart(actor: Actor, id: string, wanted: readonly NewMember[]): Promise<void> {
    const details: Record<string, string[]> = {};
    for (const { place, name, from, until } of await repository.overlaps(actor.workspaceId, id, wanted))
      details[`members.${place}`] = [`is in ${name} from ${from}${until ? ` until ${until}` : " on"}.`];
    for (const [place, member] of wanted.entries())
      if (wanted.slice(0, place).some((other) => overlap(member, other)))
        details[`members.${place}`] = ["is already in this list on some of these dates."];
    if (Object.keys(details).length > 0)
      throw new ApiError(
        "RotationOverlaps",
        `An agent can be in one rotation on a date. End the other membership first, or change from and until. Check ${Object.keys(details).slice(0, 5).join(", ")}.`,
        { details },
      );
  }

  /** Records in the ledgers of all members that the rotation's hours have changed. */
  async function recordMembers(
    actor: Actor,
    row: RotationRow,
    fieldsOf: (agentId: AgentId) => Pick<HoursChange, "before" | "after">,
    now: Date,
  ): Promise<void> {
    const agentIds = new Set(row.members.map(({ agentId }) => agentId));
    const subjects = await changes.lock(actor.workspaceId, [...agentIds]);
    await changes.record(
      actor,
      [...subjects.values()].map((subject) => ({ subject, ...fieldsOf(subject.id) })),
      now,
    );
  }

  return {
    list: collection.lister(pageTokens, repository.list, shown),

    /** Throws `RotationNotFound`. */
    get: collection.get,

    /** Throws `InvalidRotation`, `RotationAlreadyExists` or `RotationOverlaps`. */
    async create(actor: Actor, draft: RotationDraft, now: Date): Promise<Reply<Rotation>> {
      const { workspaceId } = actor;
      const { name, timezone = null, startDate, weeks, members } = draft;
      const id = newId();
      const data = await db.transaction(async () => {
        await requireShifts(actor, weeks);
        await repository.insert(workspaceId, id, { name, timezone, startDate }, now);
        await repository.setWeeks(workspaceId, id, startDate, weeks);
        // All members begin with the rotation, even in the past.
        await setMembers(actor, { id, name, startDate, members: [] }, members, startDate, now);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /**
     * Changes a rotation; new weeks apply from a date on. Throws `RotationNotFound`, `PreconditionFailed`,
     * `InvalidRotation` or `RotationAlreadyExists`.
     */
    async change(
      actor: Actor,
      id: string,
      { weeks, effectiveFrom, ...rest }: RotationChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Rotation>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        // Locks shifts before the rotation, in the same order as deleting a shift. Another order could deadlock.
        if (weeks) await requireShifts(actor, weeks);
        found(await repository.lock(workspaceId, id));
        const before = await find(actor, id);
        await tags.require(ifMatch, async () => shown(before));
        const today = todayIn(before, now);
        if (effectiveFrom !== undefined && effectiveFrom < today)
          refuse(
            { effectiveFrom: [`must not be before ${today}: shifts of the past stay as they were.`] },
            "Weeks can't change in the past.",
          );
        const asked = effectiveFrom ?? today;
        const from = asked < before.startDate ? before.startDate : asked;
        if (weeks) await repository.setWeeks(workspaceId, id, from, weeks);
        if (weeks || Object.keys(rest).length > 0) await repository.update(workspaceId, id, given(rest), now);
        const after = await find(actor, id);
        if (!isSame(hoursOf(before), hoursOf(after)))
          await recordMembers(
            actor,
            after,
            (agentId) => ({
              before: rotationField(agentId, before, optional("timezone", before.timezone)),
              after: rotationField(agentId, after, {
                ...optional("timezone", after.timezone),
                ...(weeks ? { weeksFrom: from } : {}),
              }),
            }),
            now,
          );
        return tags.reply(shown(after));
      });
    },

    /** Replaces the members, and keeps past shifts. Throws `RotationNotFound`, `PreconditionFailed`, `InvalidRotation` or `RotationOverlaps`. */
    async putMembers(
      actor: Actor,
      id: string,
      { members }: RotationMembers,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Rotation>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        found(await repository.lock(workspaceId, id));
        const before = await find(actor, id);
        await tags.require(ifMatch, async () => shown(before));
        await setMembers(actor, before, members, todayIn(before, now), now);
        const after = await find(actor, id);
        if (isSame(before.members, after.members)) return tags.reply(shown(after));
        await repository.update(workspaceId, id, {}, now);
        const target = { type: "rotation", id, name: before.name } as const;
        await audit.record(
          actor,
          { action: "rotation.changed", target, details: { fields: ["members"] } },
          now,
        );
        return tags.reply(await load(actor, id));
      });
    },

    /** Throws `RotationNotFound` or `PreconditionFailed`. */
    async delete(actor: Actor, id: string, { ifMatch, now }: Conditions): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        found(await repository.lock(actor.workspaceId, id));
        const row = await find(actor, id);
        await tags.require(ifMatch, async () => shown(row));
        await recordMembers(
          actor,
          row,
          (agentId) => ({ before: rotationField(agentId, row), after: {} }),
          now,
        );
        await repository.delete(actor.workspaceId, id);
      });
      return { data: undefined };
    },
  };
}

/** Returns today's date in the rotation's time zone, or else in the workspace's. */
const todayIn = ({ timezone, workspaceTimezone }: RotationRow, now: Date) =>
  localDate(timezone ?? workspaceTimezone, now.getTime());

const overlap = (one: NewMember, other: NewMember) =>
  one.agentId === other.agentId &&
  (other.until === null || one.from <= other.until) &&
  (one.until === null || other.from <= one.until);

/** Throws `InvalidRotation`. */
function requireMembers(wanted: readonly NewMember[], known: ReadonlySet<string>): void {
  const unknown = unknownAgents(
    "members",
    wanted.map(({ agentId }) => agentId),
    known,
  );
  refuse(
    Object.fromEntries(Object.entries(unknown).map(([path, messages]) => [`${path}.agentId`, messages])),
    "Some agents are not in this workspace.",
  );
  refuse(
    Object.fromEntries(
      wanted.flatMap(({ from, until }, place) =>
        until !== null && until < from
          ? [[`members.${place}.until`, [`must not be before the membership starts (${from}).`]]]
          : [],
      ),
    ),
    "Some memberships end before they start.",
  );
}

function refuse(details: ErrorDetails, message: string): void {
  const paths = Object.keys(details);
  if (paths.length > 0)
    throw new ApiError(
      "InvalidRotation",
      `${message} Check ${paths.slice(0, 5).join(", ")}${paths.length > 5 ? " …" : ""}.`,
      { details },
    );
}

const hoursOf = ({ timezone, versions }: RotationRow) => ({ timezone, versions });

function serialize(row: RotationRow, today: string): Rotation {
  const current = row.versions.findLast(({ from }) => from <= today) ?? row.versions[0];
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    name: row.name,
    ...optional("timezone", row.timezone),
    startDate: row.startDate,
    weeks: current?.weeks ?? [],
    versions: row.versions,
    members: row.members.map(({ id, agentId, offset, from, until }) => ({
      id,
      agentId,
      offset,
      ...(from > row.startDate ? { from } : {}),
      ...optional("until", until),
    })),
    agentCount: new Set(
      row.members.flatMap(({ agentId, until }) => (until === null || until >= today ? agentId : [])),
    ).size,
    createdAt: timestamp(row.createdAt),
    updatedAt: timestamp(row.updatedAt),
  };
}

export type RotationService = ReturnType<typeof createRotationService>;
