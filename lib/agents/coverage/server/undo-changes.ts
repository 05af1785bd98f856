import type { Agent } from "@/lib/agents/agents/contract";
import { type ChangeDependencies, recordedMembers } from "@/lib/agents/coverage/server/apply-change";
import type {
  ChangeSetRow,
  Place,
  Snapshot,
  StoredJson,
} from "@/lib/agents/coverage/server/change-set-repository";
import type { StoredHours, StoredVersion } from "@/lib/hours/schedule/stored";
import type { RecordedTimeOff } from "@/lib/hours/time-off/recorded";
import { timesOut } from "@/lib/hours/time-off/server/row";
import type { RecordedHours } from "@/lib/hours/weeks/recorded";
import type { HoursChange } from "@/lib/hours/weeks/server/hours-changes";
import { recordedOverride } from "@/lib/hours/weeks/server/serializer";
import { toVersions } from "@/lib/hours/weeks/versions";
import { isForeignKeyViolation } from "@/lib/platform/database/errors";
import { ApiError, isApiError } from "@/lib/platform/http/errors";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Subject } from "@/lib/records/ledger/server/service";

/** What the ledger records of an agent. Teams are in the audit log instead. */
interface Recorded extends Partial<RecordedHours> {
  timeOff?: object[];
  assignedSkills?: Agent["assignedSkills"];
}

/** Returns the use case that puts back what a change set replaced. */
export function createUndoChanges({ repository, changes, teams, agents }: ChangeDependencies) {
  /** Returns what the ledger records of an agent's places. Names are those of now. */
  async function recordedOf(
    actor: Actor,
    agentId: AgentId,
    snapshots: readonly Snapshot[],
    now: Date,
  ): Promise<Recorded> {
    const rowsOf = (table: Place["table"]): StoredJson[] | undefined => {
      const own = snapshots.filter(({ place }) => place.agentId === agentId && place.table === table);
      return own.length > 0 ? own.flatMap(({ rows }) => rows) : undefined;
    };
    const schedule = rowsOf("agents")?.[0];
    const overrides = rowsOf("agent_overrides") ?? [];
    const timeOff = (rowsOf("time_off") ?? []).filter(({ state }) => state === "approved");
    return {
      ...(schedule && { schedule: toVersions(schedule.schedule as StoredVersion[] | null) }),
      ...(overrides.length > 0 && { override: overrides.map(overrideOf) }),
      ...(timeOff.length > 0 && { timeOff: timeOff.map(timesOf) }),
      ...(rowsOf("rotation_members") && {
        rotation: recordedMembers(await repository.rotationsOf(actor.workspaceId, agentId)),
      }),
      ...(rowsOf("agent_skills") && {
        assignedSkills: (JSON.parse((await agents.get(actor, agentId, now)).json) as Agent).assignedSkills,
      }),
    };
  }

  /** Throws `ChangeSetOverwritten` if the rows refer to something that was deleted. */
  async function putBack(actor: Actor, snapshots: readonly Snapshot[], now: Date): Promise<void> {
    try {
      for (const { place, rows } of snapshots) {
        // For the audit log; the row itself becomes exactly what it was.
        if (place.table === "team_members")
          await teams.setMember(actor, place.teamId, place.agentId, rows.length > 0, now);
        await repository.restore(actor.workspaceId, { place, rows });
      }
    } catch (error) {
      const isGone = isForeignKeyViolation(error) || (isApiError(error) && error.code === "TeamNotFound");
      throw isGone ? overwritten(error) : error;
    }
  }

  /** Undoes a change set whose rows nobody has changed since. Its agents must be locked. */
  return async (
    actor: Actor,
    { before, after }: Pick<ChangeSetRow, "before" | "after">,
    subjects: ReadonlyMap<AgentId, Subject>,
    now: Date,
  ): Promise<void> => {
    const old = new Map<AgentId, Recorded>();
    for (const id of subjects.keys()) old.set(id, await recordedOf(actor, id, after, now));
    await putBack(actor, before, now);
    const entries: HoursChange[] = [];
    for (const subject of subjects.values()) {
      const restored = await recordedOf(actor, subject.id, before, now);
      entries.push({ subject, before: old.get(subject.id) ?? {}, after: restored });
    }
    await changes.record(actor, entries, now);
  };
}

export const overwritten = (cause?: unknown) =>
  new ApiError(
    "ChangeSetOverwritten",
    "Something that the change set touched was changed later. Change it by hand instead.",
    { cause },
  );

const overrideOf = ({ date, intervals, note }: StoredJson) =>
  recordedOverride({
    date: date as string,
    intervals: intervals as StoredHours[],
    note: note as string | null,
  });

const timesOf = (row: StoredJson): RecordedTimeOff => ({
  id: row.id as string,
  ...timesOut({
    startDate: row.start_date as string,
    endDate: row.end_date as string,
    startMinute: row.start_minute as number | null,
    endMinute: row.end_minute as number | null,
  }),
});
