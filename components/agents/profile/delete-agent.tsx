"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { deleteAgent } from "@/lib/agents/agents/client/calls";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import type { Agent } from "@/lib/agents/agents/contract";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { RequestError } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";

/** Asks before deleting an agent, and says what is deleted and what is kept. */
export function DeleteAgent({
  workspaceId,
  agent,
  onClose,
  onDeleted,
}: {
  workspaceId: string;
  agent: Agent;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const t = useTranslations("profile.delete");
  const client = useQueryClient();
  const problemText = useProblemText();
  const [problem, setProblem] = useState<string>();
  const { name } = agent;

  async function confirm() {
    const key = agentKeys.one(workspaceId, agent.id);
    const etag = client.getQueryData<ReadAgent>(key)?.etag;
    try {
      await request(deleteAgent, {
        params: { workspaceId, agentId: agent.id },
        ...(etag ? { ifMatch: etag } : {}),
      });
      onDeleted();
    } catch (error) {
      const isStale = error instanceof RequestError && error.status === 412;
      setProblem(isStale ? t("stale") : problemText(error));
      if (isStale) await client.invalidateQueries({ queryKey: key });
    }
  }

  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={t("title", { name })}
      action={t("action")}
      onConfirm={confirm}
    >
      <p>{t("goes")}</p>
      <p>{agent.type === "bot" ? t("botGoes") : t("stays", { name: agent.user?.name ?? name })}</p>
      <p className="text-muted">{t("history")}</p>
      {problem && (
        <Callout look="danger" role="alert">
          {problem}
        </Callout>
      )}
    </ConfirmDialog>
  );
}
