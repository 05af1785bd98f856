import { v7 } from "uuid";

/** A string that has been told apart from all others by what it identifies. Exists in types alone. */
export type Branded<Name extends string> = string & { readonly __brand: Name };

export type WorkspaceId = Branded<"WorkspaceId">;
export type AgentId = Branded<"AgentId">;
export type UserId = Branded<"UserId">;
export type RoleId = Branded<"RoleId">;
export type AccessKeyId = Branded<"AccessKeyId">;
export type MediaId = Branded<"MediaId">;
export type SessionId = Branded<"SessionId">;
export type ViewId = Branded<"ViewId">;

/**
 * The id of a workspace whose access has been checked. Repositories take no other, so that a query without an
 * authorisation does not compile. Made in `lib/access/auth/server/service.ts` alone.
 */
export type AuthorizedWorkspaceId = WorkspaceId & { readonly __authorized: true };

/** A new UUID v7: ids sort by the time at which they were made, which keeps inserts at the end of an index. */
export function newId<Id extends string = string>(): Id {
  return v7() as Id;
}
