import { z } from "zod";
import { idSchema, instantSchema, pageOf, pageQuerySchema, uuidSchema } from "@/lib/platform/http/fields";
import { anyone, members, operation } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { RoleId, UserId } from "@/lib/platform/ids";
import { permissions } from "@/lib/platform/security/permissions";

const shape = {
  id: uuidSchema,
  name: z.string().meta({
    description: "Until an invited person joins, what the invitation says: their name, else their address.",
  }),
  email: z.string(),
  status: z.enum(["invited", "active", "suspended"]),
  roleIds: z.array(uuidSchema),
  agentId: uuidSchema
    .optional()
    .meta({ description: "The person's agent in this workspace. Inviting makes none." }),
};

/** A person as a member of a workspace. */
export const userSchema = z.strictObject(shape).meta({ id: "User" });

/** An invited person, with the link if it can't be emailed. */
export const invitedUserSchema = z
  .strictObject({
    ...shape,
    inviteUrl: z.string().optional().meta({
      description:
        "The one-time link to hand over, good for 7 days; shown this once, and only where the server sends no mail.",
    }),
  })
  .meta({ id: "InvitedUser" });

/** The caller's own membership of a workspace. */
export const membershipSchema = z
  .strictObject({
    workspaceId: uuidSchema,
    kind: z.enum(["user", "accessKey"]),
    userId: uuidSchema.optional().meta({ description: "The person; left out for an access key." }),
    name: z.string(),
    email: z.string().optional().meta({ description: "The person's default address." }),
    permissions: z
      .array(z.enum(permissions))
      .meta({ description: "What the caller's roles allow here, all together." }),
    roleIds: z.array(uuidSchema).optional().meta({ description: "The person's roles." }),
    agentId: uuidSchema.optional().meta({ description: "The person's own agent; left out without one." }),
  })
  .meta({ id: "Membership" });

export type Membership = z.output<typeof membershipSchema>;
export type User = z.output<typeof userSchema>;
export type InvitedUser = z.output<typeof invitedUserSchema>;

const email = text({ min: 3, max: 254, trim: true }).refine((value) => z.regexes.html5Email.test(value), {
  error: "must be an e-mail address such as robin@example.com.",
});

const roleIds = z
  .array(idSchema<RoleId>("A role of the workspace."))
  .min(1, { error: "must name at least one role." })
  .max(20, { error: "must name at most 20 roles." })
  .transform((ids) => [...new Set(ids)]);

/** Input for inviting a person. */
export const invitationDraftSchema = z
  .strictObject({ email, name: text({ min: 1, max: 255, trim: true }).optional(), roleIds })
  .meta({ id: "InvitationDraft" });

export type InvitationDraft = z.output<typeof invitationDraftSchema>;

/** A change of a person's membership. */
export const userChangeSchema = z
  .strictObject({ roleIds: roleIds.optional(), status: z.enum(["active", "suspended"]).optional() })
  .meta({ id: "UserChange" });

export type UserChange = z.output<typeof userChangeSchema>;

const userParams = workspaceParams.extend({ userId: idSchema<UserId>("The person.") });

const shared = { tag: "People", access: members("people.write") } as const;
const many = "/api/workspaces/{workspaceId}/users";
const one = `${many}/{userId}` as const;

export const getMembership = operation({
  id: "getMembership",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/membership",
  tag: "People",
  summary: "Who the caller is in this workspace, and what they may do",
  access: members(),
  params: workspaceParams,
  success: { status: 200, description: "The caller's own place.", body: membershipSchema },
  errors: [],
});

export const listUsers = operation({
  ...shared,
  id: "listUsers",
  method: "GET",
  path: many,
  summary: "List people",
  params: workspaceParams,
  query: pageQuerySchema,
  success: {
    status: 200,
    description: "A page of people, those first who were invited first.",
    body: pageOf(userSchema),
  },
  errors: ["InvalidPageToken"],
});

export const inviteUser = operation({
  ...shared,
  id: "inviteUser",
  audit: "invitation.created",
  method: "POST",
  path: many,
  summary: "Invite a person",
  description:
    "They get a one-time link that is good for 7 days. No role may allow more than the caller's own do (403). The link is good while whoever made it may do all that it gives. The answer is the same whether or not the address is known in another workspace.",
  params: workspaceParams,
  body: invitationDraftSchema,
  invalid: "InvalidUser",
  reads: ["Idempotency-Key"],
  shownOnce: true,
  success: {
    status: 201,
    description: "The invited person.",
    body: invitedUserSchema,
    headers: ["ETag", "Location"],
  },
  errors: ["IdempotencyKeyReused", "IdempotencyKeyInUse"],
});

