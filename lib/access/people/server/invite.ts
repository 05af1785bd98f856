import { randomUUID } from "node:crypto";
import type { InvitationDraft, InvitedUser } from "@/lib/access/people/contract";
import { invitationLifetime } from "@/lib/access/people/rules";
import type { PeopleDependencies } from "@/lib/access/people/server/dependencies";
import { invalid, type Members, tags } from "@/lib/access/people/server/members";
import { serializeUser } from "@/lib/access/people/server/serializer";
import type { ErrorDetails } from "@/lib/platform/http/errors";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { UserId } from "@/lib/platform/ids";
import { hashLinkToken, newLinkToken } from "@/lib/platform/security/link-tokens";
import type { Actor } from "@/lib/platform/security/permissions";

export function createInvitations(
  { db, repository, invitations, authority, audit, limits, mail, publicUrl }: PeopleDependencies,
  { load, checkRoles, requireOver }: Members,
) {
  /** Creates an invitation link and emails or returns it. Call it in the transaction of the change. */
  async function makeLink(
    actor: Actor,
    userId: UserId,
    invitation: { email: string; name: string | null },
    now: Date,
  ): Promise<{ inviteUrl?: string }> {
    const token = newLinkToken();
    const expiresAt = new Date(now.getTime() + invitationLifetime);
    await invitations.put(actor.workspaceId, userId, {
      ...invitation,
      inviter: actor.isOperator ? undefined : actor,
      tokenHash: hashLinkToken(token),
      mailed: mail.available,
      expiresAt,
      now,
    });
    const inviteUrl = `${publicUrl}/invite/${token}`;
    if (!mail.available) return { inviteUrl };
    await limits.countMail(actor.workspaceId, now);
    const workspace = await repository.workspaceName(actor.workspaceId);
    await mail.send(invitationMail(invitation.email, workspace, actor.name, inviteUrl), expiresAt);
    return {};
  }

  return {
    /**
     * Invites a person. The response does not reveal whether another workspace knows them. Throws `Forbidden`
     * (roles with permissions that the actor lacks) or `InvalidUser` (already in this workspace).
     */
    async invite(actor: Actor, draft: InvitationDraft, now: Date): Promise<Reply<InvitedUser>> {
      return await db.transaction(async () => {
        const inviter = await authority.begin(actor, "people.write", now);
        const details: ErrorDetails = {};
        const given = await checkRoles(inviter, draft.roleIds, details);
        if (Object.keys(details).length > 0) throw invalid(details);
        const userId = await invitations.personWithAddress(
          {
            // Random, not time-based like other ids, which would reveal whether the person existed before.
            id: randomUUID() as string as UserId,
            email: draft.email,
            name: draft.name ?? draft.email.replace(/@.*$/, ""),
          },
          now,
        );
        if (!(await invitations.addInvited(actor.workspaceId, userId, draft.roleIds, now)))
          throw invalid({
            email: [
              "belongs to a person who is already in this workspace. Change that person, or resend their invitation.",
            ],
          });
        const link = await makeLink(actor, userId, { email: draft.email, name: draft.name ?? null }, now);
        const user = serializeUser(await load(actor, userId));
        await audit.record(
          actor,
          {
            action: "invitation.created",
            target: { type: "person", id: userId, name: user.name },
            details: { email: draft.email, roles: given },
          },
          now,
        );
        const location = `/api/workspaces/${actor.workspaceId}/users/${user.id}`;
        return { ...tags.reply(user, location), data: { ...user, ...link } };
      });
    },

    /**
     * Creates a new invitation link. Throws `UserNotFound`, `Forbidden`, or `InvalidUser` if the person has
     * joined.
     */
    async resend(actor: Actor, id: UserId, now: Date): Promise<Reply<InvitedUser>> {
      return await db.transaction(async () => {
        const { row, roles: held, target } = await requireOver(actor, id, now);
        if (row.status !== "invited")
          throw invalid({ "": ["has already joined, so there is no invitation to send."] });
        const invitation = { email: row.invitedEmail ?? row.email ?? "", name: row.invitedName };
        const link = await makeLink(actor, id, invitation, now);
        const details = { email: invitation.email, roles: held };
        await audit.record(actor, { action: "invitation.resent", target, details }, now);
        const user = serializeUser(await load(actor, id));
        return { ...tags.reply(user), data: { ...user, ...link } };
      });
    },
  };
}

/**
 * Shortens user input to one line of 80 characters, because it is emailed to people who did not ask for it.
 */
const tame = (text: string) =>
  text
    .replace(/[\p{Control}\p{Line_Separator}\p{Paragraph_Separator}]+/gu, " ")
    .trim()
    .slice(0, 80);

function invitationMail(to: string, workspace: string, inviter: string, url: string) {
  return {
    to,
    subject: `${tame(inviter)} invites you to ${tame(workspace)}`,
    text: [
      `${tame(inviter)} invites you to the workspace ${tame(workspace)} in Rollcall.`,
      "",
      "To join, open this link. It works once and expires after 7 days:",
      url,
      "",
      "If you didn't expect this invitation, ignore this email. You only join if you open the link and accept.",
      "",
    ].join("\n"),
  };
}
