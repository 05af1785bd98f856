"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Face } from "@/components/settings/kit/agent-search";
import { useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { notify } from "@/components/ui/toast";
import { agentShiftsQuery } from "@/lib/hours/shifts/client/queries";
import { useCreateTimeOff } from "@/lib/hours/time-off/client/writes";
import { pageNow } from "@/lib/platform/client/page-clock";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";
import { localDate } from "@/lib/platform/time/wall-clock";
import { AgentField } from "./agent-field";
import { TimeOffFields } from "./time-off-fields";
import { useTimeOffForm } from "./use-time-off-form";
import { useTimeOffWords } from "./use-time-off-words";

/** Days to search for the agent's next shift, whose date is suggested. */
const suggestedDays = 14;

/** Requests time off for the reader (`own`), or enters it for another agent. */
export function AskDialog({ own, onClose }: { own?: { id: string; timezone: string }; onClose: () => void }) {
  const t = useTranslations("calendar.timeOff.ask");
  const { workspace } = useWorkspace();
  const viewerZone = useViewerZone();
  const words = useTimeOffWords();
  const { mutateAsync, isPending } = useCreateTimeOff(workspace.id);

  const [agent, setAgent] = useState<Face>();
  const [isApproved, setApproved] = useState(true);
  const agentId = own?.id ?? agent?.id;
  const today = localDate(own?.timezone ?? viewerZone, pageNow());
  const tomorrow = isoDate(epochDay(today) + 1);
  const next = useQuery({
    ...agentShiftsQuery(workspace.id, agentId ?? "", {
      from: tomorrow,
      to: isoDate(epochDay(tomorrow) + suggestedDays),
    }),
    enabled: agentId !== undefined,
  });
  const form = useTimeOffForm(agentId, { suggested: next.data?.results[0]?.date ?? tomorrow });
  const isAutomatic = form.type?.approval === "automatic";

  async function send() {
    const entered = await form.send(({ typeId, startDate, endDate, startTime, endTime, ...rest }) =>
      mutateAsync({
        agentId: agentId ?? "",
        body: {
          typeId,
          startDate,
          endDate,
          ...(startTime ? { startTime } : {}),
          ...(endTime ? { endTime } : {}),
          ...(rest.note ? { note: rest.note } : {}),
          ...(rest.publicNote ? { publicNote: rest.publicNote } : {}),
          ...(rest.delegate ? { delegateAgentId: rest.delegate.id } : {}),
          ...(own ? {} : { state: isApproved ? ("approved" as const) : ("requested" as const) }),
        },
      }),
    );
    if (!entered) return;
    const when = words.when(entered);
    notify({
      kind: "success",
      title: entered.state === "requested" ? t("sent", { when }) : t("entered", { when }),
    });
    onClose();
  }

  return (
    <Dialog
      title={own ? t("title") : t("enterTitle")}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      footer={
        <Button look="primary" isPending={isPending} onPress={() => void send()} className="max-sm:w-full">
          {own && !isAutomatic ? t("send") : t("enter")}
        </Button>
      }
    >
      <TimeOffFields
        form={form}
        agentId={agentId}
        isOwn={own !== undefined}
        typeHelp={own && isAutomatic ? t("approvedNow") : undefined}
        onSubmit={() => void send()}
        before={
          !own && (
            <AgentField
              autoFocus
              label={t("agent")}
              value={agent}
              onChange={setAgent}
              error={form.errors.needsAgent}
            />
          )
        }
        after={
          !own && (
            <Checkbox isSelected={isApproved} onChange={setApproved}>
              {t("approve")}
            </Checkbox>
          )
        }
      />
    </Dialog>
  );
}
