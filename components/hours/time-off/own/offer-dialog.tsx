"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Face } from "@/components/settings/kit/agent-search";
import { useProblemText } from "@/components/shell/problem-text";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { focusInvalid } from "@/components/ui/focus-invalid";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Option, Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { notify } from "@/components/ui/toast";
import { agentShiftsQuery } from "@/lib/hours/shifts/client/queries";
import { useOfferShift } from "@/lib/hours/shifts/client/writes";
import { isTooLong } from "@/lib/platform/text/length";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";
import { AgentField } from "../agent-field";
import { useTimeOffWords } from "../use-time-off-words";

const none = "none";
const longestNote = 140;
/** How far from the offered date a shift in return can be. */
const returnDays = 21;

/** Offers a shift to one colleague or to the agent's teams. */
export function OfferDialog({
  agentId,
  date,
  onClose,
}: {
  agentId: string;
  date: string;
  onClose: () => void;
}) {
  const t = useTranslations("calendar.timeOff.swaps");
  const ask = useTranslations("calendar.timeOff.ask");
  const words = useTimeOffWords();
  const problemText = useProblemText();
  const format = useFormatter();
  const { workspace } = useWorkspace();
  const { mutateAsync, isPending } = useOfferShift(workspace.id);
  const [to, setTo] = useState<"team" | "colleague">("team");
  const [colleague, setColleague] = useState<Face>();
  const [back, setBack] = useState<string>(none);
  const fields = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState("");
  const [isSent, setSent] = useState(false);
  const [problem, setProblem] = useState<string>();
  const theirs = useQuery({
    ...agentShiftsQuery(workspace.id, colleague?.id ?? "", {
      from: date,
      to: isoDate(epochDay(date) + returnDays),
    }),
    enabled: to === "colleague" && colleague !== undefined,
  });
  const dates = [...new Map((theirs.data?.results ?? []).map((shift) => [shift.date, shift])).values()];

  async function send() {
    setSent(true);
    setProblem(undefined);
    if (to === "colleague" && !colleague) return;
    if (isTooLong(note, longestNote)) return void focusInvalid(fields.current);
    const body = {
      agentId,
      date,
      ...(to === "colleague" && colleague ? { withAgentId: colleague.id } : {}),
      ...(to === "colleague" && back !== none ? { withDate: back } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    };
    try {
      await mutateAsync(body);
      notify({ kind: "success", title: t("sent", { date: words.date(date) }) });
      onClose();
    } catch (error) {
      setProblem(problemText(error));
    }
  }

  return (
    <Dialog
      title={t("offerTitle", { date: words.date(date) })}
      isOpen
      width="small"
      onOpenChange={(open) => !open && onClose()}
      footer={
        <Button look="primary" isPending={isPending} onPress={() => void send()} className="max-sm:w-full">
          {t("send")}
        </Button>
      }
    >
      <div ref={fields} className="flex flex-col gap-4">
        {problem && (
          <Callout look="danger" role="alert">
            {problem}
          </Callout>
        )}
        <p className="text-muted">{t("offerText")}</p>
        <Segmented
          label={t("to")}
          value={to}
          onChange={(value) => setTo(value === "colleague" ? "colleague" : "team")}
        >
          <Segment value="team">{t("toTeam")}</Segment>
          <Segment value="colleague">{t("toColleague")}</Segment>
        </Segmented>
        {to === "colleague" && (
          <>
            <AgentField
              label={t("colleague")}
              value={colleague}
              onChange={(agent) => {
                setColleague(agent);
                setBack(none);
              }}
              exclude={agentId}
              error={isSent && !colleague ? ask("needsAgent") : undefined}
            />
            <Select
              label={t("inReturn")}
              value={back}
              onChange={(key) => setBack(String(key))}
              isDisabled={dates.length === 0}
            >
              <Option id={none}>{t("nothing")}</Option>
              {dates.map((shift) => (
                <Option
                  key={shift.date}
                  id={shift.date}
                  hint={format.dateTime(Date.parse(shift.start), {
                    timeZone: theirs.data?.timezone ?? "UTC",
                    timeStyle: "short",
                  })}
                >
                  {words.date(shift.date)}
                </Option>
              ))}
            </Select>
          </>
        )}
        <TextField label={t("noteLabel")} value={note} onChange={setNote} limit={longestNote} />
      </div>
    </Dialog>
  );
}
