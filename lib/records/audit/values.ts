export const auditTargets = [
  "person",
  "role",
  "accessKey",
  "session",
  "team",
  "skill",
  "capacityRule",
  "senderProfile",
  "availabilityPolicy",
  "preset",
  "queue",
  "holidayCalendar",
  "shift",
  "rotation",
  "timeOffType",
  "coverageNeed",
  "calendarPolicy",
  "calendarFeed",
  "audit",
] as const;

export type AuditTarget = (typeof auditTargets)[number];

export const auditOutcomes = ["ok", "refused"] as const;

export type AuditOutcome = (typeof auditOutcomes)[number];
