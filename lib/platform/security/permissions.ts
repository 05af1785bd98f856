import type { AccessKeyId, AgentId, AuthorizedWorkspaceId, SessionId, UserId } from "@/lib/platform/ids";

/** Everything that a role can allow (docs/contract.md §6). */
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
] as const;

export type Permission = (typeof permissions)[number];

/** How the caller showed who they are. */
export type EntryWay = "session" | "token" | "accessKey";

/** A caller who has shown who they are, before any workspace is looked at. */
export type Principal =
  | {
      kind: "user";
      id: UserId;
      name: string;
      via: EntryWay;
      /** The session of the browser that calls; a program has none. */
      sessionId?: SessionId | undefined;
    }
  | { kind: "accessKey"; id: AccessKeyId; name: string; via: EntryWay };

/** A caller inside a workspace that they may enter. */
export type Actor = Principal & {
  workspaceId: AuthorizedWorkspaceId;
  permissions: ReadonlySet<Permission>;
  /** The caller's own agent here; an access key has none. */
  agentId: AgentId | undefined;
  /** The network address that the request came from; a command on the server has none. */
  address?: string;
  /** Set for a command on the server: nobody in the database, who may do everything. */
  isOperator?: true;
};

/** Whether the actor holds one of these; an empty list asks for nothing. */
export function holdsAny(actor: Actor, wanted: readonly Permission[]): boolean {
  return wanted.length === 0 || wanted.some((permission) => actor.permissions.has(permission));
}
