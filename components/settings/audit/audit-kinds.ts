import { type AuditAction, auditActions } from "@/lib/platform/security/audit-actions";

/** The first words of actions, by what a reader looks for. */
const nouns = {
  signIns: ["session", "token", "password"],
  people: ["invitation", "person"],
  roles: ["role"],
  accessKeys: ["accessKey"],
  settings: ["team", "skill", "capacityRule", "senderProfile"],
  exports: ["audit"],
} as const;

export type AuditKind = keyof typeof nouns;

export const auditKinds = Object.keys(nouns) as AuditKind[];

/** The actions of a kind. */
export function actionsOf(kind: AuditKind): AuditAction[] {
  const wanted: readonly string[] = nouns[kind];
  return auditActions.filter((action) => wanted.includes(action.slice(0, action.indexOf("."))));
}
