"use client";

import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { usePeople } from "@/components/settings/kit/agent-search";
import { PartFailed } from "@/components/shell/part-failed";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Skeleton } from "@/components/ui/skeleton";
import { notify } from "@/components/ui/toast";
import { allTimeOffTypesQuery } from "@/lib/hours/time-off/client/time-off-types";
import { useDecideTimeOff } from "@/lib/hours/time-off/client/writes";
import type { TimeOff } from "@/lib/hours/time-off/contract";
import { StateTag } from "../state-tag";
import { useTimeOffWords } from "../use-time-off-words";
import { useOwnRequests } from "./own-queries";

const ChangeDialog = lazyPart(async () => (await import("../change-dialog")).ChangeDialog);

/** The reader's time off from today on, with its state. */
export function OwnRequests({ agentId, mayChange }: { agentId: string; mayChange: boolean }) {
  const t = useTranslations("calendar.timeOff.own");
  const all = useTranslations("calendar.timeOff");
  const problemText = useProblemText();
  const words = useTimeOffWords();
  const { workspace } = useWorkspace();
  const query = useOwnRequests(agentId);
  const types = useQuery(allTimeOffTypesQuery(workspace.id));
  const personOf = usePeople((query.data ?? []).map(({ delegateAgentId }) => delegateAgentId));
  const { mutateAsync } = useDecideTimeOff(workspace.id);
  const [showsAll, setShowsAll] = useState(false);
  const [changed, setChanged] = useState<TimeOff>();

  const isOpen = ({ state }: TimeOff) => state === "requested" || state === "approved";
  const shown = (query.data ?? []).filter((entry) => showsAll || isOpen(entry));
  const hidden = (query.data?.length ?? 0) - shown.length;

  const cancel = (entry: TimeOff) => {
    const when = words.when(entry);
    void mutateAsync({ timeOff: entry, state: "cancelled" }).then(
      () => notify({ kind: "success", title: t("cancelled", { when }) }),
      (error: unknown) => notify({ kind: "error", title: t("notCancelled"), detail: problemText(error) }),
    );
  };

  if (!query.data)
    return query.error ? (
      <PartFailed error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Skeleton className="h-20 rounded-xl" />
    );
  return (
    <>
      {shown.length === 0 ? (
        <p className="rounded-xl border border-line bg-surface p-4 text-muted">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {shown.map((entry) => (
            <li key={entry.id} className="flex items-start gap-3 p-3">
              <div className="min-w-0 flex-1 space-y-1">
                <p className="font-medium tabular-nums">{words.when(entry)}</p>
                <p className="flex flex-wrap items-center gap-2 text-muted text-sm">
                  <StateTag state={entry.state} />
                  {types.data?.find(({ id }) => id === entry.typeId)?.name}
                </p>
                {entry.delegateAgentId && (
                  <p className="text-muted text-sm">
                    {all("cover", { name: personOf(entry.delegateAgentId)?.name ?? all("someone") })}
                  </p>
                )}
                {entry.comment && (
                  <p className="break-words text-muted text-sm">
                    {all("comment", { comment: entry.comment })}
                  </p>
                )}
              </div>
              {isOpen(entry) && mayChange && (
                <div className="flex gap-1 max-sm:flex-col">
                  <Button
                    look="quiet"
                    aria-label={t("changeLabel", { when: words.when(entry) })}
                    onPress={() => setChanged(entry)}
                  >
                    {t("change")}
                  </Button>
                  <Button
                    look="quiet"
                    aria-label={t("cancelLabel", { when: words.when(entry) })}
                    onPress={() => cancel(entry)}
                  >
                    {t("cancel")}
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {changed && (
        <Suspense>
          <ChangeDialog
            entry={changed}
            delegate={personOf(changed.delegateAgentId)}
            isOwn
            onClose={() => setChanged(undefined)}
          />
        </Suspense>
      )}
      {hidden > 0 && (
        <Button look="quiet" size="small" onPress={() => setShowsAll(true)}>
          {t("past")}
        </Button>
      )}
    </>
  );
}
