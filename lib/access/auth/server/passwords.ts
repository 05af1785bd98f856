import type { AuthDependencies } from "@/lib/access/auth/server/dependencies";
import type { Origin } from "@/lib/access/auth/server/sign-in";
import { unauthorized } from "@/lib/access/auth/server/unauthorized";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { hashPassword, passwordProblem, verifyPassword } from "@/lib/platform/security/passwords";
import type { Principal } from "@/lib/platform/security/permissions";

export function createPasswords({ repository, limits, audit }: AuthDependencies) {
  return {
    /**
     * Changes the caller's password, which ends all their sessions and tokens. Throws `InvalidPassword`
     * (wrong current or weak new password), `Forbidden` (access key) or `RateLimited`.
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
  };
}
