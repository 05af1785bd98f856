import { randomUUID } from "node:crypto";
import { type Origin, unauthorized } from "@/lib/access/auth/server/service";
import type { PasswordResetService } from "@/lib/access/password-resets/server/service";
import type {
  InvitationDraft,
  InvitedUser,
  Membership,
  User,
  UserChange,
} from "@/lib/access/people/contract";
import {
  invitationLifetime,
  isSupervisor,
  mayChoosePassword,
  type Standing,
  supervisorRoleId,
} from "@/lib/access/people/rules";
import type { PeopleRepository } from "@/lib/access/people/server/repository";
import { serializeMembership, serializeUser, type UserRow } from "@/lib/access/people/server/serializer";
import type { Authority } from "@/lib/access/roles/server/authority";
import type { NamedRole, RoleService } from "@/lib/access/roles/server/service";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import { pageByCreation } from "@/lib/platform/http/server/paged";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { AgentId, UserId } from "@/lib/platform/ids";
import type { Reading } from "@/lib/platform/locale/locales";
import type { MailService } from "@/lib/platform/mail/service";
import { hashLinkToken, newLinkToken } from "@/lib/platform/security/link-tokens";
import { hashPassword, passwordProblem, verifyPassword } from "@/lib/platform/security/passwords";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";
import type { LedgerService } from "@/lib/records/ledger/server/service";
import type { LimitService } from "@/lib/records/limits/server/service";

interface Dependencies {
  db: Database;
  repository: PeopleRepository;
  /** The agent of a removed person is deleted with them. */
  agents: { delete(actor: Actor, id: AgentId, conditions: Conditions): Promise<unknown> };
  /** The agent of a suspended person goes offline. */
  availability: { takeOffline(actor: Actor, id: AgentId, now: Date): Promise<void> };
  roles: RoleService;
  authority: Authority;
  ledger: LedgerService;
  audit: AuditService;
  limits: LimitService;
  mail: MailService;
  passwordResets: Pick<PasswordResetService, "makeFor">;
  pageTokens: PageTokens;
  publicUrl: string;
}

const tags = createEntityTags<User>("person", ({ status, roleIds }) => [status, [...roleIds].sort()]);