export const getUser = operation({
  ...shared,
  id: "getUser",
  method: "GET",
  path: one,
  summary: "Get a person",
  params: userParams,
  reads: ["If-None-Match"],
  success: { status: 200, description: "The person.", body: userSchema, headers: ["ETag"] },
  errors: ["UserNotFound"],
});

export const patchUser = operation({
  ...shared,
  id: "patchUser",
  audit: "person.changed",
  method: "PATCH",
  path: one,
  summary: "Change a person's roles, suspend or restore them",
  description:
    "Suspending ends their sessions and tokens in this workspace at once, everywhere if it is the only one that lets them in, and sets their agent offline. Restoring lets them in again; the agent stays offline until somebody says otherwise. 403 for a person who may do more than the caller.",
  params: userParams,
  reads: ["If-Match"],
  body: userChangeSchema,
  invalid: "InvalidUser",
  success: { status: 200, description: "The person.", body: userSchema, headers: ["ETag"] },
  errors: ["UserNotFound", "LastSupervisor", "PreconditionFailed"],
});

export const deleteUser = operation({
  ...shared,
  id: "deleteUser",
  audit: "person.removed",
  method: "DELETE",
  path: one,
  summary: "Remove a person from the workspace",
  description:
    "Withdraws an invitation, too. The person's agent here is deleted with them, for good, which needs the permission agents.delete as well. Nobody removes themselves while they have an agent (409 OwnAgent). 403 for a person who may do more than the caller.",
  params: userParams,
  reads: ["If-Match"],
  success: { status: 204, description: "They are removed.", body: null },
  errors: ["UserNotFound", "LastSupervisor", "OwnAgent", "PreconditionFailed"],
});

export const resendInvitation = operation({
  ...shared,
  id: "resendInvitation",
  audit: "invitation.resent",
  method: "POST",
  path: `${one}/invitation`,
  summary: "Send an invitation again",
  description:
    "Makes a new link, good for 7 days; the one before is void. 403 for a person who may do more than the caller.",
  params: userParams,
  success: { status: 201, description: "The invited person.", body: invitedUserSchema, headers: ["ETag"] },
  errors: ["UserNotFound", "InvalidUser"],
});

export const listSuspendedAgents = operation({
  id: "listSuspendedAgents",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/suspended-agents",
  tag: "Agents",
  summary: "List the agents whose person is suspended",
  description:
    "They can take no work and can't be set active (409 PersonSuspended) until the person is restored.",
  access: members("agents.read"),
  params: workspaceParams,
  success: {
    status: 200,
    description: "The ids of all such agents.",
    body: z.strictObject({ agentIds: z.array(uuidSchema) }).meta({ id: "SuspendedAgents" }),
  },
  errors: [],
});

export const createPasswordReset = operation({
  ...shared,
  id: "createPasswordReset",
  audit: "password.resetRequested",
  method: "POST",
  path: `${one}/password-reset`,
  summary: "Make a link with which a person sets a new password",
  description:
    "Good once, for 30 minutes; the link before is void. It is sent by mail, or shown where the server sends none. A link that is shown stops working when its maker may do less than the person. 403 for a person who may do more than the caller, and without mail for a person who is in another workspace, too.",
  params: userParams,
  shownOnce: true,
  success: {
    status: 201,
    description: "The link.",
    body: z
      .strictObject({
        expiresAt: instantSchema,
        resetUrl: z.string().optional().meta({
          description: "The link to hand over; shown this once, and only where the server sends no mail.",
        }),
      })
      .meta({ id: "PasswordResetLink" }),
  },
  errors: ["UserNotFound", "InvalidUser"],
});

export const acceptInvitation = operation({
  id: "acceptInvitation",
  method: "POST",
  path: "/api/invitations/accept",
  tag: "People",
  summary: "Accept an invitation",
  description:
    "`token` is the last part of the link. Who has no password yet chooses one: 10 to 1,024 characters of any kind, none of the commonest breached ones. Who has one gives it, as for signing in (401 when it is wrong); `name` then changes nothing. After that `POST /api/tokens` works.",
  access: anyone,
  params: z.object({}),
  body: z
    .strictObject({
      token: text({ min: 1, max: 100 }),
      name: text({ min: 1, max: 255, trim: true }).optional(),
      password: text({ min: 1, max: 1024 }),
    })
    .meta({ id: "Acceptance" }),
  invalid: "InvalidInvitation",
  success: {
    status: 200,
    description: "The person is in the workspace.",
    body: z
      .strictObject({
        workspaceId: uuidSchema,
        userId: uuidSchema,
        email: z.string().meta({ description: "What to sign in with." }),
      })
      .meta({ id: "Accepted" }),
  },
  errors: ["InvitationNotFound", "Unauthorized", "Forbidden"],
});
