import type { AuthDependencies } from "@/lib/access/auth/server/dependencies";
import { isApiError } from "@/lib/platform/http/errors";
import { verifyPassword } from "@/lib/platform/security/passwords";

export interface Origin {
  address: string;
  now: Date;
}

export function createSignIn({ repository, limits, audit, logger }: AuthDependencies) {
  return {
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
          if (isApiError(error)) logger.warn(line, "sign-in refused after too many failures");
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
  };
}

export type SignIn = ReturnType<typeof createSignIn>["signIn"];
