import type { Actor } from "@/lib/auth/permissions";

/**
 * Which of these permissions the actor may not give, by putting them into a role or by giving a role that has them: those they don't hold
 * themselves, unless the role has
 * them already. Else whoever may write settings could give themselves everything.
 */
export function forbiddenGrants(
  actor: Actor,
  wanted: readonly string[],
  before: readonly string[] = [],
): string[] {
  const held: ReadonlySet<string> = actor.permissions;
  return [...new Set(wanted)].filter((permission) => !held.has(permission) && !before.includes(permission));
}
