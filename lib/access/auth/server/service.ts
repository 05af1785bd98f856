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

/** Seconds that a token is good for. */
const tokenLifetime = 3600;
/** Milliseconds for which the list of signing keys is kept in memory. */
const keyListAge = 60_000;
/** Milliseconds that a retired key is published: until the last token that any instance signed with it has ended. */
const retiredKeyAge = tokenLifetime * 1000 + keyListAge + 5 * 60_000;

/** The scheme of a session's cookie: no header can name it. */
const cookie = "(cookie)";

const challenge = { "WWW-Authenticate": 'Bearer realm="rollcall", AccessKey realm="rollcall"' };

/** 401 with the ways in that there are. */
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

/** Where a request came from, and when. */
export interface Origin {
  /** The network address of the client. */
  address: string;
  now: Date;
}

/** A public key as it is published. */
export type PublicKey = Record<string, string>;

/** What the database is asked about a caller. */
interface Question {
  /** The same for the same question. */
  name: string;
  /** Throws `Unauthorized`. */
  ask(): Promise<Caller>;
  /** Runs `work`, asking together with its first statement; throws `NoLongerSo` unless the answer is `presumed`. */
  presuming<T>(presumed: Caller, work: () => Promise<T>): Promise<T>;
}

/** What was presumed of a caller turned out not to be so. */
class NoLongerSo extends Error {
  override name = "NoLongerSo";
}

interface KnownKey {
  id: string;
  publicJwk: PublicKey;
  /** Sealed. */
  privateJwk: string;
  retiredAt: Date | null;
}

