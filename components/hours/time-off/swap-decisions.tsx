"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Switch } from "@/components/ui/switch";
import { notify } from "@/components/ui/toast";
import { calendarPolicyQuery, shiftSwapsQuery } from "@/lib/hours/shifts/client/queries";
import { useChangeCalendarPolicy } from "@/lib/hours/shifts/client/writes";
import { SwapList } from "./swap-list";

/** Accepted swaps that wait for approval, and the setting whether swaps need approval. */
export function SwapDecisions() {
  const t = useTranslations("calendar.timeOff.swaps");
  const common = useTranslations("settings.common");
  const problemText = useProblemText();
  const { workspace } = useWorkspace();
  const { data } = useQuery(shiftSwapsQuery(workspace.id, { states: ["accepted"], limit: "100" }));
  const policy = useQuery(calendarPolicyQuery(workspace.id));
  const change = useChangeCalendarPolicy(workspace.id);
  const swaps = data?.results ?? [];
  return (
    <section aria-labelledby="swaps" className="min-w-0 space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id="swaps" className="font-semibold text-lg">
          {t("title")}
        </h2>
        <Switch
          isSelected={policy.data?.data.swapApproval !== "automatic"}
          isDisabled={!policy.data}
          onChange={(isRequired) =>
            void change
              .mutateAsync({ swapApproval: isRequired ? "required" : "automatic" })
              .catch((error: unknown) =>
                notify({ kind: "error", title: common("notSaved"), detail: problemText(error) }),
              )
          }
        >
          {t("approval")}
        </Switch>
      </div>
      {swaps.length > 0 && <SwapList swaps={swaps} answersOf={() => ["approve", "decline"]} />}
    </section>
  );
}
