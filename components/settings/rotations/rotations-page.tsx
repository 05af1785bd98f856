"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useMemo, useRef } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useLocale, useTranslations } from "use-intl";
import { AgentFaces, AgentPicker } from "@/components/settings/kit/agent-picker";
import { usePeople } from "@/components/settings/kit/agent-search";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { SimpleDelete } from "@/components/settings/kit/simple-delete";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { DatePicker } from "@/components/ui/date-picker";
import { IconButton } from "@/components/ui/icon-button";
import { NumberField } from "@/components/ui/number-field";
import { Option, Select } from "@/components/ui/select";
import {
  allRotationsQuery,
  allShiftsQuery,
  useChangeRotation,
  useCreateRotation,
  useDeleteRotation,
} from "@/lib/hours/shifts/client/collections";
import type { Rotation } from "@/lib/hours/shifts/rotations-contract";
import { weekLimit } from "@/lib/hours/shifts/values";
import { pageNow } from "@/lib/platform/client/page-clock";
import { weekdays } from "@/lib/platform/time/calendar";
import { weekdayName } from "@/lib/platform/time/format";
import { localDate } from "@/lib/platform/time/wall-clock";
import {
  changeOf,
  currentMembers,
  draftOf,
  fieldsOf,
  type ParsedRotation,
  type RotationFormValues,
  type RotationMember,
  type RotationWeek,
  rotationFormSchema,
} from "./rotation-form";

const dayOff = "off";

function useRotationTable(): ResourceTable<Rotation> {
  const t = useTranslations("settings.rotations");
  const { workspace } = useWorkspace();
  const length = ({ weeks }: Rotation) => t("weekCount", { count: weeks.length });
  return {
    items: useQuery(allRotationsQuery(workspace.id)),
    columns: [
      { key: "weeks", title: t("weeks"), cell: length },
      { key: "agents", title: t("members"), align: "end", cell: ({ agentCount }) => agentCount },
    ],
    searched: ({ name }) => name,
    summary: length,
  };
}

function RotationDetails({ item: rotation }: { item: Rotation }) {
  const t = useTranslations("settings.rotations");
  const locale = useLocale();
  const { workspace } = useWorkspace();
  const zone = useViewerZone();
  const today = useMemo(() => localDate(zone, pageNow()), [zone]);
  const shifts = useQuery(allShiftsQuery(workspace.id));
  const nameOf = (id: string | undefined) => shifts.data?.find((shift) => shift.id === id)?.name ?? t("off");
  return (
    <PanelBody>
      <Details>
        {rotation.weeks.map((week, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other name.
          <Detail key={index} label={t("week", { number: index + 1 })}>
            {weekdays
              .map((day, at) => `${weekdayName(locale, at, "short")} ${nameOf(week[day])}`)
              .join(" · ")}
          </Detail>
        ))}
        <Detail label={t("members")}>
          <AgentFaces ids={[...new Set(currentMembers(rotation, today).map(({ agentId }) => agentId))]} />
        </Detail>
      </Details>
    </PanelBody>
  );
}

function RotationForm({ item: rotation }: { item: Rotation | undefined }) {
  const t = useTranslations("settings.rotations");
  const common = useTranslations("settings.common");
  const errorText = useFieldErrorText();
  const { workspace } = useWorkspace();
  const zone = useViewerZone();
  const today = useMemo(() => localDate(zone, pageNow()), [zone]);
  const create = useCreateRotation(workspace.id);
  const change = useChangeRotation(workspace.id);
  const form = useRef<UseFormReturn<RotationFormValues, unknown, ParsedRotation>>(null);
  const resource = useResourceForm({
    item: rotation,
    schema: rotationFormSchema,
    defaults: fieldsOf(rotation, today),
    create: { mutateAsync: (values: ParsedRotation) => create.mutateAsync(draftOf(values)) },
    change: {
      mutateAsync: ({ id, change: values, base }) =>
        change.mutateAsync({
          id,
          change: changeOf(values, form.current?.getValues("effectiveFrom") ?? today),
          base,
        }),
    },
    // New weeks make a version; sending the old ones would make another.
    isUndoable: ({ weeks, members }) => weeks === undefined && members === undefined,
  });
  form.current = resource.form;
  const { control, watch, formState } = resource.form;
  const weeks = watch("weeks");
  const initial = useMemo(
    () => (rotation ? currentMembers(rotation, today).map(({ agentId }) => agentId) : []),
    [rotation, today],
  );
  return (
    <PanelForm
      {...resource}
      conflicts={{
        RotationAlreadyExists: { field: "name", message: t("nameTaken") },
        RotationOverlaps: { field: "members", message: t("overlaps") },
      }}
    >
      <FormTextField
        control={control}
        name="name"
        label={common("name")}
        help={t("nameHelp")}
        autoFocus={!rotation}
      />
      <Controller
        control={control}
        name="startDate"
        render={({ field, fieldState }) => (
          <DatePicker
            label={t("startDate")}
            help={t("startDateHelp")}
            isDisabled={rotation !== undefined}
            value={field.value || null}
            onChange={(date) => field.onChange(date ?? "")}
            error={errorText(fieldState.error)}
            className="w-48"
          />
        )}
      />
      <Controller
        control={control}
        name="weeks"
        render={({ field }) => <WeeksField value={field.value} onChange={field.onChange} />}
      />
      {rotation && formState.dirtyFields.weeks && (
        <Controller
          control={control}
          name="effectiveFrom"
          render={({ field, fieldState }) => (
            <DatePicker
              label={t("effectiveFrom")}
              help={t("effectiveFromHelp")}
              value={field.value || null}
              onChange={(date) => field.onChange(date ?? "")}
              error={errorText(fieldState.error)}
              className="w-48"
            />
          )}
        />
      )}
      <Controller
        control={control}
        name="members"
        render={({ field, fieldState }) => (
          <MembersField
            initial={initial}
            value={field.value}
            onChange={field.onChange}
            weekCount={weeks.length}
            error={errorText(fieldState.error)}
          />
        )}
      />
    </PanelForm>
  );
}

