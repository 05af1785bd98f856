"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { notify } from "@/components/ui/toast";
import { useChangeAvailability } from "@/lib/agents/agents/client/availability";
import type { Agent } from "@/lib/agents/agents/contract";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import { undoOf } from "@/lib/availability/declared/presets";
import { pageNow } from "@/lib/platform/client/page-clock";
import { useDurationText } from "./duration-text";

/** Changes an agent's availability. `readAt` is when the agent was fetched, in epoch milliseconds. */
export type SetAvailability = (agent: Agent, readAt: number, change: AvailabilityChange) => void;

/**
 * Changes availability optimistically. Shows a toast with undo, or rolls back and shows the error under the
 * title from `failed`.
 */
export function useSetAvailability(failed: (name: string) => string): SetAvailability {
  const t = useTranslations("availability");
  const ui = useTranslations("ui");
  const duration = useDurationText();
  const problem = useProblemText();
  const { workspace } = useWorkspace();
  const { mutateAsync } = useChangeAvailability(workspace.id);

  return useCallback(
    (agent, readAt, change) => {
      const { availability: before, name } = agent;
      const onError = (error: unknown) =>
        notify({ kind: "error", title: failed(name), detail: problem(error) });
      const said = [
        change.status && t(`status.${change.status}`),
        // A change of the note alone is named by its activity.
        (change.activity || change.activityText !== undefined) &&
          t(`activity.${change.activity ?? before.activity}`),
        change.activityTtl && duration(change.activityTtl),
      ].filter((each) => typeof each === "string");
      // `mutateAsync`, because callbacks of `mutate` don't run once the component has unmounted, such as a
      // menu, row or palette.
      const set = (wanted: AvailabilityChange) => mutateAsync({ agentId: agent.id, change: wanted });
      const undo = () => void set(undoOf(change, before, readAt, pageNow())).catch(onError);
      const tell = () =>
        notify({
          kind: "success",
          title: t("changed", { name, what: said.join(" · ") }),
          action: { label: ui("undo"), run: undo },
        });
      void set(change).then(tell, onError);
    },
    [mutateAsync, problem, failed, t, ui, duration],
  );
}
