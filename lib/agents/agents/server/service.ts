import { agentNotFound, personSuspended, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { Agent, AgentChange, AgentDraft, AgentQuery } from "@/lib/agents/agents/contract";
import { forbiddenProperties } from "@/lib/agents/agents/permissions";
import { recordedProperties } from "@/lib/agents/agents/recorded";
import type { HoursFilter } from "@/lib/agents/agents/server/filter-query";
import type { AgentRepository, AgentWrite, ProfileColumns } from "@/lib/agents/agents/server/repository";
import type { AgentRow } from "@/lib/agents/agents/server/row-query";
import { type Links, serializeAgent, serializeSettings } from "@/lib/agents/agents/server/serializer";
import { changeAvailability, initialAvailability } from "@/lib/availability/declared/rules";
import { declaredAvailability } from "@/lib/availability/declared/server/serializer";
import { tagged } from "@/lib/availability/declared/server/tags";
import { openDays } from "@/lib/hours/schedule/rules";
import { toStoredSchedule } from "@/lib/hours/schedule/stored";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, matchesVersion } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { ReadyReply, Reply, StreamedReply } from "@/lib/platform/http/server/reply";
import { type AgentId, newId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import type { IdempotencyService } from "@/lib/records/idempotency/server/service";
import { changedFields } from "@/lib/records/ledger/rules";
import type { LedgerService } from "@/lib/records/ledger/server/service";
import type { Setting } from "@/lib/workforce/holders";
import { mediaFileOf } from "@/lib/workforce/media/rules";
import type { MediaService } from "@/lib/workforce/media/server/service";

/** Batch size for streaming the list of all agents. */
const briefBatch = 1000;

interface Dependencies {
  db: Database;
  repository: AgentRepository;
  ledger: LedgerService;
  idempotency: Pick<IdempotencyService, "forget">;
  media: MediaService;
  pageTokens: PageTokens;
  links: Links;
}

export function createAgentService({
  db,
  repository,
  ledger,
  idempotency,
  media,
  pageTokens,
  links,
}: Dependencies) {
  function answer(row: AgentRow, now: Date): Reply<Agent> & { data: Agent } {
    const data = serializeAgent(row, now.getTime(), links);
    return { data, ...tagged(row.version, JSON.stringify(data)) };
  }

  async function load(
    actor: Actor,
    reference: AgentReference,
    options?: { lock: boolean },
  ): Promise<AgentRow> {
    const row = await repository.find(actor.workspaceId, resolveAgent(actor, reference), options);
    if (!row) throw agentNotFound();
    return row;
  }

  /**
   * Working hours are evaluated in SQL, so that no agent has to be loaded. Zones are read in a separate
   * statement: an agent who moves to a new zone in between is missing from this one response.
   */
  async function hoursFilter(actor: Actor, inHours: boolean, now: Date): Promise<HoursFilter> {
    const timezones = await repository.timezones(actor.workspaceId);
    return { inHours, timezones, days: openDays(timezones, now.getTime()) };
  }

  /** Loads and locks an agent for a change. Checks permissions before `If-Match`. */
  async function claim(
    actor: Actor,
    reference: AgentReference,
    properties: readonly (keyof AgentChange)[],
    ifMatch: string | undefined,
  ): Promise<AgentRow> {
    const row = await load(actor, reference, { lock: true });
    admit(actor, row, properties, ifMatch);
    return row;
  }

  function admit(
    actor: Actor,
    row: AgentRow,
    properties: readonly (keyof AgentChange)[],
    ifMatch: string | undefined,
  ): void {
    const forbidden = forbiddenProperties(actor, row.id, properties);
    if (forbidden.length > 0)
      throw new ApiError(
        "Forbidden",
        forbidden.includes("")
          ? "You can change only your own agent. Ask a supervisor."
          : `You don't have permission to change ${forbidden.join(", ")} of this agent. Ask a supervisor.`,
      );
    requireVersion(row, ifMatch);
  }

  function requireVersion(row: AgentRow, ifMatch: string | undefined): void {
    if (ifMatch !== undefined && !matchesVersion(ifMatch, row.version))
      throw new ApiError(
        "PreconditionFailed",
        "The agent was changed after you read it. Read it again, then send your change with the new ETag.",
      );
  }

  /** Returns the agent's upload that a URL refers to. */
  const fileOf = (actor: Actor, agentId: AgentId, address: string) =>
    mediaFileOf(links.publicUrl, { workspaceId: actor.workspaceId, agentId }, address);

  /**
   * Checks new uploads that a change refers to and returns what is wrong with each, by file. Runs before the
   * transaction to keep it short, and only if the actor may make the change.
   */
  async function finishUploads(
    actor: Actor,
    reference: AgentReference,
    change: AgentChange,
    { ifMatch, now }: Conditions,
  ): Promise<Map<string, string>> {
    const agentId = resolveAgent(actor, reference);
    const files = (addresses: readonly string[]) =>
      addresses.flatMap((address) => fileOf(actor, agentId, address) ?? []);
    const pictures = files(change.avatarUrl ? [change.avatarUrl] : []);
    const recordings = files(change.dropVms?.map((item) => item.mediaUrl) ?? []);
    if (pictures.length + recordings.length === 0) return new Map();
    admit(actor, await load(actor, reference), propertiesOf(change), ifMatch);
    return new Map([
      ...(await media.finishUploads(actor.workspaceId, agentId, "avatar", pictures, now)),
      ...(await media.finishUploads(actor.workspaceId, agentId, "audio", recordings, now)),
    ]);
  }

  /** Returns the rows that a change writes, after checking everything it refers to. Throws `InvalidAgent`. */
  async function plan(
    actor: Actor,
    row: AgentRow,
    change: AgentChange,
    badFiles: ReadonlyMap<string, string>,
    now: Date,
  ): Promise<AgentWrite> {
    const details: ErrorDetails = {};
    const profile: Partial<ProfileColumns> = {};

    for (const property of plainProperties)
      if (change[property] !== undefined) Object.assign(profile, { [property]: change[property] });
    if (change.forwardNumber !== undefined) {
      profile.forwardEnabled = change.forwardNumber?.enabled ?? null;
      profile.forwardNumber = change.forwardNumber?.number ?? null;
      profile.forwardMaskCaller = change.forwardNumber?.maskCaller ?? null;
    }
    if (change.weeklySchedule !== undefined)
      profile.weeklySchedule = change.weeklySchedule && toStoredSchedule(change.weeklySchedule);

    let availability: AgentWrite["availability"];
    if (change.status !== undefined) {
      const outcome = changeAvailability(declaredAvailability(row), { status: change.status }, now.getTime());
      if (!outcome.ok) Object.assign(details, outcome.problems);
      else if (outcome.changed) availability = outcome.next;
    }
    Object.assign(profile, await planAvatar(actor, row, change.avatarUrl, badFiles, details));
    const dropVms = await planDropVms(actor, row, change.dropVms, badFiles, details);
    if (change.defaultSenderId && change.defaultSenderId !== row.defaultSenderId)
      if (!(await repository.senderExists(actor.workspaceId, change.defaultSenderId)))
        details.defaultSenderId = ["is not a sender profile in this workspace."];
    await checkSkills(actor, change.assignedSkills, details);

    if (Object.keys(details).length > 0) throw invalid(details);
    // Drops unchanged values, so that an empty change creates neither a version nor a ledger entry.
    for (const column of Object.keys(profile) as (keyof ProfileColumns)[])
      if (isSame(profile[column], row[column])) delete profile[column];
    return {
      now,
      profile,
      availability,
      skills: isSame(selection(change.assignedSkills), selectionOf(row)) ? undefined : change.assignedSkills,
      dropVms: isSame(dropVms, row.dropVms) ? undefined : dropVms,
    };
  }

  async function planAvatar(
    actor: Actor,
    row: AgentRow,
    url: string | null | undefined,
    badFiles: ReadonlyMap<string, string>,
    details: ErrorDetails,
  ): Promise<Partial<ProfileColumns>> {
    if (url === undefined || url === serializeAgent(row, 0, links).avatarUrl) return {};
    if (url === null) return { avatarUrl: null, avatarMediaId: null };
    const fileId = fileOf(actor, row.id, url);
    if (fileId !== undefined) {
      const finished = await media.finished(actor.workspaceId, row.id, "avatar", [fileId]);
      if (finished.has(fileId)) return { avatarUrl: null, avatarMediaId: fileId };
      details.avatarUrl = [
        badFiles.get(fileId) ?? "is not a finished avatar upload for this agent. Upload the picture first.",
      ];
    } else if (!isWebAddress(url) || new URL(url).origin === links.publicUrl) {
      details.avatarUrl = [
        "must be the mediaUrl of an upload for this agent, or an absolute https: address without a user name or password.",
      ];
    } else return { avatarUrl: url, avatarMediaId: null };
    return {};
  }

  async function planDropVms(
    actor: Actor,
    row: AgentRow,
    items: AgentChange["dropVms"],
    badFiles: ReadonlyMap<string, string>,
    details: ErrorDetails,
  ): Promise<AgentWrite["dropVms"]> {
    if (!items) return undefined;
    const files = items.map((item) => fileOf(actor, row.id, item.mediaUrl));
    const finished = await media.finished(
      actor.workspaceId,
      row.id,
      "audio",
      files.filter((file) => file !== undefined),
    );
    const known = new Set(row.dropVms.map((drop) => drop.id));
    return items.flatMap((item, index) => {
      const file = files[index];
      if (file === undefined || !finished.has(file))
        details[`dropVms.${index}.mediaUrl`] = [
          badFiles.get(file ?? "") ??
            "is not a finished audio upload for this agent. Upload the recording first.",
        ];
      if (item.id !== undefined && !known.has(item.id))
        details[`dropVms.${index}.id`] = [
          "is not a recording of this agent. Leave it out for a new recording.",
        ];
      return file === undefined ? [] : [{ id: item.id ?? newId(), name: item.name, mediaId: file }];
    });
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

  return {
    /** Returns a page of agents, or the agents with the given ids. */
    async list(actor: Actor, query: AgentQuery, now: Date): Promise<ReadyReply> {
      if (query.agentIds) {
        const found = await repository.showMany(actor.workspaceId, query.agentIds, now.getTime());
        return { json: `{"results":[${found.results}],"total":${found.total}}` };
      }
      const { limit, pageToken, sortBy, reverse, agentIds: _, ...named } = query;
      const binding = ["agents", actor.workspaceId, sortBy, reverse, canonical(named)];
      const { inHours, ...others } = named;
      const hours = inHours === undefined ? undefined : await hoursFilter(actor, inHours, now);
      const filter = { ...others, hours };
      const { results, total, next } = await repository.list(actor.workspaceId, filter, {
        sortBy,
        reverse,
        limit,
        after: pageToken === undefined ? undefined : pageTokens.read(binding, pageToken),
        now: now.getTime(),
      });
      const token = next ? `"nextPageToken":${JSON.stringify(pageTokens.make(binding, next))},` : "";
      return { json: `{"results":[${results}],${token}"total":${total}}` };
    },

    /** Streams all agents in brief. Reads in batches, so that memory does not grow with their number. */
    async listAll(actor: Actor, now: Date): Promise<StreamedReply> {
      const etag = `"${await repository.fingerprint(actor.workspaceId, now.getTime())}"`;
      async function* pieces() {
        let after: { createdAt: number; id: AgentId } | undefined;
        let separator = '{"results":[';
        for (;;) {
          const batch = await repository.brief(actor.workspaceId, after, briefBatch, now.getTime());
          if (batch.pieces !== null && batch.last) {
            yield separator + batch.pieces;
            separator = ",";
            after = { createdAt: batch.last[0], id: batch.last[1] };
          }
          if (batch.count < briefBatch) break;
        }
        yield separator === "," ? "]}" : `${separator}]}`;
      }
      return { etag, pieces };
    },

    /** Returns an agent. Throws `AgentNotFound`. */
    async get(actor: Actor, reference: AgentReference, now: Date): Promise<ReadyReply> {
      const found = await repository.show(actor.workspaceId, resolveAgent(actor, reference), now.getTime());
      if (!found) throw agentNotFound();
      return { json: found.json, ...tagged(found.version, found.json) };
    },

    /** Creates an agent. Throws `InvalidAgent` or `AgentAlreadyExists`. */
    async create(actor: Actor, draft: AgentDraft, now: Date): Promise<Reply<Agent>> {
      const { workspaceId } = actor;
      const id = newId<AgentId>();
      const teamIds = [...new Set(draft.teamIds ?? [])];
      const row = await db.transaction(async () => {
        const details: ErrorDetails = {};
        const member = draft.userId ? await repository.membership(workspaceId, draft.userId) : undefined;
        if (draft.userId && !member)
          details.userId = ["is not a person in this workspace. Invite the person first."];
        if (teamIds.length > 0) {
          const teams = await repository.existingTeams(workspaceId, teamIds);
          draft.teamIds?.forEach((teamId, index) => {
            if (!teams.has(teamId)) details[`teamIds.${index}`] = ["is not a team in this workspace."];
          });
        }
        if (Object.keys(details).length > 0) throw invalid(details);
        await repository.insert(workspaceId, {
          id,
          now,
          type: draft.type,
          userId: draft.userId ?? null,
          profile: {
            name: draft.name,
            timezone: draft.timezone ?? (await repository.workspaceTimezone(workspaceId)),
            ...(draft.bio === undefined ? {} : { bio: draft.bio }),
            ...(draft.defaultCountryCode ? { defaultCountryCode: draft.defaultCountryCode } : {}),
            ...(draft.weeklySchedule ? { weeklySchedule: toStoredSchedule(draft.weeklySchedule) } : {}),
            holidays: draft.holidays ?? [],
          },
          availability: initialAvailability(now.getTime()),
          teamIds,
          pending: member?.status === "invited",
        });
        const made = await repository.find(workspaceId, id);
        if (!made) throw new Error("the agent just created does not exist");
        await ledger.recordCreated(
          actor,
          made,
          changedFields<Partial<Agent>>({}, serializeAgent(made, now.getTime(), links), recordedProperties),
          now,
        );
        return made;
      });
      return { ...answer(row, now), location: pathOf(workspaceId, id) };
    },

    /**
     * Changes an agent in one transaction. Throws `AgentNotFound`, `Forbidden`, `PreconditionFailed` or
     * `InvalidAgent`.
     */
    async change(
      actor: Actor,
      reference: AgentReference,
      change: AgentChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Agent>> {
      const badFiles = await finishUploads(actor, reference, change, { ifMatch, now });
      const row = await db.transaction(async () => {
        const before = await claim(actor, reference, propertiesOf(change), ifMatch);
        const write = await plan(actor, before, change, badFiles, now);
        if (change.status === "active" && (await repository.isSuspended(actor.workspaceId, before.id)))
          throw personSuspended();
        const old = serializeAgent(before, now.getTime(), links);
        if (!writesAnything(write)) return before;
        await repository.update(actor.workspaceId, before.id, write);
        if (write.profile.avatarMediaId !== undefined || write.dropVms)
          await media.settle(actor.workspaceId, before.id, now);
        const after = await repository.find(actor.workspaceId, before.id);
        if (!after) throw new Error("the agent just changed does not exist");
        const fresh = serializeAgent(after, now.getTime(), links);
        await ledger.recordUpdated(
          actor,
          after,
          {
            ...changedFields(old, fresh, recordedProperties),
            ...changedFields(old.availability, fresh.availability, ["status"]),
          },
          now,
        );
        return after;
      });
      return answer(row, now);
    },

    /**
     * Locks the agents that refer to a setting. Call before locking the setting: changes of agents lock in
     * this order.
     */
    async lockHolders(actor: Actor, setting: Setting): Promise<void> {
      await repository.lockHolders(actor.workspaceId, setting);
    },

    /**
     * Removes a setting from every agent that refers to it; adds a version and a ledger entry for each. The
     * setting must be locked, so that no new reference can appear.
     */
    async letGo(actor: Actor, setting: Setting, now: Date): Promise<void> {
      const { workspaceId } = actor;
      const ids = await repository.lockHolders(workspaceId, setting);
      if (ids.length === 0) return;
      const before = await repository.settingsOf(workspaceId, ids);
      await repository.letGo(workspaceId, setting);
      const after = new Map((await repository.settingsOf(workspaceId, ids)).map((row) => [row.id, row]));
      const changes = before.flatMap((row) => {
        const fields = changedFields(serializeSettings(row), serializeSettings(after.get(row.id) ?? row), [
          "assignedSkills",
          "defaultSenderId",
        ]);
        return Object.keys(fields).length > 0 ? [{ subject: row, fields }] : [];
      });
      await repository.touch(
        workspaceId,
        changes.map((change) => change.subject.id),
        now,
      );
      await ledger.recordUpdates(actor, changes, now);
    },

    /** Deletes an agent. Throws `AgentNotFound`, `PreconditionFailed` or `OwnAgent`. */
    async delete(
      actor: Actor,
      reference: AgentReference,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        const row = await load(actor, reference, { lock: true });
        requireVersion(row, ifMatch);
        if (row.id === actor.agentId)
          throw new ApiError("OwnAgent", "You can't delete your own agent. Ask another supervisor.");
        await repository.delete(actor.workspaceId, row.id);
        await ledger.recordDeleted(actor, row, now);
        await idempotency.forget(links.publicUrl + pathOf(actor.workspaceId, row.id));
      });
      return { data: undefined };
    },
  };
}

export type AgentService = ReturnType<typeof createAgentService>;

const pathOf = (workspaceId: string, agentId: string) => `/api/workspaces/${workspaceId}/agents/${agentId}`;
const propertiesOf = (change: AgentChange) => Object.keys(change) as (keyof AgentChange)[];

/** Properties that are stored as sent. */
const plainProperties = [
  "name",
  "bio",
  "wrapUpTime",
  "timezone",
  "defaultCountryCode",
  "defaultCallerId",
  "transcriptionLocale",
  "holidays",
  "defaultSenderId",
  "outOfOfficeResponse",
] as const;

function invalid(details: ErrorDetails): ApiError {
  return new ApiError(
    "InvalidAgent",
    `Some values are not valid. Check ${Object.keys(details).join(", ")}.`,
    {
      details,
    },
  );
}

const selection = (skills: AgentChange["assignedSkills"]) =>
  skills?.map((skill) => [skill.id, ...skill.selectedValues.map((value) => value.id).sort()]);

const selectionOf = (row: AgentRow) =>
  row.skills.map((skill) => [skill.id, ...skill.values.map((value) => value.id).sort()]);

function writesAnything({ profile, availability, skills, dropVms }: AgentWrite): boolean {
  return (
    Object.keys(profile).length > 0 || [availability, skills, dropVms].some((part) => part !== undefined)
  );
}

function isWebAddress(text: string): boolean {
  // `URL` removes line breaks and encodes spaces, but the text is stored as sent. Text before an @ would show
  // credentials to everyone who sees the agent, or disguise the host.
  return /^https:\/\/[^\s/]\S*$/i.test(text) && !/^https:\/\/[^/?#]*@/i.test(text) && URL.canParse(text);
}

/** Returns a filter in canonical form, so that equal filters accept each other's page tokens. */
function canonical(filter: Partial<AgentQuery>): unknown {
  return Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]);
}
