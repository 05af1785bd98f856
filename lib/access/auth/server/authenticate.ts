import type { Credentials } from "@/lib/access/auth/server/credentials";
import type { AuthDependencies } from "@/lib/access/auth/server/dependencies";
import {
  browserStatement,
  type KeyRow,
  keyStatement,
  type PersonRow,
  type Proof,
  personStatement,
} from "@/lib/access/auth/server/repository";
import { unauthorized } from "@/lib/access/auth/server/unauthorized";
import { seenStep } from "@/lib/access/sessions/rules";
import type { Statement } from "@/lib/platform/database/bind";
import type { Caller } from "@/lib/platform/http/server/services";
import { type AccessKeyId, type AuthorizedWorkspaceId, newId, type WorkspaceId } from "@/lib/platform/ids";
import { hashAccessKey } from "@/lib/platform/security/access-keys";
import { createRecent } from "@/lib/platform/security/memory";
import { type Actor, type Principal, permissions } from "@/lib/platform/security/permissions";

/** A query about a caller. */
interface Question {
  /** Cache key: the same for the same query. */
  name: string;
  /** Throws `Unauthorized`. */
  ask(): Promise<Caller>;
  /**
   * Runs `work` and checks with its first query that the caller is still as `presumed`. Throws `NoLongerSo`
   * otherwise.
   */
  presuming<T>(presumed: Caller, work: () => Promise<T>): Promise<T>;
}

/** The cached caller is outdated. */
class NoLongerSo extends Error {
  override name = "NoLongerSo";
}

/** Authenticates callers by signed token, access key or browser session. */
export function createAuthentication(
  { repository, audit, logger }: AuthDependencies,
  { credentialsIn, knownProof, proofOf }: Credentials,
) {
  /**
   * Callers of the last minute, by credential and workspace. Used only together with a check in the database.
   */
  const callers = createRecent<Caller>();
  /** Sessions and keys whose use was recorded, or failed to be, in the last minute. */
  const noted = createRecent<true>();

  /** Returns the query about the caller with this identity. */
  function questionOf(proof: Proof, workspace: string | undefined, now: Date): Question {
    const workspaceId = workspace?.toLowerCase() as WorkspaceId | undefined;
    if (proof.kind === "accessKey")
      return question(
        `key ${proof.hash.toString("base64")} ${workspaceId}`,
        keyStatement(proof.hash, now),
        (key) => {
          if (!key)
            throw unauthorized(
              "The access key is not valid, has expired or was revoked. Ask a supervisor for a new one.",
            );
          noteUse(`key ${key.id}`, key.lastUsedAt, now, () => repository.markKeyUsed(key, now));
          return callerWithKey(key, workspaceId);
        },
      );
    if (proof.via === "session") {
      const { userId, sessionId } = proof;
      return question(
        `session ${userId} ${sessionId} ${workspaceId}`,
        browserStatement(userId, sessionId, workspaceId, now),
        (person) => {
          if (!person?.enters) throw unauthorized("The session has ended. Sign in again.");
          noteUse(`session ${sessionId}`, person.lastSeenAt ?? null, now, () =>
            repository.markSessionSeen(sessionId, now),
          );
          return callerWhoIs(person, proof, workspaceId);
        },
      );
    }
    return question(
      `user ${proof.userId} ${proof.version} ${proof.via} ${workspaceId}`,
      personStatement(proof.userId, workspaceId),
      (person) => {
        if (!person?.enters || (proof.version ?? person.sessionVersion) !== person.sessionVersion)
          throw unauthorized("This sign-in is no longer valid. Sign in again.");
        return callerWhoIs(person, proof, workspaceId);
      },
    );
  }

  function question<Row>(
    name: string,
    statement: Statement<Row>,
    read: (row: Row | undefined) => Caller,
  ): Question {
    const accept = (presumed: Caller) => (row: Row | undefined) => {
      let caller: Caller | undefined;
      try {
        caller = read(row);
      } catch (error) {
        throw new NoLongerSo("the caller no longer has access", { cause: error });
      }
      if (!isSame(caller, presumed)) throw new NoLongerSo("the caller's account or permissions have changed");
    };
    return {
      name,
      ask: async () => read(await repository.identify(statement)),
      presuming: (presumed, work) => repository.presuming(statement, accept(presumed), work),
    };
  }

  /**
   * Records a use at most once a minute. Not awaited, and a failure is only logged: the database may be
   * read-only.
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
     * Authenticates a caller and, with a workspace, loads their permissions in it, in one query. Throws
     * `Unauthorized` for missing, invalid, expired or revoked credentials.
     */
    async authenticate(headers: Headers, workspace: string | undefined, now: Date): Promise<Caller> {
      const asked = questionOf(await proofOf(headers, now), workspace, now);
      const caller = await asked.ask();
      callers.remember(asked.name, caller, now);
      return caller;
    },

    /**
     * Runs `work` for the caller cached for these credentials, and confirms them with its first query (see
     * `Database.presuming`). Returns undefined if nothing is cached or the caller has changed; run the
     * request again then.
     */
    async presuming<T>(
      headers: Headers,
      workspace: string | undefined,
      now: Date,
      work: (caller: Caller) => Promise<T>,
    ): Promise<{ outcome: T } | undefined> {
      const proof = knownProof(headers, now);
      const asked = proof && questionOf(proof, workspace, now);
      const presumed = asked && callers.recall(asked.name, now);
      if (!presumed) return undefined;
      try {
        return { outcome: await asked.presuming(presumed, () => work(presumed)) };
      } catch (error) {
        if (!(error instanceof NoLongerSo)) throw error;
        callers.forget(asked.name);
        return undefined;
      }
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

    /** Records in the audit log that an expired access key was used. Does not wait. */
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

/** Returns whether two callers are equal in everything that an operation may depend on. */
function isSame(one: Caller, other: Caller): boolean {
  const [first, second] = [one.actor, other.actor];
  return (
    one.principal.kind === other.principal.kind &&
    one.principal.id === other.principal.id &&
    one.principal.name === other.principal.name &&
    one.principal.via === other.principal.via &&
    first?.workspaceId === second?.workspaceId &&
    first?.agentId === second?.agentId &&
    first?.permissions.size === second?.permissions.size &&
    [...(first?.permissions ?? [])].every((permission) => second?.permissions.has(permission))
  );
}
