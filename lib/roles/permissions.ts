import type { Actor, Permission } from "@/lib/auth/permissions";

/**
 * Which of these permissions the actor may not put into a role: those they don't hold themselves, unless the role has
 * them already. Else whoever may write settings could give themselves everything.
 */
export function forbiddenGrants(
  actor: Actor,
  wanted: readonly Permission[],
  before: readonly string[] = [],
): Permission[] {
  return [...new Set(wanted)].filter(
    (permission) => !actor.permissions.has(permission) && !before.includes(permission),
  );
}
