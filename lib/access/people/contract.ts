import { z } from "zod";
import { idSchema, instantSchema, pageOf, pageQuerySchema, uuidSchema } from "@/lib/platform/http/fields";
import { anyone, members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { RoleId, UserId } from "@/lib/platform/ids";
import { permissions } from "@/lib/platform/security/permissions";

const shape = {
  id: uuidSchema,
  name: z.string().meta({
    description:
      "Until an invited person joins, this is the name in the invitation, or the email address if it has none.",
  }),
  email: z.string(),
  status: z.enum(["invited", "active", "suspended"]),
  roleIds: z.array(uuidSchema),
  agentId: uuidSchema
    .optional()
    .meta({ description: "The person's agent in this workspace. An invitation doesn't create one." }),
};

/** A member of a workspace. */
export const userSchema = z.strictObject(shape).meta({ id: "User" });

/** An invited person, with the link if it can't be emailed. */
export const invitedUserSchema = z
  .strictObject({
    ...shape,
    inviteUrl: z.string().optional().meta({
      description:
        "The one-time link to send to the person. It expires after 7 days. Shown only once, and only if the server can't send email.",
    }),
  })
  .meta({ id: "InvitedUser" });

/** The caller's own membership of a workspace. */
export const membershipSchema = z
  .strictObject({
    workspaceId: uuidSchema,
    kind: z.enum(["user", "accessKey"]),
    userId: uuidSchema.optional().meta({ description: "The person. Absent for an access key." }),
    name: z.string(),
    email: z.string().optional().meta({ description: "The person's default email address." }),
    permissions: z
      .array(z.enum(permissions))
      .meta({ description: "All permissions from the caller's roles." }),
    roleIds: z.array(uuidSchema).optional().meta({ description: "The person's roles." }),
    agentId: uuidSchema.optional().meta({ description: "The person's own agent. Absent if there is none." }),
  })
  .meta({ id: "Membership" });

export type Membership = z.output<typeof membershipSchema>;
export type User = z.output<typeof userSchema>;
export type InvitedUser = z.output<typeof invitedUserSchema>;

const email = text({ min: 3, max: 254, trim: true }).refine((value) => z.regexes.html5Email.test(value), {
  error: "must be an email address such as robin@example.com.",
});

const roleIds = z
  .array(idSchema<RoleId>("A role of the workspace."))
  .min(1, { error: "must have at least one role." })
  .max(20, { error: "must have at most 20 roles." })
  .transform((ids) => [...new Set(ids)]);

export const invitationDraftSchema = z
  .strictObject({ email, name: text({ min: 1, max: 255, trim: true }).optional(), roleIds })
  .meta({ id: "InvitationDraft" });

export type InvitationDraft = z.output<typeof invitationDraftSchema>;

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
  summary: "Get the caller's own roles and permissions in a workspace",
  access: members(),
  params: workspaceParams,
  success: response.ok("The caller's membership.", membershipSchema),
});

export const listUsers = operation({
  ...shared,
  id: "listUsers",
  method: "GET",
  path: many,
  summary: "List people",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of people, in the order of their invitations.", pageOf(userSchema)),
});

export const inviteUser = operation({
  ...shared,
  id: "inviteUser",
  audit: "invitation.created",
  method: "POST",
  path: many,
  summary: "Invite a person",
  description:
    "The person gets a one-time link that expires after 7 days. 403 if a role has permissions that the caller lacks. The link stops working if its creator loses one of these permissions. The response is the same whether or not the address is known in another workspace.",
  params: workspaceParams,
  body: invitationDraftSchema,
  invalid: "InvalidUser",
  reads: ["Idempotency-Key"],
  shownOnce: true,
  success: response.created("The invited person.", invitedUserSchema),
});

export const getUser = operation({
  ...shared,
  id: "getUser",
  method: "GET",
  path: one,
  summary: "Get a person",
  params: userParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The person.", userSchema),
  errors: ["UserNotFound"],
});

export const patchUser = operation({
  ...shared,
  id: "patchUser",
  audit: "person.changed",
  method: "PATCH",
  path: one,
  summary: "Change a person's roles, or suspend or restore them",
  description:
    "Suspending immediately ends the person's access to this workspace, and their agent can't take work. If they have no other workspace, all their sessions and tokens end. The agent's status stays as it is, so that restoring the person returns it with the access. 403 if the person has permissions that the caller lacks.",
  params: userParams,
  reads: ["If-Match"],
  body: userChangeSchema,
  invalid: "InvalidUser",
  success: response.okWithTag("The person.", userSchema),
  errors: ["UserNotFound", "LastSupervisor"],
});

export const deleteUser = operation({
  ...shared,
  id: "deleteUser",
  audit: "person.removed",
  method: "DELETE",
  path: one,
  summary: "Remove a person from the workspace",
  description:
    "Also withdraws an invitation. Permanently deletes the person's agent, which also requires the permission agents.delete. People can't remove themselves while they have an agent (409 OwnAgent). 403 if the person has permissions that the caller lacks.",
  params: userParams,
  reads: ["If-Match"],
  success: response.noContent("The person was removed."),
  errors: ["UserNotFound", "LastSupervisor", "OwnAgent"],
});

export const resendInvitation = operation({
  ...shared,
  id: "resendInvitation",
  audit: "invitation.resent",
  method: "POST",
  path: `${one}/invitation`,
  summary: "Resend an invitation",
  description:
    "Creates a new link that expires after 7 days and replaces the previous one. 403 if the person has permissions that the caller lacks.",
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
    "These agents can't take work and can't be set to active (409 PersonSuspended) until the person is restored.",
  access: members("agents.read"),
  params: workspaceParams,
  success: response.ok(
    "The ids of these agents.",
    z.strictObject({ agentIds: z.array(uuidSchema) }).meta({ id: "SuspendedAgents" }),
  ),
});

export const createPasswordReset = operation({
  ...shared,
  id: "createPasswordReset",
  audit: "password.resetRequested",
  method: "POST",
  path: `${one}/password-reset`,
  summary: "Create a password reset link for a person",
  description:
    "The link works once, expires after 30 minutes and replaces the previous one. It is emailed, or returned if the server can't send email. A returned link stops working if its creator loses a permission that the person has. 403 if the person has permissions that the caller lacks, or is in another workspace and the server can't send email.",
  params: userParams,
  shownOnce: true,
  success: {
    status: 201,
    description: "The link.",
    body: z
      .strictObject({
        expiresAt: instantSchema,
        resetUrl: z.string().optional().meta({
          description:
            "The link to send to the person. Shown only once, and only if the server can't send email.",
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
    "`token` is the last part of the link. A new person sets a password: 10 to 1,024 characters of any kind. Common breached passwords are not allowed. A person with an account sends the existing password (401 if it is wrong), and `name` is ignored. Then `POST /api/tokens` works.",
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
  success: response.ok(
    "The person has joined the workspace.",
    z
      .strictObject({
        workspaceId: uuidSchema,
        userId: uuidSchema,
        email: z.string().meta({ description: "The email address to sign in with." }),
      })
      .meta({ id: "Accepted" }),
  ),
  errors: ["InvitationNotFound", "Unauthorized", "Forbidden"],
});
