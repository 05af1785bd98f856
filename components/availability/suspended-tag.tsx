"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Tag } from "@/components/ui/tag";
import { suspendedAgentsQuery } from "@/lib/access/people/client/queries";

/** Whether the agent's person is suspended, as far as is known yet. */
export function useIsSuspended(agentId: string): boolean {
  const { workspace } = useWorkspace();
  const { data } = useQuery(suspendedAgentsQuery(workspace.id));
  return data?.includes(agentId) ?? false;
}

/** Says that an agent's person is suspended; nothing for everybody else. */
export function SuspendedTag({ agentId }: { agentId: string }) {
  const t = useTranslations("availability");
  return useIsSuspended(agentId) ? <Tag look="danger">{t("suspended")}</Tag> : null;
}
