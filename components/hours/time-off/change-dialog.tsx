"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Face } from "@/components/settings/kit/agent-search";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { notify } from "@/components/ui/toast";
import { useChangeTimeOff } from "@/lib/hours/time-off/client/writes";
import type { TimeOff } from "@/lib/hours/time-off/contract";
import { isSame } from "@/lib/platform/sameness";
import { TimeOffFields } from "./time-off-fields";
import { type TimeOffInput, useTimeOffForm } from "./use-time-off-form";
import { useTimeOffWords } from "./use-time-off-words";

/** Changes requested or approved time off: the reader's own, or as a supervisor. */
export function ChangeDialog({
  isOwn,
  onClose,
  ...current
}: {
  entry: TimeOff;
  /** The entry's cover. */
  delegate: Face | undefined;
  isOwn: boolean;
  onClose: () => void;
}) {
  const t = useTranslations("calendar.timeOff.ask");
  const { workspace, can } = useWorkspace();
  const words = useTimeOffWords();
  // Later changes by others are conflicts, not the state that the reader saw.
  const [{ entry, delegate }] = useState(current);
  const { mutateAsync, isPending } = useChangeTimeOff(workspace.id);
  const form = useTimeOffForm(entry.agentId, {
    start: { ...entry, delegate, note: entry.note ?? "", publicNote: entry.publicNote ?? "" },
    isApproved: entry.state === "approved",
  });
  const asksAgain = entry.state === "approved" && !can("timeOff.write") && form.type?.approval === "required";

  async function save() {
    const changed = await form.send((input) =>
      mutateAsync({ timeOff: entry, change: changeOf({ ...entry, delegateAgentId: delegate?.id }, input) }),
    );
    if (!changed) return;
    const when = words.when(changed);
    const isAskedAgain = entry.state === "approved" && changed.state === "requested";
    notify({ kind: "success", title: isAskedAgain ? t("sent", { when }) : t("changed", { when }) });
    onClose();
  }

  return (
    <Dialog
      title={t("changeTitle")}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      footer={
        <Button look="primary" isPending={isPending} onPress={() => void save()} className="max-sm:w-full">
          {t("save")}
        </Button>
      }
    >
      <TimeOffFields
        form={form}
        agentId={entry.agentId}
        isOwn={isOwn}
        typeHelp={asksAgain ? t("asksAgain") : undefined}
        onSubmit={() => void save()}
      />
    </Dialog>
  );
}

/** Returns the properties that differ from those the form started with; `null` clears one. */
function changeOf(
  before: Partial<Record<string, unknown>>,
  { delegate, note, publicNote, ...input }: TimeOffInput,
) {
  const wanted = {
    typeId: input.typeId,
    startDate: input.startDate,
    endDate: input.endDate,
    startTime: input.startTime ?? null,
    endTime: input.endTime ?? null,
    note: note || null,
    publicNote: publicNote || null,
    delegateAgentId: delegate?.id ?? null,
  };
  const changed = Object.entries(wanted).filter(([name, value]) => !isSame(before[name] ?? null, value));
  return Object.fromEntries(changed) as Partial<typeof wanted>;
}
