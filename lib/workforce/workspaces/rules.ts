import type { Permission } from "@/lib/platform/security/permissions";

/**
 * The page that somebody's work in a workspace begins on: agents who manage nobody begin with themselves, everybody else
 * with the list of agents.
 */
export function homeOf(entrance: {
  workspace: { slug: string };
  permissions: readonly Permission[];
  agentId: string | undefined;
}): string {
  const manages =
    entrance.permissions.includes("availability.write") || entrance.permissions.includes("agents.write");
  return entrance.agentId && !manages
    ? `/me?workspace=${encodeURIComponent(entrance.workspace.slug)}`
    : `/w/${entrance.workspace.slug}/agents`;
}
