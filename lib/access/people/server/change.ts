import type { User, UserChange } from "@/lib/access/people/contract";
import type { PeopleDependencies } from "@/lib/access/people/server/dependencies";
import { invalid, type Members, tags } from "@/lib/access/people/server/members";
import { serializeUser } from "@/lib/access/people/server/serializer";
import type { ErrorDetails } from "@/lib/platform/http/errors";
import type { Conditions } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { AgentId, UserId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

export function createChange(
  { db, repository, availability, ledger, audit }: PeopleDependencies,
  { load, checkRoles, requireOver, keepSupervisor }: Members,
) {
  return {
    /** Throws `UserNotFound`, `Forbidden`, `PreconditionFailed`, `InvalidUser` or `LastSupervisor`. */
    async change(
      actor: Actor,
      id: UserId,
      change: UserChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<User>> {
      return await db.transaction(async () => {
        const { changer, row, roles: held, target } = await requireOver(actor, id, now);
        const details: ErrorDetails = {};
        const { roleIds = row.roleIds, status = row.status } = change;
        const given = await checkRoles(changer, roleIds, details);
        await tags.require(ifMatch, async () => serializeUser(row));
        if (row.status === "invited" && change.status !== undefined)
          details.status = [
            "can't be set before the person has joined. To withdraw the invitation, delete the person.",
          ];
        if (Object.keys(details).length > 0) throw invalid(details);
        await keepSupervisor(actor, row, { status, roleIds });

        if (!sameSet(roleIds, row.roleIds)) {
          await repository.replaceRoles(actor.workspaceId, id, roleIds);
          await audit.record(
            actor,
            { action: "person.changed", target, details: { roles: { before: held, after: given } } },
            now,
          );
          if (row.agentId) {
            const agent = {
              id: row.agentId as AgentId,
              name: await repository.agentName(actor.workspaceId, id),
            };
            const fields = { roles: { before: [...row.roleIds].sort(), after: [...roleIds].sort() } };
            await ledger.recordUpdated(actor, agent, fields, now);
          }
        }
        if (change.status !== undefined && change.status !== row.status) {
          await repository.setStatus(actor.workspaceId, id, change.status, now);
          const action = change.status === "suspended" ? "person.suspended" : "person.restored";
          await audit.record(actor, { action, target }, now);
          if (change.status === "suspended") {
            if (!(await repository.entersAny(id)))
              await repository.endSessions(id, { forgetPassword: false });
            if (row.agentId) await availability.noticeSuspension(actor, row.agentId as AgentId);
          }
        }
        return tags.reply(serializeUser(await load(actor, id)));
      });
    },
  };
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each) => b.includes(each));
