import {
  createRemoteJWKSet,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from "jose";
import { z } from "zod";
import { newId } from "@/lib/platform/ids";

/** ECDSA on P-256, supported by all common JWT libraries. */
export const signingAlgorithm = "ES256";

export interface SigningKeyPair {
  id: string;
  publicJwk: JWK;
  privateJwk: JWK;
}

export async function generateSigningKey(): Promise<SigningKeyPair> {
  const id = newId();
  const { publicKey, privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const shared = { kid: id, alg: signingAlgorithm, use: "sig" };
  return {
    id,
    publicJwk: { ...(await exportJWK(publicKey)), ...shared },
    privateJwk: { ...(await exportJWK(privateKey)), ...shared },
  };
}

/** Claims of our own tokens. */
export interface TokenClaims {
  userId: string;
  /** The person's `sessionVersion` when the token was issued. */
  version: number;
}

export interface VerifiedClaims extends TokenClaims {
  /** Epoch seconds. */
  expiresAt: number;
}

export interface TokenTerms {
  /** The product's origin. */
  issuer: string;
  issuedAt: Date;
  /** Seconds. */
  lifetime: number;
}

const audience = "rollcall";

export async function signToken(
  claims: TokenClaims,
  key: { id: string; privateJwk: JWK },
  terms: TokenTerms,
): Promise<string> {
  const issuedAt = Math.floor(terms.issuedAt.getTime() / 1000);
  return await new SignJWT({ ver: claims.version })
    .setProtectedHeader({ alg: signingAlgorithm, kid: key.id, typ: "JWT" })
    .setSubject(claims.userId)
    .setIssuer(terms.issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + terms.lifetime)
    .sign(await importJWK(key.privateJwk, signingAlgorithm));
}

const claimsSchema = z.object({ sub: z.guid(), ver: z.int(), exp: z.int() });

/** Verifies a token. Throws if it is malformed, expired, or not signed by a key that `publicKey` returns. */
export async function verifyToken(
  token: string,
  publicKey: (id: string) => Promise<JWK | undefined>,
  terms: { issuer: string; now: Date },
): Promise<VerifiedClaims> {
  const { payload } = await jwtVerify(
    token,
    async (header) => {
      const jwk = header.kid ? await publicKey(header.kid) : undefined;
      if (!jwk) throw new Error("unknown key");
      return await importJWK(jwk, signingAlgorithm);
    },
    {
      algorithms: [signingAlgorithm],
      issuer: terms.issuer,
      audience,
      requiredClaims: ["exp"],
      currentDate: terms.now,
      clockTolerance: 5,
    },
  );
  const claims = claimsSchema.parse(payload);
  return { userId: claims.sub, version: claims.ver, expiresAt: claims.exp };
}

/** Clock tolerance for identity providers, in seconds. */
const skew = 60;
/** Public-key algorithms only: an HMAC would let anyone who can verify also sign. */
const foreignAlgorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
];

const foreignClaimsSchema = z.object({
  email: z.string(),
  // Some providers send the boolean as a string.
  email_verified: z.union([z.literal(true), z.literal("true")]),
  exp: z.int(),
});

/** The identity provider's keys can't be fetched, so the token can't be verified. */
export class KeysUnavailableError extends Error {
  override name = "KeysUnavailableError";
}

/** A trusted identity provider. */
export interface IdentityProvider {
  issuer: string;
  audience: string;
  jwksUrl: string;
}

/**
 * Creates a function that verifies an identity provider's tokens and returns the verified email in lowercase.
 * Keys are cached for ten minutes, and refetched for an unknown key at most twice a minute. Throws for an
 * invalid token or an unverified email, and `KeysUnavailableError`.
 */
export function createForeignTokenReader(provider: IdentityProvider) {
  const remote = createRemoteJWKSet(new URL(provider.jwksUrl), {
    timeoutDuration: 5_000,
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
  });
  return async function readForeignToken(token: string, now: Date): Promise<{ address: string }> {
    const { payload } = await jwtVerify(
      token,
      (header, input) =>
        remote(header, input).catch((error: unknown) => {
          const code = String((error as { code?: unknown }).code ?? "");
          if (code === "ERR_JWKS_NO_MATCHING_KEY" || code === "ERR_JWKS_MULTIPLE_MATCHING_KEYS") throw error;
          throw new KeysUnavailableError("the identity provider's keys can't be fetched", { cause: error });
        }),
      {
        algorithms: foreignAlgorithms,
        issuer: provider.issuer,
        audience: provider.audience,
        currentDate: now,
        clockTolerance: skew,
      },
    );
    return { address: foreignClaimsSchema.parse(payload).email.trim().toLowerCase() };
  };
}

/** Returns the issuer of a token without verifying it, to choose the verifier. */
export function namedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
