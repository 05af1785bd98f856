import { type AuditAction, auditActions } from "@/lib/platform/security/audit-actions";

/** The subjects of actions (the part before the dot), grouped for the filter. */
const nouns = {
  signIns: ["session", "token", "password"],
  people: ["invitation", "person"],
  roles: ["role"],
  accessKeys: ["accessKey"],
  settings: ["team", "skill", "capacityRule", "senderProfile", "availabilityPolicy", "preset", "queue"],
  calendar: [
    "holidayCalendar",
    "shift",
    "rotation",
    "timeOffType",
    "coverageNeed",
    "calendarPolicy",
    "calendarFeed",
  ],
  exports: ["audit"],
} as const;

export type AuditKind = keyof typeof nouns;

export const auditKinds = Object.keys(nouns) as AuditKind[];

/** Returns the actions of a kind. */
export function actionsOf(kind: AuditKind): AuditAction[] {
  const wanted: readonly string[] = nouns[kind];
  return auditActions.filter((action) => wanted.includes(action.slice(0, action.indexOf("."))));
}
