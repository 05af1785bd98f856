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

/** The one algorithm of the product's own tokens: ECDSA on P-256, understood by every JWT library. */
export const signingAlgorithm = "ES256";

export interface SigningKeyPair {
  id: string;
  publicJwk: JWK;
  privateJwk: JWK;
}

/** Makes a key pair for signing tokens. */
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

/** What a token of the product says. */
export interface TokenClaims {
  userId: string;
  /** The person's `sessionVersion` when the token was made. */
  version: number;
}

/** What was read from a token that is good. */
export interface VerifiedClaims extends TokenClaims {
  /** Epoch seconds. */
  expiresAt: number;
}

export interface TokenTerms {
  /** Origin of the product: issuer of its tokens. */
  issuer: string;
  issuedAt: Date;
  /** Seconds. */
  lifetime: number;
}

const audience = "rollcall";

/** Signs a token. */
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

/**
 * Reads a token of the product. Throws when it is malformed, expired, or not signed by a key that `publicKey` knows.
 */
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

/** Seconds by which the clock of an identity provider may differ from ours. */
const skew = 60;
/** Signatures with a public key. An HMAC would make everybody who may verify able to sign. */
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
  // Some providers write the boolean as text.
  email_verified: z.union([z.literal(true), z.literal("true")]),
  exp: z.int(),
});

/** The identity provider's keys can't be fetched: nothing is known about the token. */
export class KeysUnavailableError extends Error {
  override name = "KeysUnavailableError";
}

/** An identity provider whose tokens are taken. */
export interface IdentityProvider {
  issuer: string;
  audience: string;
  jwksUrl: string;
}

/**
 * Reads tokens of an identity provider: the verified e-mail address in it, in lower case. Its keys are fetched when
 * they are first needed, kept for ten minutes, and fetched again for a key that isn't among them, at most twice a
 * minute. Throws like `verifyToken`, and for an address that the provider has not verified; `KeysUnavailableError`
 * when the keys can't be had.
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

/** The issuer that a token names, without looking at its signature: it tells who has to verify it. */
export function namedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
