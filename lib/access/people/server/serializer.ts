import type { Membership, User } from "@/lib/access/people/contract";
import { optional } from "@/lib/platform/http/wire";
import { type Actor, permissions } from "@/lib/platform/security/permissions";

/** A person's place in a workspace, as it is stored. */
export interface UserRow {
  id: string;
  name: string;
  email: string | null;
  status: "invited" | "active" | "suspended";
  roleIds: string[];
  agentId: string | null;
  /** What the invitation says, while there is one. */
  invitedName: string | null;
  invitedEmail: string | null;
  createdAt: Date;
}

/**
 * A person as the API shows them. Of someone who has not joined yet the workspace sees what its own invitation says and
 * nothing else: what another workspace knows of the same person is not its business.
 */
export function serializeUser(row: UserRow): User {
  const invited = row.status === "invited" && row.invitedEmail !== null;
  const email = (invited ? row.invitedEmail : row.email) ?? "";
  return {
    id: row.id,
    name: invited ? (row.invitedName ?? email) : row.name,
    email,
    status: row.status,
    roleIds: row.roleIds,
    ...optional("agentId", row.agentId),
  };
}

/** The caller's own place as the API shows it; `row` is the person's, and there is none of an access key. */
export function serializeMembership(actor: Actor, row: UserRow | undefined): Membership {
  return {
    workspaceId: actor.workspaceId,
    kind: actor.kind,
    name: actor.name,
    permissions: permissions.filter((permission) => actor.permissions.has(permission)),
    ...(row ? { userId: row.id, ...optional("email", row.email), roleIds: row.roleIds } : {}),
    ...optional("agentId", actor.agentId),
  };
}
