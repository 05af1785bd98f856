"use client";

import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { usePeople } from "@/components/settings/kit/agent-search";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { lazyPart } from "@/components/ui/lazy-part";
import { notify } from "@/components/ui/toast";
import { useDecideTimeOff } from "@/lib/hours/time-off/client/writes";
import type { TimeOff } from "@/lib/hours/time-off/contract";
import { StateTag } from "./state-tag";
import { useTimeOffWords } from "./use-time-off-words";

const ChangeDialog = lazyPart(async () => (await import("./change-dialog")).ChangeDialog);

/** What a reader may know about time off. Supervisors can change or cancel it. */
export function TimeOffDetails({
  entry,
  isGone,
  name,
  type,
  onClose,
}: {
  entry: TimeOff;
  /** Whether somebody has cancelled or moved it since. A form that is open stays, with what was typed. */
  isGone: boolean;
  name: string;
  type: string;
  onClose: () => void;
}) {
  const all = useTranslations("calendar.timeOff");
  const t = useTranslations("calendar.timeOff.details");
  const own = useTranslations("calendar.timeOff.own");
  const words = useTimeOffWords();
  const problemText = useProblemText();
  const { workspace, can } = useWorkspace();
  const { mutateAsync } = useDecideTimeOff(workspace.id);
  const cover = usePeople([entry.delegateAgentId])(entry.delegateAgentId);
  const [isChanging, setChanging] = useState(false);
  const cancel = () => {
    void mutateAsync({ timeOff: entry, state: "cancelled" }).then(
      () => notify({ kind: "success", title: t("cancelled", { name }) }),
      (error: unknown) => notify({ kind: "error", title: own("notCancelled"), detail: problemText(error) }),
    );
    onClose();
  };
  if (isChanging)
    return (
      <Suspense>
        <ChangeDialog entry={entry} delegate={cover} isOwn={false} onClose={onClose} />
      </Suspense>
    );
  if (isGone) return null;
  return (
    <Dialog
      title={t("title", { name })}
      isOpen
      width="small"
      onOpenChange={onClose}
      footer={
        can("timeOff.write") && (
          <>
            <Button onPress={() => setChanging(true)}>{t("change")}</Button>
            <Button look="danger" onPress={cancel}>
              {t("cancel")}
            </Button>
          </>
        )
      }
    >
      <div className="space-y-2">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{words.when(entry)}</span>
          <StateTag state={entry.state} />
        </p>
        <p>{type}</p>
        {entry.publicNote && <p className="break-words">{entry.publicNote}</p>}
        {entry.note && <p className="whitespace-pre-line break-words text-muted">{entry.note}</p>}
        {entry.delegateAgentId && (
          <p className="text-muted">{all("cover", { name: cover?.name ?? all("someone") })}</p>
        )}
        {entry.decidedBy && (
          <p className="text-muted text-sm">
            {t("decidedBy", { state: entry.state, name: entry.decidedBy.name })}
          </p>
        )}
        {entry.comment && <p className="text-muted text-sm">{all("comment", { comment: entry.comment })}</p>}
      </div>
    </Dialog>
  );
}
