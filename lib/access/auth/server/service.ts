import { createAuthentication } from "@/lib/access/auth/server/authenticate";
import { createCredentials } from "@/lib/access/auth/server/credentials";
import type { AuthDependencies } from "@/lib/access/auth/server/dependencies";
import { createPasswords } from "@/lib/access/auth/server/passwords";
import { createSignIn } from "@/lib/access/auth/server/sign-in";
import { createSigningKeys } from "@/lib/access/auth/server/signing-keys";
import { createTokens } from "@/lib/access/auth/server/tokens";

export function createAuthService(dependencies: AuthDependencies) {
  const { signIn } = createSignIn(dependencies);
  const signingKeys = createSigningKeys(dependencies);
  const credentials = createCredentials(dependencies, signingKeys);
  return {
    ...createAuthentication(dependencies, credentials),
    sessionIn: credentials.sessionIn,
    signIn,
    ...createTokens(dependencies, signIn, signingKeys),
    ...createPasswords(dependencies),
    rotateSigningKey: signingKeys.rotate,
    keySet: signingKeys.keySet,
  };
}

export type AuthService = ReturnType<typeof createAuthService>;