/** The shift of each day, week by week. */
function WeeksField({
  value,
  onChange,
}: {
  value: readonly RotationWeek[];
  onChange: (weeks: RotationWeek[]) => void;
}) {
  const t = useTranslations("settings.rotations");
  const locale = useLocale();
  const { workspace } = useWorkspace();
  const { data: shifts = [] } = useQuery(allShiftsQuery(workspace.id));
  function set(index: number, day: (typeof weekdays)[number], shiftId: string) {
    const { [day]: _, ...rest } = value[index] ?? {};
    const week: RotationWeek = shiftId === dayOff ? rest : { ...rest, [day]: shiftId };
    onChange(value.map((each, at) => (at === index ? week : each)));
  }
  return (
    <div className="flex flex-col gap-4">
      {value.map((week, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other name.
        <fieldset key={index} className="rounded-lg border border-line p-3">
          <legend className="px-1 font-medium text-sm">{t("week", { number: index + 1 })}</legend>
          <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
            {weekdays.map((day, at) => (
              <Select
                key={day}
                label={weekdayName(locale, at)}
                value={week[day] ?? dayOff}
                onChange={(key) => set(index, day, String(key))}
              >
                <Option id={dayOff}>{t("off")}</Option>
                {shifts.map(({ id, name }) => (
                  <Option key={id} id={id}>
                    {name}
                  </Option>
                ))}
              </Select>
            ))}
            {value.length > 1 && (
              <div className="flex items-end justify-end">
                <IconButton
                  label={t("removeWeek", { number: index + 1 })}
                  onPress={() => onChange(value.filter((_, each) => each !== index))}
                >
                  <X aria-hidden="true" className="size-4" />
                </IconButton>
              </div>
            )}
          </div>
        </fieldset>
      ))}
      {value.length < weekLimit && (
        <Button
          size="small"
          look="quiet"
          className="self-start"
          onPress={() => onChange([...value, { ...value.at(-1) }])}
        >
          <Plus aria-hidden="true" className="size-4" />
          {t("addWeek")}
        </Button>
      )}
    </div>
  );
}

/** The members, and the week in which each starts. */
function MembersField({
  initial,
  value,
  onChange,
  weekCount,
  error,
}: {
  initial: readonly string[];
  value: readonly RotationMember[];
  onChange: (members: RotationMember[]) => void;
  weekCount: number;
  error: string | undefined;
}) {
  const t = useTranslations("settings.rotations");
  const personOf = usePeople(value.map(({ agentId }) => agentId));
  return (
    <>
      <AgentPicker
        label={t("members")}
        help={t("membersHelp")}
        value={value.map(({ agentId }) => agentId)}
        initial={initial}
        error={error}
        onChange={(ids) =>
          onChange(
            ids.map((agentId) => value.find((each) => each.agentId === agentId) ?? { agentId, offset: 0 }),
          )
        }
      />
      {weekCount > 1 && value.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="pb-1.5 font-medium text-sm">{t("offsets")}</legend>
          {value.map((member) => (
            <div key={member.agentId} className="flex items-center justify-between gap-3">
              <span className="min-w-0 truncate">{personOf(member.agentId)?.name}</span>
              <NumberField
                label={t("offsetOf", { name: personOf(member.agentId)?.name ?? "" })}
                hideLabel
                className="w-28 shrink-0"
                minValue={1}
                maxValue={weekCount}
                value={(member.offset ?? 0) + 1}
                onChange={(week) =>
                  week !== null &&
                  onChange(
                    value.map((each) =>
                      each.agentId === member.agentId ? { ...each, offset: week - 1 } : each,
                    ),
                  )
                }
              />
            </div>
          ))}
        </fieldset>
      )}
    </>
  );
}

function DeleteRotation({ item: rotation }: { item: Rotation }) {
  const t = useTranslations("settings.rotations");
  const { workspace } = useWorkspace();
  return (
    <SimpleDelete item={rotation} action={t("delete")} remove={useDeleteRotation(workspace.id)}>
      <p>{t("usage", { agents: rotation.agentCount })}</p>
    </SimpleDelete>
  );
}

export const RotationsPage = resourcePage({
  name: "rotations",
  write: "calendar.write",
  useTable: useRotationTable,
  Form: RotationForm,
  Details: RotationDetails,
  Delete: DeleteRotation,
});
