import { exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { newId } from "@/lib/ids";

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

const claimsSchema = z.object({ sub: z.guid(), ver: z.int() });

/**
 * Reads a token of the product. Throws when it is malformed, expired, or not signed by a key that `publicKey` knows.
 */
export async function verifyToken(
  token: string,
  publicKey: (id: string) => Promise<JWK | undefined>,
  terms: { issuer: string; now: Date },
): Promise<TokenClaims> {
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
  return { userId: claims.sub, version: claims.ver };
}
