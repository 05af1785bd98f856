import { z } from "zod";
import type { AuthDependencies } from "@/lib/access/auth/server/dependencies";
import type { Proof, SessionProof } from "@/lib/access/auth/server/repository";
import type { SigningKeys } from "@/lib/access/auth/server/signing-keys";
import { unauthorized } from "@/lib/access/auth/server/unauthorized";
import { readLongCookie } from "@/lib/platform/http/cookies";
import { ApiError } from "@/lib/platform/http/errors";
import type { SessionId, UserId } from "@/lib/platform/ids";
import { hashAccessKey } from "@/lib/platform/security/access-keys";
import { createMemory } from "@/lib/platform/security/memory";
import { sessionCookieName } from "@/lib/platform/security/session-cookie";
import { createForeignTokenReader, namedIssuer, verifyToken } from "@/lib/platform/security/signing";

/** Stands for the session cookie; not a valid scheme, so no Authorization header can contain it. */
const cookie = "(cookie)";

const sessionSchema = z.object({ sub: z.guid(), sid: z.guid(), exp: z.int() });

/** Reads and verifies the credentials of a request: a signed token, an access key or a session cookie. */
export function createCredentials(
  { repository, secrets, publicUrl, identityProvider }: AuthDependencies,
  signingKeys: SigningKeys,
) {
  const readForeignToken = identityProvider && createForeignTokenReader(identityProvider);
  /**
   * Verified tokens and sessions. Only the signature check is cached; whether they are still valid is checked
   * per request.
   */
  const [knownTokens, knownSessions] = [createMemory<Proof>(), createMemory<Proof>()];

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
        async (id) => (await signingKeys.list(now, id)).find((key) => key.id === id)?.publicJwk,
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
          "The identity provider's keys are not available right now. Try again in a moment.",
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

  /** Returns the identity if it is cached; does not verify a signature. */
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

  return {
    credentialsIn,
    proofOf,

    /** Returns the session in the cookie, whether or not it has ended; undefined without a valid cookie. */
    async sessionIn(headers: Headers, now: Date): Promise<SessionProof | undefined> {
      const value = readLongCookie(headers.get("cookie"), sessionCookieName(publicUrl));
      return value === undefined ? undefined : await proofOfSession(value, now);
    },
  };
}

/** Returns whether an error means an invalid token, rather than a failure of the database. */
function isAuthenticationFailure(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  const code = (error as { code?: unknown }).code;
  return (typeof code === "string" && code.startsWith("ERR_J")) || (error as Error).message === "unknown key";
}

export type Credentials = ReturnType<typeof createCredentials>;
