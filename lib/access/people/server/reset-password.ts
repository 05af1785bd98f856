import type { PeopleDependencies } from "@/lib/access/people/server/dependencies";
import { invalid, type Members } from "@/lib/access/people/server/members";
import type { UserId } from "@/lib/platform/ids";
import type { Reading } from "@/lib/platform/locale/locales";
import type { Actor } from "@/lib/platform/security/permissions";

export function createPasswordReset(
  { db, audit, passwordResets }: PeopleDependencies,
  { requireOver }: Members,
) {
  return {
    /**
     * Creates a password reset link, and emails or returns it. Throws `UserNotFound`, `Forbidden`, or
     * `InvalidUser` if the person can't sign in.
     */
    async resetPassword(
      actor: Actor,
      id: UserId,
      now: Date,
      reading: Reading,
    ): Promise<{ expiresAt: string; resetUrl?: string }> {
      return await db.transaction(async () => {
        const { row, target } = await requireOver(actor, id, now);
        if (row.status !== "active")
          throw invalid({ "": ["can't sign in yet. Resend the invitation, or restore the person first."] });
        const link = await passwordResets.makeFor(actor, { id, email: row.email ?? "" }, now, reading);
        await audit.record(actor, { action: "password.resetRequested", target }, now);
        return link;
      });
    },
  };
}
