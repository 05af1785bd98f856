import { z } from "zod";
import {
  type AuthRepository,
  browserStatement,
  type KeyRow,
  keyStatement,
  type NewSigningKey,
  type PersonRow,
  type Proof,
  personStatement,
  type SessionProof,
} from "@/lib/access/auth/server/repository";
import { seenStep } from "@/lib/access/sessions/rules";
import type { Statement } from "@/lib/platform/database/joint-query";
import { readLongCookie } from "@/lib/platform/http/cookies";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import type { Caller } from "@/lib/platform/http/server/services";
import {
  type AccessKeyId,
  type AuthorizedWorkspaceId,
  newId,
  type SessionId,
  type UserId,
  type WorkspaceId,
} from "@/lib/platform/ids";
import type { Logger } from "@/lib/platform/logger";
import { hashAccessKey } from "@/lib/platform/security/access-keys";
import { createMemory, createRecent } from "@/lib/platform/security/memory";
import { hashPassword, passwordProblem, verifyPassword } from "@/lib/platform/security/passwords";
import { type Actor, type Principal, permissions } from "@/lib/platform/security/permissions";
import type { Secrets } from "@/lib/platform/security/secrets";
import { sessionCookieName } from "@/lib/platform/security/session-cookie";
import {
  createForeignTokenReader,
  generateSigningKey,
  type IdentityProvider,
  namedIssuer,
  signingAlgorithm,
  signToken,
  verifyToken,
} from "@/lib/platform/security/signing";
import type { AuditService } from "@/lib/records/audit/server/service";
import type { LimitService } from "@/lib/records/limits/server/service";

/** Lifetime of a token in seconds. */
const tokenLifetime = 3600;
/** How long the list of signing keys is cached, in milliseconds. */
const keyListAge = 60_000;
/**
 * How long a retired key stays published, in milliseconds: until the last token signed with it has expired.
 */
const retiredKeyAge = tokenLifetime * 1000 + keyListAge + 5 * 60_000;

/** Stands for the session cookie; not a valid scheme, so no Authorization header can contain it. */
const cookie = "(cookie)";

const challenge = { "WWW-Authenticate": 'Bearer realm="rollcall", AccessKey realm="rollcall"' };

/** Returns a 401 with the `WWW-Authenticate` challenge. */
export const unauthorized = (message: string, cause?: unknown): ApiError =>
  new ApiError("Unauthorized", message, { headers: challenge, cause });

const sessionSchema = z.object({ sub: z.guid(), sid: z.guid(), exp: z.int() });

interface Dependencies {
  repository: AuthRepository;
  secrets: Secrets;
  publicUrl: string;
  identityProvider: IdentityProvider | undefined;
  limits: LimitService;
  audit: Pick<AuditService, "recordOfPerson" | "refusedAccount" | "refusedKey">;
  logger: Logger;
}

/** IP address and time of a request. */
export interface Origin {
  address: string;
  now: Date;
}

/** A public key in JWK format. */
export type PublicKey = Record<string, string>;

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

interface KnownKey {
  id: string;
  publicJwk: PublicKey;
  /** Encrypted. */
  privateJwk: string;
  retiredAt: Date | null;
}

