/** What kinds of things an event can be about. */
export const auditTargets = [
  "person",
  "role",
  "accessKey",
  "session",
  "team",
  "skill",
  "capacityRule",
  "senderProfile",
  "audit",
] as const;

export type AuditTarget = (typeof auditTargets)[number];

/** Every event that the audit log knows. */
export const auditActions = [
  "session.started",
  "session.ended",
  "token.created",
  "password.changed",
  "password.resetRequested",
  "password.reset",
  "invitation.created",
  "invitation.resent",
  "invitation.accepted",
  "person.changed",
  "person.suspended",
  "person.restored",
  "person.removed",
  "role.created",
  "role.changed",
  "role.deleted",
  "accessKey.created",
  "accessKey.changed",
  "accessKey.revoked",
  "accessKey.used",
  "team.created",
  "team.changed",
  "team.deleted",
  "skill.created",
  "skill.changed",
  "skill.deleted",
  "capacityRule.created",
  "capacityRule.changed",
  "capacityRule.deleted",
  "senderProfile.created",
  "senderProfile.changed",
  "senderProfile.deleted",
  "audit.exported",
] as const;

export type AuditAction = (typeof auditActions)[number];

export const auditOutcomes = ["ok", "refused"] as const;

export type AuditOutcome = (typeof auditOutcomes)[number];
