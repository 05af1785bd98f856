"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { Controller } from "react-hook-form";
import { useLocale, useTranslations } from "use-intl";
import { useFacets } from "@/components/agents/list/use-facets";
import { ConfirmAction } from "@/components/settings/kit/confirm-action";
import { FormNumber } from "@/components/settings/kit/form-number";
import { useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { useNotes } from "@/components/settings/kit/notes";
import { usePage } from "@/components/settings/kit/page-context";
import { Panel } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { PanelOf } from "@/components/settings/kit/panel-target";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DatePicker } from "@/components/ui/date-picker";
import { NumberField } from "@/components/ui/number-field";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Option, Select } from "@/components/ui/select";
import { TimeField } from "@/components/ui/time-field";
import { useChangeNeed, useCreateNeed, useDeleteNeed } from "@/lib/agents/coverage/client/needs";
import type { CoverageNeed, CoverageNeedChange } from "@/lib/agents/coverage/needs-contract";
import { channels } from "@/lib/availability/effective/channels";
import { pageNow } from "@/lib/platform/client/page-clock";
import { DAY_MS, isoDate, weekdays } from "@/lib/platform/time/calendar";
import { weekdayName } from "@/lib/platform/time/format";
import { draftOf, fieldsOf, needFormSchema, type ParsedNeedForm } from "./need-form";
import { useNeedWords } from "./use-need-words";

/** The panel that creates or edits a need. */
export function NeedPanel({ needs }: { needs: UseQueryResult<CoverageNeed[]> }) {
  const t = useTranslations("calendar.coverage.needs");
  const ui = useTranslations("ui");
  const words = useNeedWords();
  const { show } = usePage();
  return (
    <PanelOf items={needs} canCreate>
      {(need) =>
        need ? (
          <Panel
            title={words.whole(need)}
            buttons={{
              submitLabel: ui("save"),
              remove: (
                <Button look="quiet" onPress={() => show(<DeleteNeed need={need} />)}>
                  <Trash2 aria-hidden="true" className="size-4" />
                  {t("delete")}
                </Button>
              ),
            }}
          >
            <NeedForm need={need} />
          </Panel>
        ) : (
          <Panel title={t("new")} buttons={{ submitLabel: t("create") }}>
            <NeedForm need={undefined} />
          </Panel>
        )
      }
    </PanelOf>
  );
}

function DeleteNeed({ need }: { need: CoverageNeed }) {
  const t = useTranslations("calendar.coverage.needs");
  const notes = useNotes();
  const words = useNeedWords();
  const { workspace } = useWorkspace();
  const { panel } = usePage();
  const remove = useDeleteNeed(workspace.id);
  const name = words.whole(need);
  return (
    <ConfirmAction
      title={t("deleteTitle")}
      action={t("delete")}
      onConfirm={async () => {
        await remove.mutateAsync(need.id);
        panel.leave();
        notes.deleted(name);
      }}
    >
      <p>{name}</p>
    </ConfirmAction>
  );
}

function NeedForm({ need }: { need: CoverageNeed | undefined }) {
  const t = useTranslations("calendar.coverage.needs");
  const coverage = useTranslations("calendar.coverage");
  const channelWords = useTranslations("availability.channels");
  const locale = useLocale();
  const errorText = useFieldErrorText();
  const { teams, skills } = useFacets();
  const { workspace } = useWorkspace();
  const { whole } = useNeedWords();
  const create = useCreateNeed(workspace.id);
  const change = useChangeNeed(workspace.id);
  const resource = useResourceForm({
    item: need,
    schema: needFormSchema,
    defaults: fieldsOf(need),
    create: { mutateAsync: (values: ParsedNeedForm) => create.mutateAsync(draftOf(values)) },
    change: {
      mutateAsync: ({ id, change: values, base }) =>
        // An empty text has become `null`.
        change.mutateAsync({ id, change: values as CoverageNeedChange, base }),
    },
    nameOf: whole,
  });
  const { control } = resource.form;
  return (
    <PanelForm {...resource}>
      <div className="grid gap-4 sm:grid-cols-2">
        {(
          [
            ["teamId", t("team"), coverage("everyone"), teams],
            ["skillId", t("skill"), t("noSkill"), skills],
          ] as const
        ).map(([name, label, none, items]) => (
          <Controller
            key={name}
            control={control}
            name={name}
            render={({ field, fieldState }) => (
              <Select
                label={label}
                value={field.value || "none"}
                onChange={(key) => field.onChange(key === "none" ? "" : key)}
                error={errorText(fieldState.error)}
              >
                <Option id="none">{none}</Option>
                {items.map((item) => (
                  <Option key={item.id} id={item.id}>
                    {item.name}
                  </Option>
                ))}
              </Select>
            )}
          />
        ))}
      </div>
      <Controller
        control={control}
        name="channel"
        render={({ field }) => (
          <Select
            label={t("channel")}
            value={field.value || "none"}
            onChange={(key) => field.onChange(key === "none" ? "" : key)}
          >
            <Option id="none">{t("allChannels")}</Option>
            {channels.map((channel) => (
              <Option key={channel} id={channel}>
                {channelWords(channel)}
              </Option>
            ))}
          </Select>
        )}
      />
      <Controller
        control={control}
        name="days"
        render={({ field: { value, onChange }, fieldState }) => (
          <fieldset className="flex flex-col gap-3">
            <legend className="sr-only">{t("days")}</legend>
            <Segmented
              label={t("days")}
              value={typeof value === "string" ? "date" : "weekdays"}
              onChange={(kind) =>
                onChange(kind === "date" ? isoDate(Math.floor(pageNow() / DAY_MS)) : weekdays.slice(0, 5))
              }
            >
              <Segment value="weekdays">{t("weekdays")}</Segment>
              <Segment value="date">{t("date")}</Segment>
            </Segmented>
            {typeof value === "string" ? (
              <DatePicker
                label={t("date")}
                hideLabel
                value={value || null}
                onChange={(date) => onChange(date ?? "")}
                error={errorText(fieldState.error)}
              />
            ) : (
              <div className="flex flex-wrap gap-x-5 gap-y-2">
                {weekdays.map((day, index) => (
                  <Checkbox
                    key={day}
                    isSelected={value.includes(day)}
                    onChange={(isChosen) =>
                      onChange(weekdays.filter((each) => (each === day ? isChosen : value.includes(each))))
                    }
                  >
                    {weekdayName(locale, index)}
                  </Checkbox>
                ))}
                {fieldState.error && (
                  <p role="alert" className="w-full text-danger text-sm">
                    {errorText(fieldState.error)}
                  </p>
                )}
              </div>
            )}
          </fieldset>
        )}
      />
      <div className="grid grid-cols-2 gap-4">
        {(["from", "to"] as const).map((name) => (
          <Controller
            key={name}
            control={control}
            name={name}
            render={({ field, fieldState }) => (
              <TimeField
                label={t(name)}
                value={field.value ?? null}
                onChange={field.onChange}
                error={errorText(fieldState.error)}
              />
            )}
          />
        ))}
      </div>
      <FormNumber control={control} name="minimum">
        {(field) => (
          <NumberField
            {...field}
            label={t("minimum")}
            help={t("minimumHelp")}
            minValue={1}
            maxValue={10_000}
          />
        )}
      </FormNumber>
    </PanelForm>
  );
}
