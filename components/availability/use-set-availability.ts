"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { notify } from "@/components/ui/toast";
import { type AvailabilityWrite, useChangeAvailability } from "@/lib/agents/agents/client/availability";
import type { Agent } from "@/lib/agents/agents/contract";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import { undoOf } from "@/lib/availability/declared/presets";
import type { Preset } from "@/lib/availability/presets/contract";
import { changeOf } from "@/lib/availability/presets/rules";
import { pageNow } from "@/lib/platform/client/page-clock";
import { useDurationText } from "./duration-text";

/** A choice in a menu: a change, a preset (now or later), or canceling the pending preset. */
export type AvailabilityPick =
  | AvailabilityChange
  | { preset: Preset; when: "now" | "afterConversations" }
  /** Undefined if the preset no longer exists. */
  | { withdraw: Preset | undefined };

/** Changes an agent's availability. `readAt` is when the agent was fetched, in epoch milliseconds. */
export type SetAvailability = (agent: Agent, readAt: number, pick: AvailabilityPick) => void;

function writeOf(pick: AvailabilityPick): AvailabilityWrite {
  if ("withdraw" in pick) return { kind: "withdraw" };
  return "preset" in pick ? { kind: "preset", ...pick } : { kind: "change", change: pick };
}

/** Returns the choice that undoes another one; undefined if it can't be undone. */
function undoOfPick(
  pick: AvailabilityPick,
  { availability }: Agent,
  readAt: number,
): AvailabilityPick | undefined {
  if ("withdraw" in pick) return pick.withdraw && { preset: pick.withdraw, when: "afterConversations" };
  if (!("preset" in pick)) return undoOf(pick, availability, readAt, pageNow());
  if (pick.when === "now") return undoOf(changeOf(pick.preset), availability, readAt, pageNow());
  return { withdraw: pick.preset };
}

/**
 * Changes availability optimistically. Shows a toast with undo, or rolls back and shows the error under the
 * title from `failed`.
 */
export function useSetAvailability(failed: (name: string) => string): SetAvailability {
  const ui = useTranslations("ui");
  const summary = useSummary();
  const problem = useProblemText();
  const { workspace } = useWorkspace();
  const { mutateAsync } = useChangeAvailability(workspace.id);

  return useCallback(
    (agent, readAt, pick) => {
      const onError = (error: unknown) =>
        notify({ kind: "error", title: failed(agent.name), detail: problem(error) });
      // `mutateAsync`, because callbacks of `mutate` don't run once the component has unmounted, such as a
      // menu, row or palette.
      const set = (wanted: AvailabilityPick) => mutateAsync({ agentId: agent.id, write: writeOf(wanted) });
      function undo() {
        const back = undoOfPick(pick, agent, readAt);
        if (back) void set(back).catch(onError);
      }
      const canUndo = !("withdraw" in pick) || pick.withdraw !== undefined;
      const tell = () =>
        notify({
          kind: "success",
          title: summary(agent, pick),
          ...(canUndo ? { action: { label: ui("undo"), run: undo } } : {}),
        });
      void set(pick).then(tell, onError);
    },
    [mutateAsync, problem, failed, summary, ui],
  );
}

/** Returns a function that describes the result of a choice. */
function useSummary(): (agent: Agent, pick: AvailabilityPick) => string {
  const t = useTranslations("availability");
  const duration = useDurationText();
  return useCallback(
    ({ name, availability: before }, pick) => {
      if ("withdraw" in pick) {
        const preset = pick.withdraw?.name ?? t("pendingPreset.gone");
        return t("pendingPreset.withdrawn", { name, preset });
      }
      if ("preset" in pick) {
        const preset = pick.preset.name;
        if (pick.when === "now") return t("changed", { name, what: preset });
        return t("pendingPreset.pending", { name, preset });
      }
      const said = [
        pick.status && t(`status.${pick.status}`),
        // If only the note changed, the message names the activity.
        (pick.activity || pick.activityText !== undefined) &&
          t(`activity.${pick.activity ?? before.activity}`),
        pick.activityTtl && duration(pick.activityTtl),
      ].filter((each) => typeof each === "string");
      return t("changed", { name, what: said.join(" · ") });
    },
    [t, duration],
  );
}
