import type { Origin } from "@/lib/access/auth/server/sign-in";
import { unauthorized } from "@/lib/access/auth/server/unauthorized";
import { mayChoosePassword } from "@/lib/access/people/rules";
import type { PeopleDependencies } from "@/lib/access/people/server/dependencies";
import { ApiError } from "@/lib/platform/http/errors";
import { hashLinkToken } from "@/lib/platform/security/link-tokens";
import { hashPassword, passwordProblem, verifyPassword } from "@/lib/platform/security/passwords";

export function createAcceptance({ db, repository, invitations, limits, audit }: PeopleDependencies) {
  return {
    /** Returns what the invitation page shows; undefined if the link is not valid. */
    async invitation(
      token: string,
      now: Date,
    ): Promise<{ workspace: string; email: string; name: string | undefined } | undefined> {
      const found = await invitations.find(hashLinkToken(token), now);
      return found && { workspace: found.workspaceName, email: found.email, name: found.name ?? undefined };
    },

    /**
     * Accepts an invitation. A person without a password sets one, others enter theirs. Throws
     * `InvitationNotFound`, `InvalidInvitation`, `Unauthorized`, `Forbidden` or `RateLimited`.
     */
    async accept(
      acceptance: { token: string; name?: string | undefined; password: string },
      { address, now }: Origin,
    ): Promise<{ workspaceId: string; userId: string; email: string }> {
      const { password } = acceptance;
      const tokenHash = hashLinkToken(acceptance.token);
      const found = await invitations.find(tokenHash, now);
      if (!found) throw invitationGone();
      const name = acceptance.name ?? found.name ?? undefined;
      // Checked even if the password is wrong: otherwise, the error for a weak password would reveal whether
      // the account exists.
      const problem = passwordProblem(password, [found.email, found.address, ...(name ? [name] : [])]);
      const weak = () =>
        new ApiError("InvalidInvitation", "The password is not valid. Choose another password.", {
          details: { password: [problem ?? "is not valid. Choose another password."] },
        });
      const known = found.passwordHash !== null;
      if (known) {
        const right = await limits.attemptSignIn(address, found.address, now, async () =>
          (await verifyPassword(found.passwordHash, password)) ? true : null,
        );
        if (!right) {
          audit.refusedAccount(found.address, { action: "session.started", address }, now);
          throw problem ? weak() : hasAccount();
        }
      } else {
        if (problem) throw weak();
        if (!mayChoosePassword(found, found.joinedElsewhere))
          throw new ApiError(
            "Forbidden",
            "This person signs in to another workspace without a password. Only a link sent by email can set one.",
          );
      }
      const passwordHash = known ? undefined : await hashPassword(password);
      await db.transaction(async () => {
        await invitations.lockWorkspace(tokenHash);
        // Check again after locking: the permissions of the inviter or the invited person may have changed.
        if (!(await invitations.find(tokenHash, now))) throw invitationGone();
        if (passwordHash && !(await invitations.setFirstPassword(found.userId, passwordHash, name, now)))
          throw hasAccount();
        if (!(await invitations.join(tokenHash, now))) throw invitationGone();
        const person = { id: found.userId, name: await repository.personName(found.userId) };
        const entry = { action: "invitation.accepted", outcome: "ok", address } as const;
        await audit.recordOfPerson(person, entry, now, found.workspaceId);
      });
      return { workspaceId: found.workspaceId, userId: found.userId, email: found.address };
    },
  };
}

const invitationGone = () =>
  new ApiError(
    "InvitationNotFound",
    "This invitation was used, replaced or withdrawn, or has expired. Ask for a new one.",
  );

const hasAccount = () =>
  unauthorized(
    "This address already has an account. Accept the invitation with the password of that account.",
  );
