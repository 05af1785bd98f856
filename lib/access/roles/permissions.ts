import type { Permission } from "@/lib/platform/security/permissions";

/**
 * Which of these permissions the holder lacks, each once. Nobody may do anything to a person, a role or an access key
 * that has a permission they lack, nor give such a permission away: otherwise they could make it their own.
 */
export function lackedPermissions(held: ReadonlySet<Permission>, theirs: Iterable<string>): string[] {
  const mine: ReadonlySet<string> = held;
  return [...new Set(theirs)].filter((permission) => !mine.has(permission));
}
