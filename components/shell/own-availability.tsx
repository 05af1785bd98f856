"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ActivityControl } from "@/components/availability/activity-control";
import { StatusMenu } from "@/components/availability/status-menu";
import { notify } from "@/components/ui/toast";
import { agentQuery } from "@/lib/agents/queries";
import type { AvailabilityChange } from "@/lib/availability/contract";
import { useChangeAvailability } from "@/lib/availability/queries";
import { pageTime } from "@/lib/page-clock";
import { useProblemText } from "./problem-text";
import { useWorkspace } from "./workspace-context";

/** The signed-in person's own agent; undefined while it loads and for people without one. */
export function useOwnAgent() {
  const { workspace, agentId } = useWorkspace();
  return useQuery({
    ...agentQuery(workspace.id, agentId ?? ""),
    enabled: agentId !== undefined,
    refetchInterval: 60_000,
  });
}

/** One's own status and activity, with "until when", always at hand; `compact` is the status alone. */
export function OwnAvailability({ compact = false }: { compact?: boolean }) {
  const t = useTranslations("shell.account");
  const problemText = useProblemText();
  const { workspace, agentId, can, user } = useWorkspace();
  const { data: own, dataUpdatedAt } = useOwnAgent();
  const change = useChangeAvailability(workspace.id);
  if (!agentId || (!can("own.write") && !can("availability.write"))) return null;
  // Its room is kept while it loads, so that nothing moves.
  if (!own) return <div className={compact ? "h-9 w-20" : "h-7 max-sm:h-9"} />;
  const agent = own.data;

  const set = (wanted: AvailabilityChange) =>
    change.mutate(
      { agentId: agent.id, change: wanted },
      {
        onError: (error) => notify({ kind: "error", title: t("notSet"), detail: problemText(error) }),
      },
    );

  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-0.5">
      <StatusMenu status={agent.status} agentName={user.name} onChange={(status) => set({ status })} />
      {!compact && (
        <ActivityControl
          availability={agent.availability}
          readAt={pageTime(dataUpdatedAt)}
          agentName={user.name}
          onChange={set}
        />
      )}
    </div>
  );
}
