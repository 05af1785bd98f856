"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Face } from "@/components/settings/kit/agent-search";
import { useProblemText } from "@/components/shell/problem-text";
import { useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { DatePicker } from "@/components/ui/date-picker";
import { Dialog } from "@/components/ui/dialog";
import { Disclosure } from "@/components/ui/disclosure";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Option, Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { TimeField } from "@/components/ui/time-field";
import { notify } from "@/components/ui/toast";
import { useDebounced } from "@/components/ui/use-debounced";
import { agentShiftsQuery } from "@/lib/hours/shifts/client/queries";
import { allTimeOffTypesQuery } from "@/lib/hours/time-off/client/queries";
import { useCreateTimeOff } from "@/lib/hours/time-off/client/writes";
import { RequestError } from "@/lib/platform/client/client";
import { pageNow } from "@/lib/platform/client/page-clock";
import { epochDay, isAcceptedDate, isoDate } from "@/lib/platform/time/calendar";
import type { WallTime } from "@/lib/platform/time/format";
import { localDate } from "@/lib/platform/time/wall-clock";
import { AgentField } from "./agent-field";
import { CostOf } from "./cost-strip";
import { type DayPart, endsLater, halfOf, minutesOn, type OffTime } from "./days";
import { useTimeOffWords } from "./use-time-off-words";

/** Days to search for the agent's next shift, whose date is suggested. */
const suggestedDays = 14;

/** Requests time off for the reader (`own`), or enters it for another agent. */
export function AskDialog({ own, onClose }: { own?: { id: string; timezone: string }; onClose: () => void }) {
  const t = useTranslations("calendar.timeOff.ask");
  const { workspace } = useWorkspace();
  const viewerZone = useViewerZone();
  const words = useTimeOffWords();
  const problemText = useProblemText();
  const { mutateAsync, isPending } = useCreateTimeOff(workspace.id);
  const types = useQuery(allTimeOffTypesQuery(workspace.id));

  const [agent, setAgent] = useState<Face>();
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
  const suggested = next.data?.results[0]?.date ?? tomorrow;

  /** Undefined: the suggested date. Null: incomplete input. */
  const [startDate, setStartDate] = useState<string | null>();
  const [endDate, setEndDate] = useState<string | null>();
  const first = startDate === undefined ? suggested : startDate;
  const last = endDate === undefined ? first : endDate;
  const [part, setPart] = useState<DayPart>("all");
  const [startTime, setStartTime] = useState<WallTime | null>({ hour: 9, minute: 0 });
  const [endTime, setEndTime] = useState<WallTime | null>({ hour: 12, minute: 0 });
  const [typeId, setTypeId] = useState<string>();
  const type = types.data?.find(({ id }) => id === typeId) ?? types.data?.[0];
  const [delegate, setDelegate] = useState<Face>();
  const [note, setNote] = useState("");
  const [publicNote, setPublicNote] = useState("");
  const [isApproved, setApproved] = useState(true);
  const [isSent, setSent] = useState(false);
  const [problem, setProblem] = useState<{ field?: "delegate"; text: string }>();

  const isOneDay = first !== null && first === last;
  const shownPart = isOneDay || part === "times" ? part : "all";
  const onDay = useQuery({
    ...agentShiftsQuery(workspace.id, agentId ?? "", { from: first ?? "", to: first ?? "" }),
    enabled: agentId !== undefined && isOneDay && isAcceptedDate(first),
  });

  function timeOf(): OffTime | undefined {
    if (!isAcceptedDate(first) || !isAcceptedDate(last)) return undefined;
    const dates = { startDate: first, endDate: last };
    switch (shownPart) {
      case "all":
        return dates;
      case "times":
        return startTime && endTime ? { ...dates, startTime, endTime } : undefined;
      default:
        // Half a day depends on the shifts, so it is unknown until they have loaded.
        return onDay.data && !onDay.isPlaceholderData
          ? halfOf(first, shownPart, minutesOn(first, onDay.data.results, onDay.data.timezone))
          : undefined;
    }
  }
  const time = timeOf();
  const isOrdered = time !== undefined && endsLater(time);
  const asked = JSON.stringify(isOrdered ? time : null);
  const stable = useDebounced(asked);
  const previewed = JSON.parse(stable) as OffTime | null;

  const errors = {
    agent: agentId === undefined ? t("needsAgent") : undefined,
    from: isAcceptedDate(first) ? undefined : t("needsDate"),
    to: !isAcceptedDate(last)
      ? t("needsDate")
      : time && !isOrdered && shownPart !== "times"
        ? t("endsBefore")
        : undefined,
    startTime: shownPart === "times" && !startTime ? t("needsTime") : undefined,
    endTime:
      shownPart !== "times"
        ? undefined
        : !endTime
          ? t("needsTime")
          : time && !isOrdered
            ? t("endsBefore")
            : undefined,
  };
  const shown = (error: string | undefined) => (isSent ? error : undefined);

  async function send() {
    setSent(true);
    setProblem(undefined);
    if (!time || !isOrdered || !agentId || !type) return;
    const body = {
      typeId: type.id,
      startDate: time.startDate,
      endDate: time.endDate,
      ...(time.startTime ? { startTime: time.startTime } : {}),
      ...(time.endTime ? { endTime: time.endTime } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(publicNote.trim() ? { publicNote: publicNote.trim() } : {}),
      ...(delegate ? { delegateAgentId: delegate.id } : {}),
      ...(own ? {} : { state: isApproved ? ("approved" as const) : ("requested" as const) }),
    };
    try {
      const entered = await mutateAsync({ agentId, body });
      const when = words.when(entered);
      notify({
        kind: "success",
        title: entered.state === "requested" ? t("sent", { when }) : t("entered", { when }),
      });
      onClose();
    } catch (error) {
      const code = error instanceof RequestError ? error.code : undefined;
      if (code === "DelegateLoop") setProblem({ field: "delegate", text: t("loop") });
      else setProblem({ text: code === "TimeOffOverlaps" ? t("overlaps") : problemText(error) });
    }
  }

  const isAutomatic = type?.approval === "automatic";
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
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {problem && !problem.field && (
          <Callout look="danger" role="alert">
            {problem.text}
          </Callout>
        )}
        {!own && (
          <AgentField
            autoFocus
            label={t("agent")}
            value={agent}
            onChange={setAgent}
            error={shown(errors.agent)}
          />
        )}
        <div className="grid grid-cols-2 gap-3">
          <DatePicker
            label={t("from")}
            value={first}
            onChange={(date) => {
              setStartDate(date);
              // Moves the end if it would be before the start, or if the range was a single day.
              if (date && (last === null || last < date || last === first)) setEndDate(date);
            }}
            error={shown(errors.from)}
          />
          <DatePicker
            label={t("to")}
            value={last}
            onChange={setEndDate}
            {...(first ? { min: first } : {})}
            error={shown(errors.to)}
          />
        </div>
        <Segmented
          label={t("part")}
          value={shownPart}
          onChange={(value) => setPart(value as DayPart)}
          className="[&_[role=radiogroup]]:w-full"
        >
          {isOneDay
            ? (["all", "morning", "afternoon", "times"] as const).map((each) => (
                <Segment key={each} value={each}>
                  {t(`parts.${each}`)}
                </Segment>
              ))
            : (["all", "times"] as const).map((each) => (
                <Segment key={each} value={each}>
                  {t(`partsOfMany.${each}`)}
                </Segment>
              ))}
        </Segmented>
        {shownPart === "times" && (
          <div className="grid grid-cols-2 gap-3">
            <TimeField
              label={t("startTime")}
              value={startTime}
              onChange={setStartTime}
              error={shown(errors.startTime)}
            />
            <TimeField
              label={t("endTime")}
              value={endTime}
              onChange={setEndTime}
              error={shown(errors.endTime)}
            />
          </div>
        )}
        <Select
          label={t("type")}
          help={own && isAutomatic ? t("approvedNow") : undefined}
          value={type?.id ?? null}
          onChange={(key) => setTypeId(String(key))}
        >
          {(types.data ?? []).map(({ id, name }) => (
            <Option key={id} id={id}>
              {name}
            </Option>
          ))}
        </Select>
        <div className="rounded-lg border border-line p-3">
          <p className="pb-1 font-medium text-sm">{time ? words.when(time) : " "}</p>
          {agentId && previewed ? (
            <CostOf agentId={agentId} time={previewed} isOutdated={asked !== stable} mostShown={2} />
          ) : (
            <div className="min-h-24" />
          )}
        </div>
        <Disclosure title={t("details")} {...(problem?.field ? { isExpanded: true } : {})}>
          <div className="flex flex-col gap-4 pt-2">
            <AgentField
              label={t("delegate")}
              help={own ? t("delegateHelp") : t("delegateHelpFor")}
              value={delegate}
              onChange={setDelegate}
              exclude={agentId}
              error={problem?.field === "delegate" ? problem.text : undefined}
            />
            <TextField label={t("note")} value={note} onChange={setNote} lines={2} maxLength={2000} />
            <TextField
              label={t("publicNote")}
              help={t("publicNoteHelp")}
              value={publicNote}
              onChange={setPublicNote}
              maxLength={140}
            />
          </div>
        </Disclosure>
        {!own && (
          <Checkbox isSelected={isApproved} onChange={setApproved}>
            {t("approve")}
          </Checkbox>
        )}
      </form>
    </Dialog>
  );
}
