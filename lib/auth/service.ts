import { decode } from "next-auth/jwt";
import { z } from "zod";
import type { Actor, Principal } from "@/lib/auth/permissions";
import type { AuthRepository, Proof } from "@/lib/auth/repository";
import { ApiError } from "@/lib/http/errors";
import type { AuthorizedWorkspaceId, UserId, WorkspaceId } from "@/lib/ids";
import type { Logger } from "@/lib/logger";
import { hashAccessKey } from "@/lib/security/access-keys";
import { verifyPassword } from "@/lib/security/passwords";
import type { Secrets } from "@/lib/security/secrets";
import { sessionCookieName } from "@/lib/security/session-cookie";
import { generateSigningKey, signingAlgorithm, signToken, verifyToken } from "@/lib/security/signing";

/** Seconds that a token is good for. */
const tokenLifetime = 3600;
/** Milliseconds for which the list of signing keys is kept in memory. */
const keyListAge = 60_000;
/** Milliseconds between two notes that an access key was used. */
const lastUseStep = 60_000;

const challenge = { "WWW-Authenticate": 'Bearer realm="rollcall", AccessKey realm="rollcall"' };

const unauthorized = (message: string, cause?: unknown) =>
  new ApiError("Unauthorized", message, { headers: challenge, cause });

const sessionSchema = z.object({ sub: z.guid(), version: z.int() });

interface Dependencies {
  repository: AuthRepository;
  secrets: Secrets;
  publicUrl: string;
  logger: Logger;
}

/** A public key as it is published. */
export type PublicKey = Record<string, string>;

/** Who calls, and whether they may enter the workspace asked for. */
export interface Caller {
  principal: Principal;
  /** Undefined when no workspace was asked for or the caller is not in it. */
  actor: Actor | undefined;
}

/** Three ways in, all ending in one `Actor`: a signed token, an access key, the browser's session. */
export function createAuthService({ repository, secrets, publicUrl, logger }: Dependencies) {
  let known: { at: number; keys: { id: string; publicJwk: PublicKey; privateJwk: string }[] } | undefined;

  async function signingKeys(now: Date, mustHold?: string) {
    const fresh = known && now.getTime() - known.at < keyListAge;
    // A key that another instance has just made: look again, but not for every made-up id.
    const missing = known && mustHold && !known.keys.some((key) => key.id === mustHold);
    if (known && fresh && !(missing && now.getTime() - known.at > 1000)) return known.keys;
    let rows = await repository.signingKeys();
    if (rows.length === 0) {
      const made = await generateSigningKey();
      await repository.addFirstSigningKey({
        id: made.id,
        algorithm: signingAlgorithm,
        publicJwk: made.publicJwk as PublicKey,
        privateJwk: secrets.seal("signing-key", JSON.stringify(made.privateJwk)),
        createdAt: now,
      });
      rows = await repository.signingKeys();
    }
    const keys = rows.map((row) => ({ ...row, publicJwk: row.publicJwk as PublicKey }));
    known = { at: now.getTime(), keys };
    return keys;
  }

  async function proofOf(headers: Headers, now: Date): Promise<Proof> {
    const authorization = headers.get("authorization");
    if (authorization !== null) {
      const [, scheme = "", value = ""] = /^(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
      if (scheme.toLowerCase() === "accesskey") return { kind: "accessKey", hash: hashAccessKey(value) };
      if (scheme.toLowerCase() === "bearer") {
        try {
          const claims = await verifyToken(
            value,
            async (id) => (await signingKeys(now, id)).find((key) => key.id === id)?.publicJwk,
            { issuer: publicUrl, now },
          );
          return { kind: "user", userId: claims.userId as UserId, version: claims.version, via: "token" };
        } catch (error) {
          if (isAuthenticationFailure(error))
            throw unauthorized(
              "The token is not valid or has expired; get a new one from POST /api/tokens.",
              error,
            );
          throw error;
        }
      }
      throw unauthorized("Send Authorization: Bearer <token> or Authorization: AccessKey <key>.");
    }
    const cookie = readCookie(headers.get("cookie"), sessionCookieName(publicUrl));
    if (cookie !== undefined) {
      const session = await decode({ token: cookie, secret: secrets.key("session") }).catch(() => null);
      const parsed = sessionSchema.safeParse(session);
      if (parsed.success)
        return {
          kind: "user",
          userId: parsed.data.sub as UserId,
          version: parsed.data.version,
          via: "session",
        };
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
      if (!person?.enters || person.sessionVersion !== proof.version)
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

    /** The person with this address and password, or null. Takes the same time for nobody. */
    async signIn(email: string, password: string) {
      const person = await repository.signIn(email.trim().toLowerCase());
      const right = await verifyPassword(person?.passwordHash ?? null, password);
      return person && right ? person : null;
    },

    /** A signed token for an address and a password. Throws 401 `Unauthorized` for a wrong pair. */
    async createToken(credentials: { email: string; password: string }, now: Date) {
      const person = await this.signIn(credentials.email, credentials.password);
      if (!person) throw unauthorized("The e-mail address or the password is wrong.");
      const [key] = await signingKeys(now);
      if (!key) throw new Error("there is no signing key");
      const token = await signToken(
        { userId: person.id, version: person.sessionVersion },
        { id: key.id, privateJwk: JSON.parse(secrets.open("signing-key", key.privateJwk)) },
        { issuer: publicUrl, issuedAt: now, lifetime: tokenLifetime },
      );
      const expiresAt = new Date((Math.floor(now.getTime() / 1000) + tokenLifetime) * 1000);
      return { token, tokenType: "Bearer" as const, expiresAt: expiresAt.toISOString() };
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
