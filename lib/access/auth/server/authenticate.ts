import type { Credentials } from "@/lib/access/auth/server/credentials";
import type { AuthDependencies } from "@/lib/access/auth/server/dependencies";
import type { KeyRow, PersonRow, Proof } from "@/lib/access/auth/server/repository";
import { unauthorized } from "@/lib/access/auth/server/unauthorized";
import { seenStep } from "@/lib/access/sessions/rules";
import type { Caller } from "@/lib/platform/http/server/services";
import { type AccessKeyId, type AuthorizedWorkspaceId, newId, type WorkspaceId } from "@/lib/platform/ids";
import { hashAccessKey } from "@/lib/platform/security/access-keys";
import { createRecent } from "@/lib/platform/security/memory";
import { type Actor, type Principal, permissions } from "@/lib/platform/security/permissions";

/** Authenticates callers by signed token, access key or browser session. */
export function createAuthentication(
  { repository, audit, logger }: AuthDependencies,
  { credentialsIn, proofOf }: Credentials,
) {
  /** Sessions and keys whose use was recorded in the last minute, even if recording failed. */
  const noted = createRecent<true>();

  /** Returns the caller with this identity. Throws `Unauthorized`. */
  async function callerOf(
    proof: Proof,
    workspaceId: WorkspaceId | undefined,
    now: Date,
    isBackground: boolean,
  ): Promise<Caller> {
    if (proof.kind === "accessKey") {
      const key = await repository.findKey(proof.hash, now);
      if (!key)
        throw unauthorized(
          "The access key is not valid, has expired or was revoked. Ask a supervisor for a new one.",
        );
      if (!isBackground)
        noteUse(`key ${key.id}`, key.lastUsedAt, now, () => repository.markKeyUsed(key, now));
      return callerWithKey(key, workspaceId);
    }
    if (proof.via === "session") {
      const { userId, sessionId } = proof;
      const person = await repository.findPersonInSession(userId, sessionId, workspaceId, now);
      if (!person?.enters) throw unauthorized("The session has ended. Sign in again.");
      if (!isBackground)
        noteUse(`session ${sessionId}`, person.lastSeenAt ?? null, now, () =>
          repository.markSessionSeen(sessionId, now),
        );
      return callerWhoIs(person, proof, workspaceId);
    }
    const person = await repository.findPerson(proof.userId, workspaceId);
    if (!person?.enters || (proof.version ?? person.sessionVersion) !== person.sessionVersion)
      throw unauthorized("This sign-in is no longer valid. Sign in again.");
    return callerWhoIs(person, proof, workspaceId);
  }

  /**
   * Records a use at most once a minute. Not awaited, and failures are only logged, because the database may
   * be read-only.
   */
  function noteUse(name: string, last: Date | null, now: Date, note: () => Promise<void>): void {
    if (last && now.getTime() - last.getTime() <= seenStep) return;
    if (noted.recall(name, now)) return;
    noted.remember(name, true, now);
    note().catch((error: unknown) =>
      logger.warn({ err: error }, "could not record when a credential was last used"),
    );
  }

  return {
    /**
     * Authenticates a caller and, with a workspace, loads their permissions in one query. Throws
     * `Unauthorized` for missing, invalid, expired or revoked credentials. With `isBackground`, the request
     * does not reset the session's idle timeout, so that an open stream does not keep a session alive.
     */
    async authenticate(
      headers: Headers,
      workspace: string | undefined,
      now: Date,
      { isBackground = false }: { isBackground?: boolean } = {},
    ): Promise<Caller> {
      const proof = await proofOf(headers, now);
      return await callerOf(proof, workspace?.toLowerCase() as WorkspaceId | undefined, now, isBackground);
    },

    /**
     * Returns the actor for commands on the server, who has all permissions. Never use it for a network
     * request.
     */
    operator(workspaceId: string): Actor {
      return {
        kind: "accessKey",
        id: newId<AccessKeyId>(),
        name: "The operator of this server",
        via: "accessKey",
        workspaceId: workspaceId as AuthorizedWorkspaceId,
        permissions: new Set(permissions),
        agentId: undefined,
        isOperator: true,
      };
    },

    /** Records in the audit log that an expired access key was used. Not awaited. */
    noteRefusal(headers: Headers, address: string, now: Date): void {
      const { scheme, value = "" } = credentialsIn(headers) ?? {};
      if (scheme === "accesskey") audit.refusedKey(hashAccessKey(value), address, now);
    },
  };
}

function callerWithKey(key: KeyRow, workspaceId: WorkspaceId | undefined): Caller {
  const principal: Principal = { kind: "accessKey", id: key.id, name: key.name, via: "accessKey" };
  return {
    principal,
    actor:
      key.workspaceId === workspaceId
        ? {
            ...principal,
            workspaceId: key.workspaceId as AuthorizedWorkspaceId,
            permissions: new Set(key.permissions),
            agentId: undefined,
          }
        : undefined,
  };
}

function callerWhoIs(
  person: PersonRow,
  proof: Extract<Proof, { kind: "user" }>,
  workspaceId: WorkspaceId | undefined,
): Caller {
  const principal: Principal = {
    kind: "user",
    id: person.id,
    name: person.name,
    via: proof.via,
    ...(proof.via === "session" ? { sessionId: proof.sessionId } : {}),
  };
  return {
    principal,
    actor:
      person.member && workspaceId
        ? {
            ...principal,
            workspaceId: workspaceId as AuthorizedWorkspaceId,
            permissions: new Set(person.permissions),
            agentId: person.agentId ?? undefined,
          }
        : undefined,
  };
}
