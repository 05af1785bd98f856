import { v7 } from "uuid";

/** A string tagged at compile time, so that ids of different kinds can't be mixed up. */
export type Branded<Name extends string> = string & { readonly __brand: Name };

export type WorkspaceId = Branded<"WorkspaceId">;
export type AgentId = Branded<"AgentId">;
export type UserId = Branded<"UserId">;
export type RoleId = Branded<"RoleId">;
export type AccessKeyId = Branded<"AccessKeyId">;
export type MediaId = Branded<"MediaId">;
export type SessionId = Branded<"SessionId">;
export type PresenceSessionId = Branded<"PresenceSessionId">;
export type ViewId = Branded<"ViewId">;

/**
 * A workspace id whose access check has passed. Repositories accept no other kind, so a query without
 * authorization does not compile. Only `lib/access/auth/server/authenticate.ts` creates one.
 */
export type AuthorizedWorkspaceId = WorkspaceId & { readonly __authorized: true };

/** Returns a new UUID v7. Its time prefix keeps inserts at the end of the index. */
export function newId<Id extends string = string>(): Id {
  return v7() as Id;
}
