import { personSuspended, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { Agent, AgentChange } from "@/lib/agents/agents/contract";
import { forbiddenProperties } from "@/lib/agents/agents/permissions";
import { recordedProperties } from "@/lib/agents/agents/properties";
import { type BadFiles, createFileChanges } from "@/lib/agents/agents/server/change-files";
import { type AgentColumns, columnsOf } from "@/lib/agents/agents/server/columns";
import { type CurrentAgent, readCurrent } from "@/lib/agents/agents/server/current";
import type { AgentDependencies } from "@/lib/agents/agents/server/dependencies";
import { invalidAgent } from "@/lib/agents/agents/server/invalid";
import type { AgentWrite } from "@/lib/agents/agents/server/write-repository";
import { changeAvailability } from "@/lib/availability/declared/rules";
import { declaredAvailability } from "@/lib/availability/declared/server/serializer";
import { tagged } from "@/lib/availability/declared/server/tags";
import { foldedWeek, toOnlyVersion } from "@/lib/hours/schedule/stored";
import { datedIn, toVersions } from "@/lib/hours/weeks/versions";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, requireVersion } from "@/lib/platform/http/server/entity-tag";
import type { ReadyReply } from "@/lib/platform/http/server/reply";
import type { AgentId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import { changedFields } from "@/lib/records/ledger/rules";
import type { Entry } from "@/lib/records/ledger/server/entry.sql";

export function createAgentChange(dependencies: AgentDependencies) {
  const { db, repository, ledger, media } = dependencies;
  const files = createFileChanges(dependencies);

  /**
   * Checks the new uploads that a change refers to and returns the problem with each. Runs before the
   * transaction to keep it short, and only if the actor may make the change.
   */
  async function finishUploads(
    actor: Actor,
    reference: AgentReference,
    change: AgentChange,
    { ifMatch, now }: Conditions,
  ): Promise<BadFiles> {
    const agentId = resolveAgent(actor, reference);
    const { avatar, audio } = files.filesOf(actor, agentId, change);
    if (avatar.length + audio.length === 0) return new Map();
    admit(actor, await readCurrent(dependencies, actor, reference, now), change, ifMatch);
    return new Map([
      ...(await media.finishUploads(actor.workspaceId, agentId, "avatar", avatar, now)),
      ...(await media.finishUploads(actor.workspaceId, agentId, "audio", audio, now)),
    ]);
  }

  /** Returns the rows that a change writes, after checking everything it refers to. Throws `InvalidAgent`. */
  async function plan(
    actor: Actor,
    current: CurrentAgent,
    change: AgentChange,
    badFiles: BadFiles,
    now: Date,
  ): Promise<AgentWrite> {
    const { agent } = current;
    const details: ErrorDetails = {};
    const availability = await planStatus(actor, current, change.status, now, details);
    const picture = await files.planAvatar(actor, current, change.avatarUrl, badFiles, details);
    const dropVms = await files.planDropVms(actor, current, change.dropVms, badFiles, details);
    if (change.defaultSenderId && change.defaultSenderId !== agent.defaultSenderId)
      if (!(await repository.senderExists(actor.workspaceId, change.defaultSenderId)))
        details.defaultSenderId = ["is not a sender profile in this workspace."];
    await checkSkills(actor, change.assignedSkills, details);
    if (Object.keys(details).length > 0) throw invalidAgent(details);
    const skills = change.assignedSkills;
    const columns: AgentColumns = { ...changedColumns(agent, change), ...picture };
    if (columns.timezone !== undefined && columns.schedule === undefined) {
      const schedule = await repository.schedule(actor.workspaceId, current.id);
      if (schedule && schedule.length > 1) columns.schedule = datedIn(columns.timezone, schedule);
    }
    return {
      now,
      columns,
      availability,
      skills: skills && !isSame(selection(skills), selection(agent.assignedSkills)) ? skills : undefined,
      dropVms,
    };
  }

  async function planStatus(
    actor: Actor,
    { id }: CurrentAgent,
    status: AgentChange["status"],
    now: Date,
    details: ErrorDetails,
  ): Promise<AgentWrite["availability"]> {
    if (status === undefined) return undefined;
    const declared = declaredAvailability(await repository.availability(actor.workspaceId, id));
    const outcome = changeAvailability(declared, { status }, now.getTime());
    if (outcome.ok) return outcome.changed ? outcome.next : undefined;
    Object.assign(details, outcome.problems);
    return undefined;
  }

  async function checkSkills(
    actor: Actor,
    assigned: AgentChange["assignedSkills"],
    details: ErrorDetails,
  ): Promise<void> {
    if (!assigned || assigned.length === 0) return;
    const skills = await repository.skills(
      actor.workspaceId,
      assigned.map((skill) => skill.id),
    );
    assigned.forEach((skill, index) => {
      const found = skills.get(skill.id);
      if (!found) {
        details[`assignedSkills.${index}.id`] = ["is not a skill in this workspace."];
        return;
      }
      if (found.valueType === "single" && skill.selectedValues.length > 1)
        details[`assignedSkills.${index}.selectedValues`] = [
          "must have at most one value, because this skill has the type single.",
        ];
      skill.selectedValues.forEach((value, position) => {
        if (!found.valueIds.has(value.id))
          details[`assignedSkills.${index}.selectedValues.${position}.id`] = [
            "is not a value of this skill.",
          ];
      });
    });
  }

  /**
   * Returns the ledger's field of weekly hours that a change of `weeklySchedule` replaces, if that property doesn't show
   * all of them.
   */
  async function lostVersions(
    actor: Actor,
    id: AgentId,
    { columns: { schedule }, now }: AgentWrite,
  ): Promise<Entry["fields"]> {
    if (schedule === undefined) return {};
    const stored = await repository.schedule(actor.workspaceId, id);
    if (!stored || isSame(stored, toOnlyVersion(foldedWeek(stored, now.getTime())))) return {};
    return { schedule: { before: toVersions(stored), after: toVersions(schedule) } };
  }

  return {
    /**
     * Changes an agent in one transaction. Throws `AgentNotFound`, `Forbidden`, `PreconditionFailed` or
     * `InvalidAgent`.
     */
    async change(
      actor: Actor,
      reference: AgentReference,
      change: AgentChange,
      { ifMatch, now }: Conditions,
    ): Promise<ReadyReply> {
      const badFiles = await finishUploads(actor, reference, change, { ifMatch, now });
      const { json, version } = await db.transaction(async () => {
        const before = await readCurrent(dependencies, actor, reference, now, { lock: true });
        admit(actor, before, change, ifMatch);
        const write = await plan(actor, before, change, badFiles, now);
        if (change.status === "active" && (await repository.isSuspended(actor.workspaceId, before.id)))
          throw personSuspended();
        if (!writesAnything(write)) return before;
        const lost = change.weeklySchedule === undefined ? {} : await lostVersions(actor, before.id, write);
        await repository.update(actor.workspaceId, before.id, write);
        if (write.columns.avatarMediaId !== undefined || write.dropVms)
          await media.settle(actor.workspaceId, before.id, now);
        const after = await readCurrent(dependencies, actor, before.id, now);
        const { weeklySchedule, ...others } = changedFields(before.agent, after.agent, recordedProperties);
        // A new time zone can make another version the one that is shown now. The schedule itself stays the same.
        const isWritten = weeklySchedule !== undefined && change.weeklySchedule !== undefined;
        const fields = { ...others, ...(isWritten && { weeklySchedule }), ...lost };
        await ledger.recordUpdated(actor, { id: after.id, name: after.agent.name }, fields, now);
        return after;
      });
      return { json, ...tagged(version, json) };
    },
  };
}

/** Throws `Forbidden` or `PreconditionFailed`, in this order. */
function admit(actor: Actor, current: CurrentAgent, change: AgentChange, ifMatch: string | undefined): void {
  const forbidden = forbiddenProperties(actor, current.id, Object.keys(change) as (keyof AgentChange)[]);
  if (forbidden.length > 0)
    throw new ApiError(
      "Forbidden",
      forbidden.includes("")
        ? "You can change only your own agent. Ask a supervisor."
        : `You don't have permission to change ${forbidden.join(", ")} of this agent. Ask a supervisor.`,
    );
  requireVersion(ifMatch, current.version, "agent");
}

/** Returns the columns whose values differ, so that an empty change creates no version and no ledger entry. */
function changedColumns(agent: Agent, change: AgentChange): AgentColumns {
  const columns = columnsOf(change);
  const names = Object.keys(change) as (keyof AgentChange)[];
  const old = columnsOf(Object.fromEntries(names.map((name) => [name, agent[name] ?? null])));
  for (const name of Object.keys(columns) as (keyof AgentColumns)[])
    if (isSame(columns[name], old[name])) delete columns[name];
  return columns;
}

const selection = (skills: NonNullable<AgentChange["assignedSkills"]> | Agent["assignedSkills"]) =>
  skills.map((skill) => [skill.id, ...skill.selectedValues.map((value) => value.id).sort()]);

const writesAnything = ({ columns, availability, skills, dropVms }: AgentWrite) =>
  Object.keys(columns).length > 0 || [availability, skills, dropVms].some((part) => part !== undefined);
