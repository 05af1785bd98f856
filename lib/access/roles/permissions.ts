import type { Permission } from "@/lib/platform/security/permissions";

/**
 * Returns the permissions that the holder lacks, without duplicates. Nobody may change a person, role or
 * access key with such a permission, nor grant it: they could give it to themselves.
 */
export function lackedPermissions(held: ReadonlySet<Permission>, theirs: Iterable<string>): string[] {
  const mine: ReadonlySet<string> = held;
  return [...new Set(theirs)].filter((permission) => !mine.has(permission));
}