/** Authenticates callers by signed token, access key or browser session. */
export function createAuthService({
  repository,
  secrets,
  publicUrl,
  identityProvider,
  limits,
  audit,
  logger,
}: Dependencies) {
  const readForeignToken = identityProvider && createForeignTokenReader(identityProvider);
  /**
   * Verified tokens and sessions. Only the signature check is cached; whether they are still valid is checked
   * per request.
   */
  const [knownTokens, knownSessions] = [createMemory<Proof>(), createMemory<Proof>()];
  /**
   * Callers of the last minute, by credential and workspace. Used only together with a check in the database.
   */
  const callers = createRecent<Caller>();
  /** Sessions and keys whose use was recorded, or failed to be, in the last minute. */
  const noted = createRecent<true>();
  let known: { at: number; keys: KnownKey[] } | undefined;

  async function signingKeys(now: Date, mustHold?: string) {
    const fresh = known && now.getTime() - known.at < keyListAge;
    // May be a new key of another instance: reload, but at most once a second, because clients choose the id.
    const missing = known && mustHold && !known.keys.some((key) => key.id === mustHold);
    if (known && fresh && !(missing && now.getTime() - known.at > 1000)) return known.keys;
    const retiredAfter = new Date(now.getTime() - retiredKeyAge);
    let rows = await repository.signingKeys(retiredAfter);
    if (!rows.some((row) => row.retiredAt === null)) {
      await repository.addFirstSigningKey(await newSigningKey(now));
      rows = await repository.signingKeys(retiredAfter);
    }
    const keys = rows.map((row) => ({ ...row, publicJwk: row.publicJwk as PublicKey }));
    known = { at: now.getTime(), keys };
    return keys;
  }

  async function newSigningKey(now: Date): Promise<NewSigningKey> {
    const made = await generateSigningKey();
    return {
      id: made.id,
      algorithm: signingAlgorithm,
      publicJwk: made.publicJwk as PublicKey,
      privateJwk: secrets.seal("signing-key", JSON.stringify(made.privateJwk)),
      createdAt: now,
    };
  }

  async function proofOfToken(token: string, now: Date): Promise<Proof> {
    try {
      if (readForeignToken && namedIssuer(token) === identityProvider?.issuer) {
        const { address } = await readForeignToken(token, now);
        const userId = await repository.personWithAddress(address);
        if (!userId) throw unauthorized("The token is good, but nobody here has its e-mail address.");
        return { kind: "user", userId, version: undefined, via: "token" };
      }
      const claims = await verifyToken(
        token,
        async (id) => (await signingKeys(now, id)).find((key) => key.id === id)?.publicJwk,
        { issuer: publicUrl, now },
      );
      const proof: Proof = {
        kind: "user",
        userId: claims.userId as UserId,
        version: claims.version,
        via: "token",
      };
      knownTokens.remember(token, proof, now, claims.expiresAt);
      return proof;
    } catch (error) {
      if (isAuthenticationFailure(error))
        throw unauthorized(
          "The token is not valid or has expired; get a new one from POST /api/tokens.",
          error,
        );
      if (error instanceof Error && error.name === "KeysUnavailableError")
        throw new ApiError(
          "Unavailable",
          "The identity provider's keys can't be had at the moment; try again.",
          {
            headers: { "Retry-After": "5" },
            cause: error,
          },
        );
      throw error;
    }
  }

  function credentialsIn(headers: Headers): { scheme: string; value: string } | undefined {
    const authorization = headers.get("authorization");
    if (authorization !== null) {
      const [, scheme = "", value = ""] = /^(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
      return { scheme: scheme.toLowerCase(), value };
    }
    const value = readLongCookie(headers.get("cookie"), sessionCookieName(publicUrl));
    return value === undefined ? undefined : { scheme: cookie, value };
  }

  /** Returns the identity if it is known without verifying a signature. */
  function knownProof(headers: Headers, now: Date): Proof | undefined {
    const { scheme, value = "" } = credentialsIn(headers) ?? {};
    if (scheme === "accesskey") return { kind: "accessKey", hash: hashAccessKey(value) };
    if (scheme === "bearer") return knownTokens.recall(value, now);
    return scheme === cookie ? knownSessions.recall(value, now) : undefined;
  }

  async function proofOfSession(value: string, now: Date): Promise<SessionProof | undefined> {
    // Loaded on first use: a server called only by programs does not need next-auth.
    const { decode } = await import("next-auth/jwt");
    const session = await decode({ token: value, secret: secrets.key("session") }).catch(() => null);
    const parsed = sessionSchema.safeParse(session);
    if (!parsed.success) return undefined;
    const { sub, sid, exp } = parsed.data;
    const proof: SessionProof = {
      kind: "user",
      userId: sub as UserId,
      sessionId: sid as SessionId,
      via: "session",
    };
    knownSessions.remember(value, proof, now, exp);
    return proof;
  }

  async function proofOf(headers: Headers, now: Date): Promise<Proof> {
    const known = knownProof(headers, now);
    if (known) return known;
    const { scheme, value = "" } = credentialsIn(headers) ?? {};
    if (scheme === "bearer") return await proofOfToken(value, now);
    if (scheme === cookie) {
      const proof = await proofOfSession(value, now);
      if (proof) return proof;
      throw unauthorized("The session has ended; sign in again.");
    }
    if (scheme !== undefined)
      throw unauthorized("Send Authorization: Bearer <token> or Authorization: AccessKey <key>.");
    throw unauthorized("Sign in, or send a token from POST /api/tokens or an access key.");
  }

  /** Returns the query about the caller with this identity. */
  function questionOf(proof: Proof, workspace: string | undefined, now: Date): Question {
    const workspaceId = workspace?.toLowerCase() as WorkspaceId | undefined;
    if (proof.kind === "accessKey")
      return question(
        `key ${proof.hash.toString("base64")} ${workspaceId}`,
        keyStatement(proof.hash, now),
        (key) => {
          if (!key) throw unauthorized("The access key is not valid, has expired or was revoked.");
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
          if (!person?.enters) throw unauthorized("The session has ended; sign in again.");
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
          throw unauthorized("This sign-in is no longer valid; sign in again.");
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
        throw new NoLongerSo("whoever it was may not enter any more", { cause: error });
      }
      if (!isSame(caller, presumed)) throw new NoLongerSo("something about the caller has changed");
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
      logger.warn({ err: error }, "could not note when a credential was used"),
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

    /** Returns the session in the cookie, whether or not it has ended; undefined without a valid cookie. */
    async sessionIn(headers: Headers, now: Date): Promise<SessionProof | undefined> {
      const value = readLongCookie(headers.get("cookie"), sessionCookieName(publicUrl));
      return value === undefined ? undefined : await proofOfSession(value, now);
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

    /**
     * Returns the person with this email and password, or null. Unknown emails take the same time. Throws
     * `RateLimited` after too many failures.
     */
    async signIn(
      email: string,
      password: string,
      { address, now }: Origin,
      action: "session.started" | "token.created" = "session.started",
    ) {
      const account = email.trim().toLowerCase();
      const line = { address, account, action };
      const found = await limits
        .attemptSignIn(address, account, now, async () => {
          const person = await repository.signIn(account);
          const right = await verifyPassword(person?.passwordHash ?? null, password);
          return person && right ? person : null;
        })
        .catch((error: unknown) => {
          logger.warn(line, "sign-in refused after too many failures");
          throw error;
        });
      if (!found) {
        logger.warn(line, "sign-in refused");
        audit.refusedAccount(account, { action, address }, now);
        return null;
      }
      logger.info(line, "signed in");
      await audit.recordOfPerson(found, { action, outcome: "ok", address }, now);
      return found;
    },

    /** Creates a token for an email and password. Throws `Unauthorized` or `RateLimited`. */
    async createToken(credentials: { email: string; password: string }, origin: Origin) {
      const { now } = origin;
      const { email, password } = credentials;
      const person = await this.signIn(email, password, origin, "token.created");
      if (!person) throw unauthorized("The e-mail address or the password is wrong.");
      const key = (await signingKeys(now)).find((each) => each.retiredAt === null);
      if (!key) throw new Error("there is no signing key");
      const token = await signToken(
        { userId: person.id, version: person.sessionVersion },
        { id: key.id, privateJwk: JSON.parse(secrets.open("signing-key", key.privateJwk)) },
        { issuer: publicUrl, issuedAt: now, lifetime: tokenLifetime },
      );
      const expiresAt = new Date((Math.floor(now.getTime() / 1000) + tokenLifetime) * 1000);
      return { token, tokenType: "Bearer" as const, expiresAt: expiresAt.toISOString() };
    },

    /**
     * Changes the caller's password, which ends all their sessions and tokens. Throws `InvalidPassword`
     * (wrong current or weak new password), `Forbidden` (access key) or `RateLimited`.
     */
    async changePassword(
      principal: Principal,
      change: { current: string; new: string },
      { address, now }: Origin,
    ): Promise<void> {
      if (principal.kind !== "user") throw new ApiError("Forbidden", "An access key has no password.");
      const person = await repository.credentials(principal.id);
      if (!person) throw unauthorized("This sign-in is no longer valid; sign in again.");
      const right = await limits.attemptSignIn(address, person.address, now, async () =>
        (await verifyPassword(person.passwordHash, change.current)) ? true : null,
      );
      const details: ErrorDetails = {};
      if (!right) details.current = ["is not your present password."];
      if (!right) audit.refusedAccount(person.address, { action: "password.changed", address }, now);
      const problem = passwordProblem(change.new, [person.address, person.name]);
      if (problem) details.new = [problem];
      if (Object.keys(details).length > 0)
        throw new ApiError(
          "InvalidPassword",
          `The password was not changed: check ${Object.keys(details).join(", ")}.`,
          { details },
        );
      const hash = await hashPassword(change.new);
      if (!(await repository.changePassword(principal.id, person.passwordHash, hash, now)))
        throw new ApiError(
          "InvalidPassword",
          "The password was changed by somebody else just now; sign in again.",
          {
            details: { current: ["is not your present password any more."] },
          },
        );
      await audit.recordOfPerson(principal, { action: "password.changed", outcome: "ok", address }, now);
    },

    /**
     * Creates a new signing key; other instances use it within a minute. Old keys stay published until the
     * last token signed with them has expired.
     */
    async rotateSigningKey(now: Date): Promise<{ id: string }> {
      const key = await newSigningKey(now);
      await repository.replaceSigningKeys(key);
      known = undefined;
      return { id: key.id };
    },

    /** Returns the public keys as a JWK set. */
    async keySet(now: Date): Promise<{ keys: PublicKey[] }> {
      return { keys: (await signingKeys(now)).map((key) => key.publicJwk) };
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

/** Returns whether an error means an invalid token, rather than a failure of the database. */
function isAuthenticationFailure(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  const code = (error as { code?: unknown }).code;
  return (typeof code === "string" && code.startsWith("ERR_J")) || (error as Error).message === "unknown key";
}

export type AuthService = ReturnType<typeof createAuthService>;
