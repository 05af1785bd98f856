import type { Agent } from "@/lib/agents/agents/contract";
import type { AgentService } from "@/lib/agents/agents/server/service";
import type { PlannedChange } from "@/lib/agents/coverage/changes-contract";
import { outside } from "@/lib/agents/coverage/planned-changes";
import type {
  ChangeSetRepository,
  MemberRow,
  Place,
} from "@/lib/agents/coverage/server/change-set-repository";
import type { TimeOffService } from "@/lib/hours/time-off/server/service";
import type { TimeOffTypeId } from "@/lib/hours/time-off/types-contract";
import type { HoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import type { WeekService } from "@/lib/hours/weeks/server/service";
import { versionLimit } from "@/lib/hours/weeks/values";
import { ApiError, isApiError } from "@/lib/platform/http/errors";
import { optional } from "@/lib/platform/http/wire";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { epochDay, isoDate, weekdays } from "@/lib/platform/time/calendar";
import type { Subject } from "@/lib/records/ledger/server/service";
import type { TeamService } from "@/lib/workforce/teams/server/service";

export interface ChangeDependencies {
  repository: ChangeSetRepository;
  changes: HoursChanges;
  weeks: WeekService;
  timeOff: Pick<TimeOffService, "create">;
  teams: Pick<TeamService, "setMember">;
  agents: Pick<AgentService, "get" | "change">;
}

type ChangeOf<Type extends PlannedChange["type"]> = Extract<PlannedChange, { type: Type }>;

/** Everything that applying a change needs. */
interface Work {
  actor: Actor;
  changeSetId: string;
  subject: Subject;
  index: number;
  now: Date;
}

const wholeDay = [{ from: { hour: 0, minute: 0 }, to: { hour: 0, minute: 0 } }];
const wholeWeek = Object.fromEntries(weekdays.map((weekday) => [weekday, wholeDay]));

const invalid = (index: number, name: string, message: string) =>
  new ApiError("InvalidCoverageChange", `Some changes are not valid. Check changes.${index}.${name}.`, {
    details: { [`changes.${index}.${name}`]: [message] },
  });

/** Returns the use case that applies one change of a change set. */
export function createApplyChange({
  repository,
  changes,
  weeks,
  timeOff,
  teams,
  agents,
}: ChangeDependencies) {
  /** Applies a change. Returns the places that are known only afterwards. */
  async function apply(work: Work, change: PlannedChange): Promise<Place[]> {
    const { actor, now } = work;
    switch (change.type) {
      case "schedule":
        await applySchedule(work, change);
        return [];
      case "override":
        await applyOverride(work, change);
        return [];
      case "timeOff":
        return [await applyTimeOff(work, change)];
      case "rotation":
        await applyRotation(work, change);
        return [];
      case "team":
        await teams.setMember(actor, change.teamId, change.agentId, change.member, now);
        return [];
      case "skill":
        await applySkill(work, change);
        return [];
    }
  }

  async function applySchedule(
    { actor, index, now }: Work,
    { agentId, week, effectiveFrom }: ChangeOf<"schedule">,
  ) {
    const conditions = { ifMatch: undefined, now };
    if (effectiveFrom === undefined) {
      const draft = week === null ? { always: true, versions: [] } : { always: false, versions: [{ week }] };
      await weeks.setSchedule(actor, agentId, draft, conditions);
      return;
    }
    const { data } = await weeks.schedule(actor, agentId);
    const before = data.always ? [{ week: wholeWeek }] : data.versions;
    const versions = [
      ...before.filter((version) => !("effectiveFrom" in version) || version.effectiveFrom !== effectiveFrom),
      { effectiveFrom, week: week ?? wholeWeek },
    ].toSorted((one, other) => startOf(one).localeCompare(startOf(other)));
    if (versions.length > versionLimit)
      throw invalid(index, "effectiveFrom", `would give the agent more than ${versionLimit} versions.`);
    await weeks.setSchedule(actor, agentId, { always: false, versions }, conditions);
  }

  async function applyOverride(
    { actor, changeSetId, now }: Work,
    { agentId, date, intervals }: ChangeOf<"override">,
  ) {
    const { workspaceId } = actor;
    const { rows } = await repository.snapshot(workspaceId, { table: "agent_overrides", agentId, date });
    if (intervals === null) {
      if (rows.length > 0) await weeks.deleteOverride(actor, agentId, date, now);
      return;
    }
    await weeks.setOverride(actor, agentId, date, { intervals }, now);
    await repository.claimOverride(workspaceId, agentId, date, changeSetId);
  }

  async function applyTimeOff(
    { actor, index, now }: Work,
    { type: _, agentId, typeId, ...times }: ChangeOf<"timeOff">,
  ): Promise<Place> {
    const type = typeId ?? (await repository.firstTimeOffType(actor.workspaceId));
    if (type === undefined) throw invalid(index, "typeId", "is required: the workspace has no types.");
    const draft = { ...times, typeId: type as TimeOffTypeId, state: "approved" as const };
    const { data } = await timeOff.create(actor, agentId, draft, now);
    return { table: "time_off", agentId, id: data.id };
  }

  async function applyRotation({ actor, subject, index, now }: Work, change: ChangeOf<"rotation">) {
    const { workspaceId } = actor;
    const { agentId, rotationId, offset } = change;
    const dates = { from: dayIfAny(change.from), until: dayIfAny(change.until) };
    const before = await repository.rotationsOf(workspaceId, agentId);
    // A membership that is split has two parts, and the second one needs an id.
    const after: MemberRow[] = before.flatMap((member) =>
      outside(member, dates).map((part, place) => (place === 0 ? part : { ...part, id: newId() })),
    );
    if (rotationId !== null) {
      const rotation = await repository.rotation(workspaceId, rotationId);
      if (!rotation) throw invalid(index, "rotationId", "is not a rotation in this workspace.");
      const from = Math.max(rotation.startDay, dates.from ?? rotation.startDay);
      if (dates.until !== null && dates.until < from)
        throw invalid(index, "until", "must not be before the first date of the membership.");
      after.push({ id: newId(), rotationId, name: rotation.name, offset, from, until: dates.until });
    }
    await repository.setRotations(workspaceId, agentId, after);
    await changes.record(
      actor,
      [
        {
          subject,
          before: { rotation: recordedMembers(before) },
          after: { rotation: recordedMembers(after) },
        },
      ],
      now,
    );
  }

  async function applySkill(
    { actor, index, now }: Work,
    { agentId, skillId, assigned, valueIds }: ChangeOf<"skill">,
  ) {
    const { json } = await agents.get(actor, agentId, now);
    const { assignedSkills } = JSON.parse(json) as Agent;
    const others = assignedSkills.filter(({ id }) => id !== skillId);
    const kept = assignedSkills.find(({ id }) => id === skillId)?.selectedValues ?? [];
    const selectedValues = valueIds?.map((id) => ({ id })) ?? kept.map(({ id }) => ({ id }));
    const next = [
      ...others.map(({ id, selectedValues: values }) => ({
        id,
        selectedValues: values.map((value) => ({ id: value.id })),
      })),
      ...(assigned ? [{ id: skillId, selectedValues }] : []),
    ];
    try {
      await agents.change(actor, agentId, { assignedSkills: next } as Parameters<typeof agents.change>[2], {
        ifMatch: undefined,
        now,
      });
    } catch (error) {
      if (!isApiError(error) || error.code !== "InvalidAgent") throw error;
      const [message = "is not valid."] = Object.values(error.details ?? {}).flat();
      throw invalid(index, "valueIds", message);
    }
  }

  return apply;
}

const startOf = (version: object) =>
  "effectiveFrom" in version && typeof version.effectiveFrom === "string" ? version.effectiveFrom : "";

const dayIfAny = (date: string | undefined) => (date === undefined ? null : epochDay(date));

/** Returns memberships as the ledger records them. */
export const recordedMembers = (members: readonly MemberRow[]) =>
  members.map(({ rotationId, name, offset, from, until }) => ({
    id: rotationId,
    name,
    offset,
    ...optional("from", from === null ? null : isoDate(from)),
    ...optional("until", until === null ? null : isoDate(until)),
  }));

/** Returns the places that are known before a change. */
export function placesOf(change: PlannedChange): Place[] {
  const { agentId } = change;
  switch (change.type) {
    case "schedule":
      return [{ table: "agents", agentId }];
    case "override":
      return [{ table: "agent_overrides", agentId, date: change.date }];
    case "rotation":
      return [{ table: "rotation_members", agentId }];
    case "team":
      return [{ table: "team_members", agentId, teamId: change.teamId }];
    case "skill":
      return [
        { table: "agent_skills", agentId },
        { table: "agent_skill_values", agentId },
      ];
    // Its id is known only afterwards.
    case "timeOff":
      return [];
  }
}
