"use client";

import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { StatusLabel, statusMarks } from "@/components/availability/status-menu";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useWorkspace } from "@/components/shell/workspace-context";
import { NumberField } from "@/components/ui/number-field";
import { Option, Select } from "@/components/ui/select";
import { StatusMark } from "@/components/ui/status-mark";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import { useChangePreset, useCreatePreset } from "@/lib/availability/presets/client/queries";
import type { Preset } from "@/lib/availability/presets/contract";
import { draftOf, fieldsOf, type ParsedPresetForm, presetFormSchema } from "./preset-form";

export function PresetDetails({ item: preset }: { item: Preset }) {
  const t = useTranslations("settings.presets");
  const words = useTranslations("availability");
  const duration = useDurationText();
  return (
    <PanelBody>
      <Details>
        {preset.icon && <Detail label={t("icon")}>{preset.icon}</Detail>}
        <Detail label={t("status")}>
          <StatusLabel status={preset.status} />
        </Detail>
        <Detail label={t("activity")}>{words(`activity.${preset.activity}`)}</Detail>
        <Detail label={t("duration")}>
          {preset.activityTtl === undefined ? t("noEnd") : duration(preset.activityTtl)}
        </Detail>
        {preset.activityText && <Detail label={t("text")}>{preset.activityText}</Detail>}
      </Details>
    </PanelBody>
  );
}

export function PresetForm({ item: preset }: { item: Preset | undefined }) {
  const t = useTranslations("settings.presets");
  const common = useTranslations("settings.common");
  const words = useTranslations("availability");
  const problems = useTranslations("errors");
  const { workspace } = useWorkspace();
  const errorText = useFieldErrorText();
  const create = useCreatePreset(workspace.id);
  const resource = useResourceForm({
    item: preset,
    schema: presetFormSchema,
    defaults: fieldsOf(preset),
    create: { mutateAsync: (values: ParsedPresetForm) => create.mutateAsync(draftOf(values)) },
    change: useChangePreset(workspace.id),
  });
  const { control, watch, setValue } = resource.form;
  const hasEnd = watch("activity") !== "available";

  return (
    <PanelForm
      {...resource}
      conflicts={{ StatusAlreadyExists: { field: "name", message: t("nameTaken") } }}
      complaints={{ icon: t("iconWrong"), activityTtl: t("availableHasNoEnd") }}
    >
      <FormTextField
        control={control}
        name="name"
        label={common("name")}
        help={t("nameHelp")}
        autoFocus={!preset}
      />
      <FormTextField
        control={control}
        name="icon"
        label={t("icon")}
        help={t("iconHelp")}
        complaint={t("iconWrong")}
        placeholder="☕"
        className="[&_input]:w-28"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Controller
          control={control}
          name="status"
          render={({ field }) => (
            <Select label={t("status")} value={field.value} onChange={(key) => field.onChange(key)}>
              {agentStatuses.map((status) => (
                <Option
                  key={status}
                  id={status}
                  textValue={words(`status.${status}`)}
                  icon={<StatusMark mark={statusMarks[status]} />}
                >
                  {words(`status.${status}`)}
                </Option>
              ))}
            </Select>
          )}
        />
        <Controller
          control={control}
          name="activity"
          render={({ field }) => (
            <Select
              label={t("activity")}
              value={field.value}
              onChange={(key) => {
                field.onChange(key);
                if (key === "available") setValue("activityTtl", null, { shouldDirty: true });
              }}
            >
              {activities.map((activity) => (
                <Option key={activity} id={activity}>
                  {words(`activity.${activity}`)}
                </Option>
              ))}
            </Select>
          )}
        />
      </div>
      {hasEnd && (
        <Controller
          control={control}
          name="activityTtl"
          render={({ field, fieldState }) => (
            <NumberField
              label={t("duration")}
              help={t("durationHelp")}
              unit={t("minutes")}
              placeholder={t("noEnd")}
              minValue={0}
              maxValue={1440}
              value={field.value === null ? null : field.value / 60}
              onChange={(minutes) => field.onChange(minutes === null ? null : Math.round(minutes * 60))}
              onBlur={field.onBlur}
              error={
                field.value !== null && (field.value < 1 || field.value > 86_400)
                  ? problems("outOfRange", { min: 1, max: 1440 })
                  : errorText(fieldState.error)
              }
            />
          )}
        />
      )}
      <FormTextField control={control} name="activityText" label={t("text")} help={t("textHelp")} />
    </PanelForm>
  );
}
