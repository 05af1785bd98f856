"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PartFailed } from "@/components/shell/part-failed";
import { useProblemText } from "@/components/shell/problem-text";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { deleteAgent } from "@/lib/agents/agents/client/calls";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import type { Agent } from "@/lib/agents/agents/contract";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { RequestError } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";
import { agentUsageQuery } from "@/lib/routing/conversations/client/queries";

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

  // A mutation, so that live pages wait for it: what they asked about the agent now would fail.
  const {
    mutateAsync: deleteIt,
    isPending,
    isSuccess,
  } = useMutation({
    mutationFn: (etag: string | undefined) =>
      request(deleteAgent, {
        params: { workspaceId, agentId: agent.id },
        ...(etag ? { ifMatch: etag } : {}),
      }),
  });

  async function confirm() {
    const key = agentKeys.one(workspaceId, agent.id);
    const etag = client.getQueryData<ReadAgent>(key)?.etag;
    try {
      await deleteIt(etag);
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
      <Conversations workspaceId={workspaceId} agentId={agent.id} exists={!isPending && !isSuccess} />
      <p className="text-muted">{t("history")}</p>
      {problem && (
        <Callout look="danger" role="alert">
          {problem}
        </Callout>
      )}
    </ConfirmDialog>
  );
}

/** What happens to conversations of an agent who is deleted. Asks only while the agent `exists`. */
function Conversations({
  workspaceId,
  agentId,
  exists,
}: {
  workspaceId: string;
  agentId: string;
  exists: boolean;
}) {
  const t = useTranslations("profile.delete");
  const usage = useQuery({ ...agentUsageQuery(workspaceId, agentId), enabled: exists });
  if (usage.isError)
    return (
      <PartFailed
        error={usage.error}
        onRetry={() => void usage.refetch()}
      >{`${t("notCounted")}.`}</PartFailed>
    );
  const counts = usage.data ?? { assigned: 0, offered: 0, preferred: 0 };
  return (["assigned", "offered", "preferred"] as const).map(
    (kind) => counts[kind] > 0 && <p key={kind}>{t(kind, { count: counts[kind] })}</p>,
  );
}
