import type { Membership, User } from "@/lib/access/people/contract";
import { optional } from "@/lib/platform/http/wire";
import { type Actor, permissions } from "@/lib/platform/security/permissions";

export interface UserRow {
  id: string;
  name: string;
  email: string | null;
  status: "invited" | "active" | "suspended";
  roleIds: string[];
  agentId: string | null;
  /** From the invitation; null after joining. */
  invitedName: string | null;
  invitedEmail: string | null;
  createdAt: Date;
}

/**
 * Serializes a person. Until they join, only the name and email of the invitation are shown: what other
 * workspaces know about them stays private.
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

/** Serializes the caller's membership. `row` is undefined for an access key. */
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
