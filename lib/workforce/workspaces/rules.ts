import type { Permission } from "@/lib/platform/security/permissions";

/**
 * Returns a person's start page in a workspace: the board for those who manage agents, their own agent for
 * others who have one, otherwise the agent list.
 */
export function homeOf(entrance: {
  workspace: { slug: string };
  permissions: readonly Permission[];
  agentId: string | undefined;
}): string {
  const { workspace, permissions, agentId } = entrance;
  const home = `/w/${workspace.slug}`;
  const manages = permissions.includes("availability.write") || permissions.includes("agents.write");
  if (manages) return `${home}/${permissions.includes("agents.read") ? "board" : "agents"}`;
  return agentId ? `/me?workspace=${encodeURIComponent(workspace.slug)}` : `${home}/agents`;
}
