"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Tag } from "@/components/ui/tag";
import { suspendedAgentsQuery } from "@/lib/access/people/client/queries";

/** Returns whether the agent's person is suspended; false while unknown. */
export function useIsSuspended(agentId: string): boolean {
  const { workspace } = useWorkspace();
  const { data } = useQuery(suspendedAgentsQuery(workspace.id));
  return data?.includes(agentId) ?? false;
}

/** Marks an agent whose person is suspended; renders nothing for others. */
export function SuspendedTag({ agentId }: { agentId: string }) {
  const t = useTranslations("availability");
  return useIsSuspended(agentId) ? <Tag look="danger">{t("suspended")}</Tag> : null;
}
