"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ZonePicker } from "@/components/agents/profile/zone-picker";
import { ActivityForm } from "@/components/availability/activity-form";
import { ScheduleEditor } from "@/components/hours/schedule/schedule-editor";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ComboBox } from "@/components/ui/combo-box";
import { Dialog } from "@/components/ui/dialog";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Option, Select } from "@/components/ui/select";
import type { BulkChange } from "@/lib/agents/agents/client/bulk-changes";
import type { WeeklySchedule } from "@/lib/hours/schedule/contract";
import { foldedSchedule, presets, weekOf } from "@/lib/hours/schedule/editing";
import { weekdays } from "@/lib/platform/time/calendar";
import { isWeekendDay } from "@/lib/platform/time/week";
import { allCapacityRulesQuery } from "@/lib/workforce/capacity/client/queries";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";
import { Affected } from "./affected";
import { AgentBox } from "./agent-box";
import { DatesForm } from "./bulk-hours/dates-form";
import type { HoursFormName, HoursFormProps } from "./bulk-hours/hours-dialog";
import { RotationForm } from "./bulk-hours/rotation-form";
import { TimeOffForm } from "./bulk-hours/time-off-form";
import { WeeklyForm } from "./bulk-hours/weekly-form";

type PlainFormName = "activity" | "teams" | "timezone" | "schedule" | "capacityRule";
export type BulkFormName = PlainFormName | HoursFormName;

interface FormProps {
  form: string;
  onSubmit: (change: BulkChange) => void;
}

function TeamForm({ form, onSubmit }: FormProps) {
  const t = useTranslations("agents.bulk");
  const errors = useTranslations("errors");
  const { workspace } = useWorkspace();
  const teams = useQuery(allTeamsQuery(workspace.id)).data ?? [];
  const [action, setAction] = useState<"add" | "remove">("add");
  const [teamId, setTeamId] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  return (
    <form
      id={form}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (teamId) onSubmit({ kind: "team", teamId, action });
        else setTried(true);
      }}
    >
      <Segmented
        label={t("teamAction")}
        value={action}
        onChange={(value) => setAction(value === "remove" ? "remove" : "add")}
      >
        <Segment value="add">{t("teamAdd")}</Segment>
        <Segment value="remove">{t("teamRemove")}</Segment>
      </Segmented>
      <ComboBox
        label={t("team")}
        items={teams}
        value={teamId}
        onChange={(key) => setTeamId(key === null ? null : String(key))}
        error={isTried && !teamId ? errors("required") : undefined}
      >
        {({ id, name }) => <Option id={id}>{name}</Option>}
      </ComboBox>
    </form>
  );
}

function ZoneForm({ form, onSubmit }: FormProps) {
  const t = useTranslations("agents.bulk");
  const errors = useTranslations("errors");
  const [zone, setZone] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  return (
    <form
      id={form}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (zone) onSubmit({ kind: "profile", change: { timezone: zone } });
        else setTried(true);
      }}
    >
      <ZonePicker
        label={t("timezone")}
        value={zone}
        onChange={setZone}
        error={isTried && !zone ? errors("notTimezone") : undefined}
      />
      <Callout>{t("timezoneHint")}</Callout>
    </form>
  );
}

function ScheduleForm({ form, onSubmit }: FormProps) {
  const t = useTranslations("agents.bulk");
  const { workspace } = useWorkspace();
  const locale = useLocale();
  // Starts with a regular week: saving an empty one by mistake would put all agents out of hours.
  const [schedule, setSchedule] = useState<WeeklySchedule | undefined>(
    () => presets(weekdays.filter((_, index) => isWeekendDay(locale, index)))[0]?.schedule,
  );
  return (
    <form
      id={form}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ kind: "profile", change: { weeklySchedule: schedule ?? null } });
      }}
    >
      <AgentBox label={t("copyFrom")} onChoose={(agent) => setSchedule(agent.weeklySchedule)} />
      <ScheduleEditor
        value={schedule && weekOf(schedule)}
        onChange={(week) => setSchedule(week && foldedSchedule(week))}
        timezone={workspace.timezone}
        holidays={noHolidays}
        isSingle
      />
      <Callout>{t("scheduleHint")}</Callout>
    </form>
  );
}

const noHolidays: [] = [];
const noRule = "none";

function RuleForm({ form, onSubmit }: FormProps) {
  const t = useTranslations("agents.bulk");
  const { workspace } = useWorkspace();
  const rules = useQuery(allCapacityRulesQuery(workspace.id)).data ?? [];
  const [ruleId, setRuleId] = useState<string>(noRule);
  return (
    <form
      id={form}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ kind: "capacityRule", ruleId: ruleId === noRule ? null : ruleId });
      }}
    >
      <Select label={t("capacityRule")} value={ruleId} onChange={(key) => setRuleId(String(key))}>
        <Option id={noRule}>{t("noOwnRule")}</Option>
        {rules.map(({ id, name, capacity }) => (
          <Option key={id} id={id} textValue={name} hint={t("capacity", capacity)}>
            {name}
          </Option>
        ))}
      </Select>
    </form>
  );
}

const hoursForms: Record<HoursFormName, (props: HoursFormProps) => ReactNode> = {
  dates: DatesForm,
  timeOff: TimeOffForm,
  rotation: RotationForm,
  weekly: WeeklyForm,
};

const isHoursForm = (name: BulkFormName): name is HoursFormName => name in hoursForms;

const forms: Record<Exclude<PlainFormName, "activity">, (props: FormProps) => ReactNode> = {
  teams: TeamForm,
  timezone: ZoneForm,
  schedule: ScheduleForm,
  capacityRule: RuleForm,
};

interface BulkFormProps extends HoursFormProps {
  onSubmit: (change: BulkChange) => void;
}

/** Edits a bulk change and lists the affected agents. Changes of hours are applied by their own form. */
export function BulkForm({ name, onSubmit, ...props }: BulkFormProps & { name: BulkFormName }) {
  if (!isHoursForm(name)) return <PlainForm {...props} name={name} onSubmit={onSubmit} />;
  const Form = hoursForms[name];
  return <Form {...props} />;
}

function PlainForm({ name, chosen, onSubmit, onClose }: BulkFormProps & { name: PlainFormName }) {
  const t = useTranslations("agents.bulk");
  const ui = useTranslations("ui");
  const form = useId();
  const Form = name === "activity" ? null : forms[name];
  const action = t("apply", { count: chosen.size });
  return (
    <Dialog
      title={t(`forms.${name}`)}
      isOpen
      onOpenChange={onClose}
      width={name === "schedule" ? "large" : "small"}
      footer={
        Form && (
          <>
            <Button onPress={onClose}>{ui("cancel")}</Button>
            <Button look="primary" type="submit" form={form}>
              {action}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <Affected chosen={chosen} />
        {Form ? (
          <Form form={form} onSubmit={onSubmit} />
        ) : (
          <div className="-m-3">
            <ActivityForm
              availability={{ activity: "available" }}
              action={action}
              onSubmit={(change) => onSubmit({ kind: "availability", change })}
            />
          </div>
        )}
      </div>
    </Dialog>
  );
}
