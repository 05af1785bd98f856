import type { AuthDependencies } from "@/lib/access/auth/server/dependencies";
import type { Origin, SignIn } from "@/lib/access/auth/server/sign-in";
import { type SigningKeys, tokenLifetime } from "@/lib/access/auth/server/signing-keys";
import { unauthorized } from "@/lib/access/auth/server/unauthorized";
import { signToken } from "@/lib/platform/security/signing";

export function createTokens(
  { secrets, publicUrl }: AuthDependencies,
  signIn: SignIn,
  signingKeys: SigningKeys,
) {
  return {
    /** Creates a token for an email and password. Throws `Unauthorized` or `RateLimited`. */
    async createToken(credentials: { email: string; password: string }, origin: Origin) {
      const { now } = origin;
      const { email, password } = credentials;
      const person = await signIn(email, password, origin, "token.created");
      if (!person) throw unauthorized("The email address or password is wrong.");
      const key = (await signingKeys.list(now)).find((each) => each.retiredAt === null);
      if (!key) throw new Error("there is no signing key");
      const token = await signToken(
        { userId: person.id, version: person.sessionVersion },
        { id: key.id, privateJwk: JSON.parse(secrets.open("signing-key", key.privateJwk)) },
        { issuer: publicUrl, issuedAt: now, lifetime: tokenLifetime },
      );
      const expiresAt = new Date((Math.floor(now.getTime() / 1000) + tokenLifetime) * 1000);
      return { token, tokenType: "Bearer" as const, expiresAt: expiresAt.toISOString() };
    },
  };
}
