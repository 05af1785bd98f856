"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { notify } from "@/components/ui/toast";
import type { Agent } from "@/lib/agents/contract";
import type { AgentStatus } from "@/lib/availability/contract";
import { useChangeAvailability } from "@/lib/availability/queries";

/** Sets a status at once; says so and offers to take it back, or says why it was refused. */
export function useSetStatus(): (agent: Agent, status: AgentStatus) => void {
  const t = useTranslations("agents");
  const words = useTranslations("availability.status");
  const ui = useTranslations("ui");
  const problem = useProblemText();
  const { workspace } = useWorkspace();
  const { mutate } = useChangeAvailability(workspace.id);

  return useCallback(
    (agent, status) => {
      const before = agent.status;
      const onError = (error: unknown) =>
        notify({ kind: "error", title: t("statusFailed", { name: agent.name }), detail: problem(error) });
      mutate(
        { agentId: agent.id, change: { status } },
        {
          onError,
          onSuccess: () =>
            notify({
              kind: "success",
              title: t("statusSet", { name: agent.name, status: words(status) }),
              action: {
                label: ui("undo"),
                run: () => mutate({ agentId: agent.id, change: { status: before } }, { onError }),
              },
            }),
        },
      );
    },
    [mutate, problem, t, ui, words],
  );
}
