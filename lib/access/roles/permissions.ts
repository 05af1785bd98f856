import type { Permission } from "@/lib/platform/security/permissions";

/**
 * Returns the permissions that the holder lacks, without duplicates. Without a permission, nobody may grant
 * it or change a person, role or access key that has it. Otherwise, they could give it to themselves.
 */
export function lackedPermissions(held: ReadonlySet<Permission>, theirs: Iterable<string>): string[] {
  const mine: ReadonlySet<string> = held;
  return [...new Set(theirs)].filter((permission) => !mine.has(permission));
}
