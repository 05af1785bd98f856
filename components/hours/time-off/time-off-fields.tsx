"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Callout } from "@/components/ui/callout";
import { DatePicker } from "@/components/ui/date-picker";
import { Disclosure } from "@/components/ui/disclosure";
import { focusInvalid } from "@/components/ui/focus-invalid";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Option, Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { TimeField } from "@/components/ui/time-field";
import { AgentField } from "./agent-field";
import { CostOf } from "./cost-strip";
import type { DayPart } from "./days";
import { type TimeOffForm, timeOffLimits } from "./use-time-off-form";
import { useTimeOffWords } from "./use-time-off-words";

const partsOf = ({ hasHalves }: TimeOffForm) =>
  hasHalves ? (["all", "morning", "afternoon", "times"] as const) : (["all", "times"] as const);

/** The form of time off, with what it does to coverage. */
export function TimeOffFields({
  form,
  agentId,
  isOwn,
  typeHelp,
  before,
  after,
  onSubmit,
}: {
  form: TimeOffForm;
  /** Undefined until an agent is chosen. */
  agentId: string | undefined;
  /** Whether it is the reader's own time off. */
  isOwn: boolean;
  typeHelp?: string | undefined;
  before?: ReactNode;
  after?: ReactNode;
  onSubmit: () => void;
}) {
  const t = useTranslations("calendar.timeOff.ask");
  const words = useTimeOffWords();
  const { first, errors, problem, time, previewed, failures } = form;
  const fields = useRef<HTMLFormElement>(null);
  // The button that sends is outside of the form, which may be scrolled.
  useEffect(() => {
    if (failures > 0) focusInvalid(fields.current);
  }, [failures]);
  return (
    <form
      ref={fields}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {problem && !problem.field && (
        <Callout look="danger" role="alert">
          {problem.text}
        </Callout>
      )}
      {before}
      <div className="grid grid-cols-2 gap-3">
        <DatePicker label={t("from")} value={first} onChange={form.setFirst} error={errors.from} />
        <DatePicker
          label={t("to")}
          value={form.last}
          onChange={form.setLast}
          {...(first ? { min: first } : {})}
          error={errors.to}
        />
      </div>
      <Segmented
        label={t("part")}
        value={form.part}
        onChange={(value) => form.setPart(value as DayPart)}
        className="[&_[role=radiogroup]]:w-full"
      >
        {form.isOneDay
          ? partsOf(form).map((each) => (
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
      {form.part === "times" && (
        <div className="grid grid-cols-2 gap-3">
          <TimeField
            label={t("startTime")}
            value={form.startTime}
            onChange={form.setStartTime}
            onUnfinished={(isUnfinished) => form.setUnfinished("startTime", isUnfinished)}
            error={errors.startTime}
          />
          <TimeField
            label={t("endTime")}
            value={form.endTime}
            onChange={form.setEndTime}
            onUnfinished={(isUnfinished) => form.setUnfinished("endTime", isUnfinished)}
            error={errors.endTime}
          />
        </div>
      )}
      <Select
        label={t("type")}
        help={typeHelp}
        value={form.type?.id ?? null}
        onChange={(key) => form.setTypeId(String(key))}
      >
        {form.types.map(({ id, name }) => (
          <Option key={id} id={id}>
            {name}
          </Option>
        ))}
      </Select>
      <div className="rounded-lg border border-line p-3">
        <p className="font-medium text-sm not-last:pb-1">{time ? words.when(time) : " "}</p>
        {!form.hasCost ? null : agentId && previewed ? (
          <CostOf agentId={agentId} time={previewed} isOutdated={form.isOutdated} mostShown={2} />
        ) : (
          <div className="min-h-24" />
        )}
      </div>
      <Disclosure title={t("details")} isExpanded={form.isDetailed} onExpandedChange={form.setDetailed}>
        <div className="flex flex-col gap-4 pt-2">
          <AgentField
            label={t("delegate")}
            help={isOwn ? t("delegateHelp") : t("delegateHelpFor")}
            value={form.delegate}
            onChange={form.setDelegate}
            exclude={agentId}
            error={problem?.field === "delegate" ? problem.text : undefined}
          />
          <TextField
            label={t("note")}
            value={form.note}
            onChange={form.setNote}
            lines={2}
            limit={timeOffLimits.note}
          />
          <TextField
            label={t("publicNote")}
            help={t("publicNoteHelp")}
            value={form.publicNote}
            onChange={form.setPublicNote}
            limit={timeOffLimits.publicNote}
          />
        </div>
      </Disclosure>
      {after}
    </form>
  );
}
