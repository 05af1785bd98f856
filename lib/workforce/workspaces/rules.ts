import type { Permission } from "@/lib/platform/security/permissions";

/**
 * Returns a person's start page in a workspace: their own agent if they manage nobody, otherwise the agent
 * list.
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