/** Who is in a workspace: invited, let in, suspended, removed. */
export function createPeopleService({
  db,
  repository,
  agents,
  availability,
  roles,
  authority,
  ledger,
  audit,
  limits,
  mail,
  passwordResets,
  pageTokens,
  publicUrl,
}: Dependencies) {
  async function load(actor: Actor, id: UserId): Promise<UserRow> {
    const row = await repository.find(actor.workspaceId, id);
    if (!row) throw new ApiError("UserNotFound", "No person with this id exists in this workspace.");
    return row;
  }

  /** The roles to be given; what is wrong with them goes into `details` by their place in the request. Throws `Forbidden`. */
  async function checkRoles(
    actor: Actor,
    roleIds: readonly string[],
    details: ErrorDetails,
  ): Promise<NamedRole[]> {
    const { roles: found, unknown } = await roles.grantable(actor, roleIds);
    roleIds.forEach((id, index) => {
      if (unknown.includes(id)) details[`roleIds.${index}`] = ["is not a role in this workspace."];
    });
    return found;
  }

  /**
   * Begins a change of somebody: the row, and the actor as they are now. Throws `UserNotFound`; `Forbidden` for a person
   * who may do more than the actor, whether they have joined, are invited or suspended.
   */
  async function requireOver(actor: Actor, id: UserId, now: Date) {
    const changer = await authority.begin(actor, "people.write", now);
    await repository.lockMember(actor.workspaceId, id);
    const row = await load(actor, id);
    const held = await roles.requireOver(changer, row.roleIds, "This person has");
    const { name } = serializeUser(row);
    return { changer, row, roles: held, target: { type: "person" as const, id, name } };
  }

  /** Refuses a change after which nobody could manage the workspace. The people must be locked. */
  async function keepSupervisor(actor: Actor, row: UserRow, next: Standing | undefined): Promise<void> {
    if (!supervisorRoleId || !isSupervisor(row) || (next && isSupervisor(next))) return;
    if (await repository.othersWithRole(actor.workspaceId, row.id, supervisorRoleId)) return;
    throw new ApiError(
      "LastSupervisor",
      "This is the last active supervisor of the workspace. Make someone else a supervisor first.",
    );
  }

  /** Makes the link by which a person joins, and sends or shows it. Must be called in the transaction of the rest. */
  async function makeLink(
    actor: Actor,
    userId: UserId,
    invitation: { email: string; name: string | null },
    now: Date,
  ): Promise<{ inviteUrl?: string }> {
    const token = newLinkToken();
    await repository.putInvitation(actor.workspaceId, userId, {
      ...invitation,
      inviter: actor.isOperator ? undefined : actor,
      tokenHash: hashLinkToken(token),
      mailed: mail.available,
      expiresAt: new Date(now.getTime() + invitationLifetime),
      now,
    });
    const inviteUrl = `${publicUrl}/invite/${token}`;
    if (!mail.available) return { inviteUrl };
    await limits.countMail(actor.workspaceId, now);
    const workspace = await repository.workspaceName(actor.workspaceId);
    db.afterCommit(() => mail.send(invitationMail(invitation.email, workspace, actor.name, inviteUrl)));
    return {};
  }

  return {
    /** Who the actor is here, and what they may do. Throws `Unauthorized` for a person removed meanwhile. */
    async membership(actor: Actor): Promise<Membership> {
      if (actor.kind === "accessKey") return serializeMembership(actor, undefined);
      const row = await repository.find(actor.workspaceId, actor.id);
      if (!row) throw unauthorized("This sign-in is no longer valid. Sign in again.");
      return serializeMembership(actor, row);
    },

    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        pageTokens,
        ["users", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        serializeUser,
      );
    },

    /** Throws `UserNotFound`. */
    async get(actor: Actor, id: UserId): Promise<Reply<User>> {
      return tags.reply(serializeUser(await load(actor, id)));
    },

    /**
     * Invites a person; one who is known in another workspace becomes a member here, too, and nothing in the answer
     * tells. Throws `Forbidden` for a role beyond the actor's own, `InvalidUser` for somebody who is here already.
     */
    async invite(actor: Actor, draft: InvitationDraft, now: Date): Promise<Reply<InvitedUser>> {
      return await db.transaction(async () => {
        const inviter = await authority.begin(actor, "people.write", now);
        const details: ErrorDetails = {};
        const given = await checkRoles(inviter, draft.roleIds, details);
        if (Object.keys(details).length > 0) throw invalid(details);
        const userId = await repository.personWithAddress(
          {
            // Not by time like other ids: it would show that the person was known before.
            id: randomUUID() as string as UserId,
            email: draft.email,
            name: draft.name ?? draft.email.replace(/@.*$/, ""),
          },
          now,
        );
        if (!(await repository.addInvited(actor.workspaceId, userId, draft.roleIds, now)))
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

    /** A new link for somebody who has not joined. Throws `UserNotFound`, `Forbidden`, `InvalidUser`. */
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

    /**
     * A link with which somebody sets a new password: sent to them, or given to be handed over. Throws `UserNotFound`,
     * `Forbidden`, `InvalidUser` for somebody who can't sign in.
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

    /** Changes roles and status. Throws `UserNotFound`, `Forbidden`, `PreconditionFailed`, `InvalidUser`, `LastSupervisor`. */
    async change(
      actor: Actor,
      id: UserId,
      change: UserChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<User>> {
      return await db.transaction(async () => {
        const { changer, row, roles: held, target } = await requireOver(actor, id, now);
        const details: ErrorDetails = {};
        const { roleIds = row.roleIds, status = row.status } = change;
        const given = await checkRoles(changer, roleIds, details);
        await tags.require(ifMatch, async () => serializeUser(row));
        if (row.status === "invited" && change.status !== undefined)
          details.status = [
            "can't be set before the person has joined. To withdraw the invitation, delete the person.",
          ];
        if (Object.keys(details).length > 0) throw invalid(details);
        await keepSupervisor(actor, row, { status, roleIds });

        if (!sameSet(roleIds, row.roleIds)) {
          await repository.replaceRoles(actor.workspaceId, id, roleIds);
          await audit.record(
            actor,
            { action: "person.changed", target, details: { roles: { before: held, after: given } } },
            now,
          );
          if (row.agentId) {
            const agent = {
              id: row.agentId as AgentId,
              name: await repository.agentName(actor.workspaceId, id),
            };
            const fields = { roles: { before: [...row.roleIds].sort(), after: [...roleIds].sort() } };
            await ledger.recordUpdated(actor, agent, fields, now);
          }
        }
        if (change.status !== undefined && change.status !== row.status) {
          await repository.setStatus(actor.workspaceId, id, change.status, now);
          const action = change.status === "suspended" ? "person.suspended" : "person.restored";
          await audit.record(actor, { action, target }, now);
          if (change.status === "suspended") {
            if (!(await repository.entersAny(id)))
              await repository.endSessions(id, { forgetPassword: false });
            if (row.agentId) await availability.takeOffline(actor, row.agentId as AgentId, now);
          }
        }
        return tags.reply(serializeUser(await load(actor, id)));
      });
    },

    /**
     * Removes somebody, and their agent. Throws `UserNotFound`, `Forbidden`, `PreconditionFailed`, `OwnAgent`,
     * `LastSupervisor`.
     */
    async remove(actor: Actor, id: UserId, { ifMatch, now }: Conditions): Promise<void> {
      await db.transaction(async () => {
        const { changer, row, roles: held, target } = await requireOver(actor, id, now);
        if (row.agentId && !changer.permissions.has("agents.delete"))
          throw new ApiError(
            "Forbidden",
            "This person's agent would be deleted, too. You need the permission agents.delete. Ask a supervisor.",
          );
        await tags.require(ifMatch, async () => serializeUser(row));
        await keepSupervisor(actor, row, undefined);
        if (row.agentId) await agents.delete(actor, row.agentId as AgentId, { ifMatch: undefined, now });
        await repository.remove(actor.workspaceId, id);
        const { email } = serializeUser(row);
        const details = { email, status: row.status, roles: held };
        await audit.record(actor, { action: "person.removed", target, details }, now);
        if (!(await repository.entersAny(id)))
          // In no workspace any more, an account has nothing left to protect; who is invited again chooses anew.
          await repository.endSessions(id, { forgetPassword: !(await repository.isAnywhere(id)) });
      });
    },

    /** The agents whose person is suspended. */
    suspendedAgents(actor: Actor): Promise<string[]> {
      return repository.suspendedAgents(actor.workspaceId);
    },

    /** What the page of an invitation shows; undefined when the link is good no more. */
    async invitation(
      token: string,
      now: Date,
    ): Promise<{ workspace: string; email: string; name: string | undefined } | undefined> {
      const found = await repository.invitation(hashLinkToken(token), now);
      return found && { workspace: found.workspaceName, email: found.email, name: found.name ?? undefined };
    },

    /**
     * Lets an invited person in. One without a password chooses it, another gives the one they have. Throws
     * `InvitationNotFound`, `InvalidInvitation`, `Unauthorized`, `Forbidden`, `RateLimited`.
     */
    async accept(
      acceptance: { token: string; name?: string | undefined; password: string },
      { address, now }: Origin,
    ): Promise<{ workspaceId: string; userId: string; email: string }> {
      const { password } = acceptance;
      const tokenHash = hashLinkToken(acceptance.token);
      const found = await repository.invitation(tokenHash, now);
      if (!found) throw invitationGone();
      const name = acceptance.name ?? found.name ?? undefined;
      // Said of a wrong password, too: otherwise a weak one would find out, at no cost, who has an account.
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
        await repository.lockInviting(tokenHash);
        // Once more, now that nothing can change: the inviter may have been demoted, the invited promoted.
        if (!(await repository.invitation(tokenHash, now))) throw invitationGone();
        if (passwordHash && !(await repository.setFirstPassword(found.userId, passwordHash, name, now)))
          throw hasAccount();
        if (!(await repository.join(tokenHash, now))) throw invitationGone();
        const person = { id: found.userId, name: await repository.personName(found.userId) };
        const entry = { action: "invitation.accepted", outcome: "ok", address } as const;
        await audit.recordOfPerson(person, entry, now, found.workspaceId);
      });
      return { workspaceId: found.workspaceId, userId: found.userId, email: found.address };
    },
  };
}

function invalid(details: ErrorDetails): ApiError {
  const fields = Object.keys(details).map((key) => key || "the person");
  return new ApiError("InvalidUser", `Some values are not valid. Check ${fields.join(", ")}.`, { details });
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

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each) => b.includes(each));

/** Text that others chose, on one line and not endless: it goes to somebody who has not asked for it. */
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

export type PeopleService = ReturnType<typeof createPeopleService>;
