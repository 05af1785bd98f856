"use client";

import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { notify } from "@/components/ui/toast";
import { type ConversationAction, useConversationAction } from "@/lib/routing/conversations/client/queries";
import type { Conversation } from "@/lib/routing/conversations/contract";

/**
 * Returns functions that act on a conversation and show the result in a toast, with undo where it is safe.
 * All but `assign` return whether the action succeeded.
 */
export function useAct(conversation: Pick<Conversation, "id" | "state" | "agentId">) {
  const t = useTranslations("routing.panel");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  const { workspace } = useWorkspace();
  const { mutateAsync, isPending } = useConversationAction(workspace.id);
  const { id, state } = conversation;

  const run = (action: ConversationAction) => mutateAsync({ id, action });
  const failed = (title: string) => (error: unknown) => {
    notify({ kind: "error", title, detail: problemText(error) });
    return false;
  };
  const done = (title: string) => () => {
    notify({ kind: "success", title });
    return true;
  };

  return {
    isPending,
    /** Rejects if the server refuses. A conversation that was waiting can be requeued with undo. */
    async assign(agent: { id: string; name: string }, force: boolean): Promise<void> {
      await run({ kind: "assign", agentId: agent.id, force });
      const undo = () => void run({ kind: "requeue" }).catch(failed(t("notRequeued")));
      notify({
        kind: "success",
        title: t("assignedTo", { name: agent.name }),
        action: state === "assigned" ? undefined : { label: ui("undo"), run: undo },
      });
    },
    requeue: (body: { queueId?: string; exclude?: boolean } = {}) =>
      run({ kind: "requeue", ...body }).then(done(t("requeued")), failed(t("notRequeued"))),
    close: () => run({ kind: "close" }).then(done(t("closedNote")), failed(t("notClosed"))),
    change: (change: { queueId?: string; priority?: number }) =>
      run({ kind: "change", change }).then(done(t("changed")), failed(t("notChanged"))),
  };
}
