import { z } from "zod";
import { type Actor, type Principal, permissions } from "@/lib/auth/permissions";
import type { AuthRepository, NewSigningKey, Proof } from "@/lib/auth/repository";
import { ApiError, type ErrorDetails } from "@/lib/http/errors";
import {
  type AccessKeyId,
  type AuthorizedWorkspaceId,
  newId,
  type UserId,
  type WorkspaceId,
} from "@/lib/ids";
import type { LimitService } from "@/lib/limits/service";
import type { Logger } from "@/lib/logger";
import { hashAccessKey } from "@/lib/security/access-keys";
import { createMemory } from "@/lib/security/memory";
import { hashPassword, passwordProblem, verifyPassword } from "@/lib/security/passwords";
import type { Secrets } from "@/lib/security/secrets";
import { sessionCookieName } from "@/lib/security/session-cookie";
import {
  createForeignTokenReader,
  generateSigningKey,
  type IdentityProvider,
  namedIssuer,
  signingAlgorithm,
  signToken,
  verifyToken,
} from "@/lib/security/signing";

/** Seconds that a token is good for. */
const tokenLifetime = 3600;
/** Milliseconds for which the list of signing keys is kept in memory. */
const keyListAge = 60_000;
/** Milliseconds that a retired key is published: until the last token that any instance signed with it has ended. */
const retiredKeyAge = tokenLifetime * 1000 + keyListAge + 5 * 60_000;
/** Milliseconds between two notes that an access key was used. */
const lastUseStep = 60_000;

const challenge = { "WWW-Authenticate": 'Bearer realm="rollcall", AccessKey realm="rollcall"' };

/** 401 with the ways in that there are. */
export const unauthorized = (message: string, cause?: unknown): ApiError =>
  new ApiError("Unauthorized", message, { headers: challenge, cause });

const sessionSchema = z.object({ sub: z.guid(), version: z.int(), exp: z.int() });

interface Dependencies {
  repository: AuthRepository;
  secrets: Secrets;
  publicUrl: string;
  identityProvider: IdentityProvider | undefined;
  limits: LimitService;
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

/** Who calls, and whether they may enter the workspace asked for. */
export interface Caller {
  principal: Principal;
  /** Undefined when no workspace was asked for or the caller is not in it. */
  actor: Actor | undefined;
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
  logger,
}: Dependencies) {
  const readForeignToken = identityProvider && createForeignTokenReader(identityProvider);
  /** Of our own tokens, and of sessions: whose they are. Whether they still count is asked with each request. */
  const [knownTokens, knownSessions] = [createMemory<Proof>(), createMemory<Proof>()];
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

  async function proofOf(headers: Headers, now: Date): Promise<Proof> {
    const authorization = headers.get("authorization");
    if (authorization !== null) {
      const [, scheme = "", value = ""] = /^(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
      if (scheme.toLowerCase() === "accesskey") return { kind: "accessKey", hash: hashAccessKey(value) };
      if (scheme.toLowerCase() === "bearer")
        return knownTokens.recall(value, now) ?? (await proofOfToken(value, now));
      throw unauthorized("Send Authorization: Bearer <token> or Authorization: AccessKey <key>.");
    }
    const cookie = readCookie(headers.get("cookie"), sessionCookieName(publicUrl));
    if (cookie !== undefined) {
      const remembered = knownSessions.recall(cookie, now);
      if (remembered) return remembered;
      // Programs send no cookies, and an API that only they call need not know next-auth.
      const { decode } = await import("next-auth/jwt");
      const session = await decode({ token: cookie, secret: secrets.key("session") }).catch(() => null);
      const parsed = sessionSchema.safeParse(session);
      if (parsed.success) {
        const { sub, version, exp } = parsed.data;
        const proof: Proof = { kind: "user", userId: sub as UserId, version, via: "session" };
        knownSessions.remember(cookie, proof, now, exp);
        return proof;
      }
      throw unauthorized("The session has ended; sign in again.");
    }
    throw unauthorized("Sign in, or send a token from POST /api/tokens or an access key.");
  }

  return {
    /**
     * Finds out who calls and, with a workspace, what they may do in it: one statement. Throws 401 `Unauthorized` for
     * missing, wrong, expired or revoked credentials.
     */
    async authenticate(headers: Headers, workspace: string | undefined, now: Date): Promise<Caller> {
      const workspaceId = workspace?.toLowerCase() as WorkspaceId | undefined;
      const proof = await proofOf(headers, now);
      if (proof.kind === "accessKey") {
        const key = await repository.accessKey(proof.hash, now);
        if (!key) throw unauthorized("The access key is not valid, has expired or was revoked.");
        if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > lastUseStep)
          repository
            .markKeyUsed(key, now)
            .catch((error: unknown) =>
              logger.warn({ err: error }, "could not note the use of an access key"),
            );
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
      const person = await repository.person(proof.userId, workspaceId);
      if (!person?.enters || (proof.version ?? person.sessionVersion) !== person.sessionVersion)
        throw unauthorized("This sign-in is no longer valid; sign in again.");
      const principal: Principal = { kind: "user", id: person.id, name: person.name, via: proof.via };
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
      };
    },

    /**
     * The person with this address and password, or null. Takes the same time for nobody. Throws `RateLimited` after
     * too many failures.
     */
    async signIn(email: string, password: string, { address, now }: Origin) {
      const account = email.trim().toLowerCase();
      return await limits.attemptSignIn(address, account, now, async () => {
        const person = await repository.signIn(account);
        const right = await verifyPassword(person?.passwordHash ?? null, password);
        return person && right ? person : null;
      });
    },

    /** A signed token for an address and a password. Throws 401 `Unauthorized` for a wrong pair, `RateLimited`. */
    async createToken(credentials: { email: string; password: string }, origin: Origin) {
      const { now } = origin;
      const person = await this.signIn(credentials.email, credentials.password, origin);
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
     * Changes the caller's own password, which ends all of their sessions and tokens. Throws `InvalidPassword` for a
     * wrong present one or a new one that is too easy to guess, `Forbidden` for an access key, `RateLimited`.
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

/** Whether verifying failed for the token's sake, not for the database's. */
function isAuthenticationFailure(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  const code = (error as { code?: unknown }).code;
  return (typeof code === "string" && code.startsWith("ERR_J")) || (error as Error).message === "unknown key";
}

function readCookie(header: string | null, name: string): string | undefined {
  const parts = new Map<string, string>();
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0) parts.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  if (parts.has(name)) return parts.get(name);
  // next-auth cuts a long session into numbered cookies.
  let whole: string | undefined;
  for (let part = 0; parts.has(`${name}.${part}`); part++)
    whole = (whole ?? "") + parts.get(`${name}.${part}`);
  return whole;
}
