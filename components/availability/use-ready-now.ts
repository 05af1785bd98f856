"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { notify } from "@/components/ui/toast";
import { useReady } from "@/lib/availability/effective/client/ready";

/**
 * Returns a function that ends an agent's wrap-up and clears their missed offers. Shows a toast if it fails.
 */
export function useReadyNow(agentId: string): () => void {
  const t = useTranslations("routing.myWork");
  const problem = useProblemText();
  const { workspace } = useWorkspace();
  const { mutateAsync } = useReady(workspace.id, agentId);
  return useCallback(() => {
    mutateAsync().catch((error: unknown) =>
      notify({ kind: "error", title: t("notReady"), detail: problem(error) }),
    );
  }, [mutateAsync, problem, t]);
}
