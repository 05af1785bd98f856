import type { User, UserChange } from "@/lib/access/people/contract";
import { isSupervisor, type Standing, supervisorRoleId } from "@/lib/access/people/rules";
import type { PeopleDependencies } from "@/lib/access/people/server/dependencies";
import { serializeUser, type UserRow } from "@/lib/access/people/server/serializer";
import type { NamedRole } from "@/lib/access/roles/server/service";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { UserId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

export const tags = createEntityTags<User, UserChange>("person", {
  id: "readOnly",
  name: "readOnly",
  email: "readOnly",
  agentId: "readOnly",
});

/** Loads members of a workspace and checks what the actor may change about them. */
export function createMembers({ repository, roles, authority }: PeopleDependencies) {
  async function load(actor: Actor, id: UserId): Promise<UserRow> {
    const row = await repository.find(actor.workspaceId, id);
    if (!row) throw new ApiError("UserNotFound", "No person with this id exists in this workspace.");
    return row;
  }

  /**
   * Returns the roles to grant and adds unknown ones to `details`. Throws `Forbidden` if they have
   * permissions that the actor lacks.
   */
  async function checkRoles(
    actor: Actor,
    roleIds: readonly string[],
    details: ErrorDetails,
  ): Promise<NamedRole[]> {
    const { roles: found, unknown } = await roles.grantable(actor, roleIds);
    roleIds.forEach((id, index) => {
      if (unknown.includes(id)) details[`roleIds.${index}`] = ["is not a role in this workspace."];
    });
    return found;
  }

  /**
   * Starts a change of a person: locks and returns the row, with the actor's current permissions. Throws
   * `UserNotFound`, and `Forbidden` if the person has permissions that the actor lacks, regardless of the person's
   * status.
   */
  async function requireOver(actor: Actor, id: UserId, now: Date) {
    const changer = await authority.begin(actor, "people.write", now);
    await repository.lockMember(actor.workspaceId, id);
    const row = await load(actor, id);
    const held = await roles.requireOver(changer, row.roleIds, "This person has");
    const { name } = serializeUser(row);
    return { changer, row, roles: held, target: { type: "person" as const, id, name } };
  }

  /** Throws `LastSupervisor` if the change would leave no active supervisor. Lock the members first. */
  async function keepSupervisor(actor: Actor, row: UserRow, next: Standing | undefined): Promise<void> {
    if (!supervisorRoleId || !isSupervisor(row) || (next && isSupervisor(next))) return;
    if (await repository.othersWithRole(actor.workspaceId, row.id, supervisorRoleId)) return;
    throw new ApiError(
      "LastSupervisor",
      "This is the last active supervisor of the workspace. Make someone else a supervisor first.",
    );
  }

  return { load, checkRoles, requireOver, keepSupervisor };
}

export function invalid(details: ErrorDetails): ApiError {
  const fields = Object.keys(details).map((key) => key || "the person");
  return new ApiError("InvalidUser", `Some values are not valid. Check ${fields.join(", ")}.`, { details });
}

export type Members = ReturnType<typeof createMembers>;
