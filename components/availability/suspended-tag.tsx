"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
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

/**
 * Marks an agent whose person is suspended; renders nothing for others. `isNarrow` shows an icon, where the
 * text would leave no room for the name.
 */
export function SuspendedTag({ agentId, isNarrow = false }: { agentId: string; isNarrow?: boolean }) {
  const t = useTranslations("availability");
  if (!useIsSuspended(agentId)) return null;
  if (!isNarrow) return <Tag look="danger">{t("suspended")}</Tag>;
  return (
    <span title={t("suspended")} className="relative shrink-0 rounded bg-danger-soft p-0.5 text-danger">
      <TriangleAlert aria-hidden="true" className="size-4" />
      <span className="sr-only">{t("suspended")}</span>
    </span>
  );
}
