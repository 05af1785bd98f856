import { managedRoles } from "@/lib/access/roles/rules";

/** Milliseconds that an invitation is good for: 7 days. */
export const invitationLifetime = 7 * 24 * 60 * 60 * 1000;

/** The managed role of those who manage a workspace. */
export const supervisorRoleId: string | undefined = managedRoles.find(
  (role) => role.name === "Supervisor",
)?.id;

/** What decides whether somebody is a supervisor. */
export interface Standing {
  status: "invited" | "active" | "suspended";
  roleIds: readonly string[];
}

/** Whether this person manages the workspace: has the managed role and may enter. */
export function isSupervisor({ status, roleIds }: Standing): boolean {
  return status === "active" && roleIds.some((id) => id === supervisorRoleId);
}

/**
 * Whether an invitation may set the password of a person who has none. A link that was shown to the inviter proves
 * nothing about the invited, so with it nobody may take over a person whom another workspace lets in already.
 */
export function mayChoosePassword(invitation: { mailed: boolean }, joinedElsewhere: boolean): boolean {
  return invitation.mailed || !joinedElsewhere;
}