/** Three ways in, all ending in one `Actor`: a signed token, an access key, the browser's session. */
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
  /** Of our own tokens, and of sessions: whose they are. Whether they still count is asked with each request. */
  const [knownTokens, knownSessions] = [createMemory<Proof>(), createMemory<Proof>()];
  /** Who called lately, by what they proved and the workspace they asked for. Each time the database is asked again. */
  const callers = createRecent<Caller>();
  /** Of sessions and keys, those whose use was noted within the last minute, or could not be. */
  const noted = createRecent<true>();
  let known: { at: number; keys: KnownKey[] } | undefined;

  async function signingKeys(now: Date, mustHold?: string) {
    const fresh = known && now.getTime() - known.at < keyListAge;
    // A key that another instance has just made: look again, but not for every made-up id.
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
        if (!userId)
          throw unauthorized(
            "The token is valid, but no person here has its email address. Ask a supervisor for an invitation.",
          );
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
          "The token is not valid or has expired. Get a new one from POST /api/tokens.",
          error,
        );
      if (error instanceof Error && error.name === "KeysUnavailableError")
        throw new ApiError(
          "Unavailable",
          "The keys of the identity provider are not available at the moment. Try again.",
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

  /** What the credentials prove, as far as that is known without asking anybody. */
  function knownProof(headers: Headers, now: Date): Proof | undefined {
    const { scheme, value = "" } = credentialsIn(headers) ?? {};
    if (scheme === "accesskey") return { kind: "accessKey", hash: hashAccessKey(value) };
    if (scheme === "bearer") return knownTokens.recall(value, now);
    return scheme === cookie ? knownSessions.recall(value, now) : undefined;
  }

  async function proofOfSession(value: string, now: Date): Promise<SessionProof | undefined> {
    // Programs send no cookies, and an API that only they call need not know next-auth.
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
      throw unauthorized("The session has ended. Sign in again.");
    }
    if (scheme !== undefined)
      throw unauthorized(
        "The Authorization header is not valid. Send Authorization: Bearer <token> or Authorization: AccessKey <key>.",
      );
    throw unauthorized(
      "Credentials are missing. Sign in, or send a token from POST /api/tokens or an access key.",
    );
  }

  /** What the database is to be asked about whoever proved this. */
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

  /** Notes a use at most once a minute. Nobody waits for it, and a failure fails nothing: the database may be read-only. */
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
     * Finds out who calls and, with a workspace, what they may do in it: one statement. Throws 401 `Unauthorized` for
     * missing, wrong, expired or revoked credentials.
     */
    async authenticate(headers: Headers, workspace: string | undefined, now: Date): Promise<Caller> {
      const asked = questionOf(await proofOf(headers, now), workspace, now);
      const caller = await asked.ask();
      callers.remember(asked.name, caller, now);
      return caller;
    },

    /**
     * Runs `work` for whom these credentials were found to be within the last minute, and asks the database together with
     * the first statement of `work` whether all of that is still so. Where it isn't, nothing of `work` goes on, and the
     * outcome is undefined; so it is, without `work` having begun, for credentials that have not been seen lately.
     * `work` must begin as `Database.presuming` says.
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

    /** The session that a browser's cookie names, whether or not it has ended; undefined without such a cookie. */
    async sessionIn(headers: Headers, now: Date): Promise<SessionProof | undefined> {
      const value = readLongCookie(headers.get("cookie"), sessionCookieName(publicUrl));
      return value === undefined ? undefined : await proofOfSession(value, now);
    },

    /**
     * Who acts by running a command of the product on its own machine: they may do everything in the workspace. Never to
     * be made from anything that came over the network.
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

    /** Keeps in the audit log that an access key was refused because it has expired. Returns at once. */
    noteRefusal(headers: Headers, address: string, now: Date): void {
      const { scheme, value = "" } = credentialsIn(headers) ?? {};
      if (scheme === "accesskey") audit.refusedKey(hashAccessKey(value), address, now);
    },

    /**
     * The person with this address and password, or null. Takes the same time for nobody. Throws `RateLimited` after
     * too many failures.
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

    /** A signed token for an address and a password. Throws 401 `Unauthorized` for a wrong pair, `RateLimited`. */
    async createToken(credentials: { email: string; password: string }, origin: Origin) {
      const { now } = origin;
      const { email, password } = credentials;
      const person = await this.signIn(email, password, origin, "token.created");
      if (!person) throw unauthorized("The email address or password is wrong.");
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
     * Changes the caller's own password, which ends all of their sessions and tokens. Throws `InvalidPassword` for a
     * wrong present one or a new one that is too easy to guess, `Forbidden` for an access key, `RateLimited`.
     */
    async changePassword(
      principal: Principal,
      change: { current: string; new: string },
      { address, now }: Origin,
    ): Promise<void> {
      if (principal.kind !== "user")
        throw new ApiError("Forbidden", "An access key has no password. Sign in as a person.");
      const person = await repository.credentials(principal.id);
      if (!person) throw unauthorized("This sign-in is no longer valid. Sign in again.");
      const right = await limits.attemptSignIn(address, person.address, now, async () =>
        (await verifyPassword(person.passwordHash, change.current)) ? true : null,
      );
      const details: ErrorDetails = {};
      if (!right) details.current = ["is not your current password."];
      if (!right) audit.refusedAccount(person.address, { action: "password.changed", address }, now);
      const problem = passwordProblem(change.new, [person.address, person.name]);
      if (problem) details.new = [problem];
      if (Object.keys(details).length > 0)
        throw new ApiError(
          "InvalidPassword",
          `The password was not changed. Check ${Object.keys(details).join(", ")}.`,
          { details },
        );
      const hash = await hashPassword(change.new);
      if (!(await repository.changePassword(principal.id, person.passwordHash, hash, now)))
        throw new ApiError("InvalidPassword", "The password was changed by another request. Sign in again.", {
          details: { current: ["is no longer your current password."] },
        });
      await audit.recordOfPerson(principal, { action: "password.changed", outcome: "ok", address }, now);
    },

    /**
     * Signs tokens with a new key from now on (other instances follow within a minute). The old ones stay published
     * until the last token signed with them has ended.
     */
    async rotateSigningKey(now: Date): Promise<{ id: string }> {
      const key = await newSigningKey(now);
      await repository.replaceSigningKeys(key);
      known = undefined;
      return { id: key.id };
    },

    /** The public keys that tokens are signed with. */
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

/** Whether two findings about a caller are the same in all that an operation may rely on. */
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

/** Whether verifying failed for the token's sake, not for the database's. */
function isAuthenticationFailure(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  const code = (error as { code?: unknown }).code;
  return (typeof code === "string" && code.startsWith("ERR_J")) || (error as Error).message === "unknown key";
}

export type AuthService = ReturnType<typeof createAuthService>;
