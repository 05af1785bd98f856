import type { Agent, AgentDraft } from "@/lib/agents/agents/contract";
import { recordedProperties } from "@/lib/agents/agents/properties";
import { columnsOf } from "@/lib/agents/agents/server/columns";
import { type AgentDependencies, pathOf } from "@/lib/agents/agents/server/dependencies";
import { invalidAgent } from "@/lib/agents/agents/server/invalid";
import { initialAvailability } from "@/lib/availability/declared/rules";
import { tagged } from "@/lib/availability/declared/server/tags";
import type { ErrorDetails } from "@/lib/platform/http/errors";
import type { ReadyReply } from "@/lib/platform/http/server/reply";
import { type AgentId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { changedFields } from "@/lib/records/ledger/rules";

export function createCreation({ db, repository, ledger }: AgentDependencies) {
  return {
    /** Creates an agent. Throws `InvalidAgent` or `AgentAlreadyExists`. */
    async create(
      actor: Actor,
      { type, userId, teamIds = [], ...profile }: AgentDraft,
      now: Date,
    ): Promise<ReadyReply> {
      const { workspaceId } = actor;
      const id = newId<AgentId>();
      const { json, version } = await db.transaction(async () => {
        const details: ErrorDetails = {};
        const member = userId ? await repository.membership(workspaceId, userId) : undefined;
        if (userId && !member)
          details.userId = ["is not a person in this workspace. Invite the person first."];
        if (teamIds.length > 0) {
          const teams = await repository.existingTeams(workspaceId, [...new Set(teamIds)]);
          teamIds.forEach((teamId, index) => {
            if (!teams.has(teamId)) details[`teamIds.${index}`] = ["is not a team in this workspace."];
          });
        }
        if (Object.keys(details).length > 0) throw invalidAgent(details);
        const timezone = profile.timezone ?? (await repository.workspaceTimezone(workspaceId));
        await repository.insert(workspaceId, {
          id,
          now,
          type,
          userId: userId ?? null,
          name: profile.name,
          timezone,
          columns: columnsOf({ ...profile, timezone }),
          availability: initialAvailability(now.getTime()),
          teamIds: [...new Set(teamIds)],
          pending: member?.status === "invited",
        });
        const made = await repository.show(workspaceId, id, now.getTime());
        if (!made) throw new Error("the agent just created does not exist");
        // Every new agent is away, so the ledger entry omits it.
        const { status: _, ...agent }: Agent = JSON.parse(made.json);
        const fields = changedFields<Partial<Agent>>({}, agent, recordedProperties);
        await ledger.recordCreated(actor, { id, name: agent.name }, fields, now);
        return made;
      });
      return { json, ...tagged(version, json), location: pathOf(workspaceId, id) };
    },
  };
}
