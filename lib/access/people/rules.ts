import { managedRoles } from "@/lib/access/roles/rules";

/** Lifetime of an invitation in milliseconds: 7 days. */
export const invitationLifetime = 7 * 24 * 60 * 60 * 1000;

/** The managed role that makes a person a supervisor. */
export const supervisorRoleId: string | undefined = managedRoles.find(
  (role) => role.name === "Supervisor",
)?.id;

/** The data that decides whether a person is a supervisor. */
export interface Standing {
  status: "invited" | "active" | "suspended";
  roleIds: readonly string[];
}

/** Returns whether a person is an active supervisor. */
export function isSupervisor({ status, roleIds }: Standing): boolean {
  return status === "active" && roleIds.some((id) => id === supervisorRoleId);
}

/**
 * Returns whether an invitation may set the first password of a person. A link shown to the inviter does not
 * prove that the invited person uses it, so it must not take over a member of another workspace.
 */
export function mayChoosePassword(invitation: { mailed: boolean }, joinedElsewhere: boolean): boolean {
  return invitation.mailed || !joinedElsewhere;
}
