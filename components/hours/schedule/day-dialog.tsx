"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { focusInvalid } from "@/components/ui/focus-invalid";
import { Segment, Segmented } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import { notify } from "@/components/ui/toast";
import type { IntervalOfDay } from "@/lib/hours/schedule/contract";
import { clashes, type DayIntervals, inOrder, usualHours } from "@/lib/hours/schedule/editing";
import { useChangeDay } from "@/lib/hours/weeks/client/queries";
import { isTooLong } from "@/lib/platform/text/length";
import { isoDate } from "@/lib/platform/time/calendar";
import { formatDay } from "@/lib/platform/time/format";
import { DayHoursFields } from "./day-hours";

/** The content of an override. */
export interface DayChange {
  readonly intervals: IntervalOfDay[];
  readonly note?: string | undefined;
}

const noteLimit = 140;

/** Sets or deletes the override of a date. */
export function DayDialog({
  workspaceId,
  agentId,
  day,
  planned,
  change,
  onClose,
}: {
  workspaceId: string;
  agentId: string;
  /** Local epoch day. */
  day: number;
  /** The current hours of the date. */
  planned: DayIntervals;
  /** The override of the date, if it has one. */
  change: DayChange | undefined;
  onClose: () => void;
}) {
  const t = useTranslations("schedule.change");
  const schedule = useTranslations("schedule");
  const ui = useTranslations("ui");
  const locale = useLocale();
  const problemText = useProblemText();
  const { mutate, isPending, variables } = useChangeDay(workspaceId, agentId);
  const [isOff, setOff] = useState(change !== undefined && change.intervals.length === 0);
  const [intervals, setIntervals] = useState<DayIntervals>(planned.length > 0 ? planned : [usualHours]);
  const [note, setNote] = useState(change?.note ?? "");
  const date = isoDate(day);
  const name = formatDay(locale, day, { weekday: "long", day: "numeric", month: "long" });
  const isWrong = (!isOff && clashes(intervals).some(Boolean)) || isTooLong(note, noteLimit);
  const form = `change-${date}`;

  function send(draft: DayChange | undefined, before: DayChange | undefined, isUndo = false) {
    mutate(
      { date, draft: draft && { intervals: draft.intervals, ...(draft.note ? { note: draft.note } : {}) } },
      {
        onSuccess() {
          notify({
            kind: "success",
            title: t(draft ? "changed" : "removed", { date: name }),
            action: isUndo ? undefined : { label: ui("undo"), run: () => send(before, draft, true) },
          });
          onClose();
        },
        onError: (error) => notify({ kind: "error", title: t("failed"), detail: problemText(error) }),
      },
    );
  }

  return (
    <Dialog
      isOpen
      title={t("title", { date: name })}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      footer={
        <>
          {change && (
            <Button
              look="quiet"
              className="me-auto"
              isPending={isPending && variables.draft === undefined}
              onPress={() => send(undefined, change)}
            >
              {t("remove")}
            </Button>
          )}
          <Button look="quiet" onPress={onClose}>
            {ui("cancel")}
          </Button>
          <Button
            type="submit"
            form={form}
            look="primary"
            isPending={isPending && variables.draft !== undefined}
          >
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="@container flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!focusInvalid(event.currentTarget) && !isWrong)
            send({ intervals: isOff ? [] : inOrder(intervals), note: note.trim() }, change);
        }}
      >
        <p className="text-muted">{t("help")}</p>
        <Segmented
          label={schedule("mode")}
          value={isOff ? "off" : "hours"}
          onChange={(value) => setOff(value === "off")}
        >
          <Segment value="hours">{t("hours")}</Segment>
          <Segment value="off">{t("off")}</Segment>
        </Segmented>
        {!isOff && <DayHoursFields name={name} intervals={intervals} onChange={setIntervals} />}
        <TextField
          label={t("note")}
          help={t("noteHelp", { max: noteLimit })}
          value={note}
          onChange={setNote}
          limit={noteLimit}
        />
      </form>
    </Dialog>
  );
}
