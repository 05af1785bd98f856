import type { AccessKeyId, AgentId, AuthorizedWorkspaceId, SessionId, UserId } from "@/lib/platform/ids";

/** All permissions (docs/contract.md §6). */
export const permissions = [
  "agents.read",
  "agents.write",
  "agents.delete",
  "availability.write",
  "own.write",
  "settings.read",
  "settings.write",
  "people.write",
  "keys.write",
  "ledger.read",
  "routing.read",
  "routing.write",
  "calendar.write",
  "timeOff.write",
] as const;

export type Permission = (typeof permissions)[number];

/** How the caller authenticated. */
export type EntryWay = "session" | "token" | "accessKey";

/** An authenticated caller, without a workspace. */
export type Principal =
  | {
      kind: "user";
      id: UserId;
      name: string;
      via: EntryWay;
      /** The browser session; undefined for programs. */
      sessionId?: SessionId | undefined;
    }
  | { kind: "accessKey"; id: AccessKeyId; name: string; via: EntryWay };

/** An authenticated caller in a workspace that they are a member of. */
export type Actor = Principal & {
  workspaceId: AuthorizedWorkspaceId;
  permissions: ReadonlySet<Permission>;
  /** The caller's own agent; undefined for access keys. */
  agentId: AgentId | undefined;
  /** The client's IP address; undefined for commands on the server. */
  address?: string;
  /** Set for commands on the server, which have all permissions and no row in the database. */
  isOperator?: true;
};

/** Returns whether the actor has one of the permissions; true for an empty list. */
export function holdsAny(actor: Actor, wanted: readonly Permission[]): boolean {
  return wanted.length === 0 || wanted.some((permission) => actor.permissions.has(permission));
}
