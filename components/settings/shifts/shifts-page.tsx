"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller } from "react-hook-form";
import { useLocale, useTranslations } from "use-intl";
import type { z } from "zod";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { RowsField } from "@/components/settings/kit/rows-field";
import { SimpleDelete } from "@/components/settings/kit/simple-delete";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useList } from "@/components/shell/use-list";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Option, Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TimeField } from "@/components/ui/time-field";
import { maxIntervals, nextInterval, usualHours } from "@/lib/hours/schedule/editing";
import {
  allShiftsQuery,
  useChangeShift,
  useCreateShift,
  useDeleteShift,
} from "@/lib/hours/shifts/client/collections";
import { type Shift, shiftDraftSchema } from "@/lib/hours/shifts/contract";
import { shiftColours } from "@/lib/hours/shifts/values";
import { formatWallTime } from "@/lib/platform/time/format";
import { shiftColor } from "./shift-colors";

const { name, colour, intervals, worksOnHolidays } = shiftDraftSchema.shape;
const formSchema = shiftDraftSchema.extend({
  name,
  colour: colour.unwrap(),
  intervals,
  worksOnHolidays: worksOnHolidays.unwrap(),
});
type Interval = z.input<typeof formSchema>["intervals"][number];

/** A dot in the color of a shift. */
function ColorDot({ colour }: Pick<Shift, "colour">) {
  return (
    <span
      aria-hidden="true"
      className="inline-block size-3 rounded-full"
      style={{ backgroundColor: shiftColor[colour] }}
    />
  );
}

/** Returns a function that lists the times of a shift: "09:00–12:00 and 13:00–17:00". */
function useTimes(): (shift: Pick<Shift, "intervals">) => string {
  const locale = useLocale();
  const list = useList();
  return ({ intervals: spans }) =>
    list(spans.map(({ from, to }) => `${formatWallTime(locale, from)}–${formatWallTime(locale, to)}`));
}

function useShiftTable(): ResourceTable<Shift> {
  const t = useTranslations("settings.shifts");
  const { workspace } = useWorkspace();
  const times = useTimes();
  return {
    items: useQuery(allShiftsQuery(workspace.id)),
    mark: (shift) => <ColorDot colour={shift.colour} />,
    columns: [
      { key: "times", title: t("times"), cell: times },
      {
        key: "holidays",
        title: t("holidays"),
        from: "lg",
        cell: (shift) => t(shift.worksOnHolidays ? "works" : "off"),
      },
      { key: "agents", title: t("agents"), align: "end", from: "md", cell: (shift) => shift.agentCount },
    ],
    searched: (shift) => shift.name,
    summary: times,
  };
}

function ShiftDetails({ item: shift }: { item: Shift }) {
  const t = useTranslations("settings.shifts");
  const times = useTimes();
  return (
    <PanelBody>
      <Details>
        <Detail label={t("times")}>{times(shift)}</Detail>
        <Detail label={t("holidays")}>{t(shift.worksOnHolidays ? "works" : "off")}</Detail>
        <Detail label={t("agents")}>{shift.agentCount}</Detail>
      </Details>
    </PanelBody>
  );
}

function ShiftForm({ item: shift }: { item: Shift | undefined }) {
  const t = useTranslations("settings.shifts");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const resource = useResourceForm({
    item: shift,
    schema: formSchema,
    defaults: {
      name: shift?.name ?? "",
      colour: shift?.colour ?? "blue",
      intervals: shift?.intervals ?? [usualHours],
      worksOnHolidays: shift?.worksOnHolidays ?? false,
    },
    create: useCreateShift(workspace.id),
    change: useChangeShift(workspace.id),
  });
  const { control, formState } = resource.form;
  return (
    <PanelForm {...resource} conflicts={{ ShiftAlreadyExists: { field: "name", message: t("nameTaken") } }}>
      <FormTextField
        control={control}
        name="name"
        label={common("name")}
        help={t("nameHelp")}
        autoFocus={!shift}
      />
      <Controller
        control={control}
        name="colour"
        render={({ field }) => (
          <Select label={t("color")} value={field.value} onChange={(key) => field.onChange(key)}>
            {shiftColours.map((each) => (
              <Option key={each} id={each} icon={<ColorDot colour={each} />}>
                {t(`colors.${each}`)}
              </Option>
            ))}
          </Select>
        )}
      />
      <Controller
        control={control}
        name="intervals"
        render={({ field }) => (
          <IntervalsField
            value={field.value}
            onChange={field.onChange}
            error={formState.errors.intervals ? t("intervalsWrong") : undefined}
          />
        )}
      />
      <Controller
        control={control}
        name="worksOnHolidays"
        render={({ field }) => (
          <Switch isSelected={field.value} onChange={field.onChange}>
            {t("worksOnHolidays")}
          </Switch>
        )}
      />
      {shift && shift.agentCount > 0 && (
        <p className="text-muted text-sm">{t("changesPast", { count: shift.agentCount })}</p>
      )}
    </PanelForm>
  );
}

function IntervalsField({
  value,
  onChange,
  error,
}: {
  value: readonly Interval[];
  onChange: (value: Interval[]) => void;
  error: string | undefined;
}) {
  const t = useTranslations("settings.shifts");
  return (
    <RowsField
      label={t("times")}
      value={value}
      onChange={onChange}
      error={error}
      addLabel={t("addInterval")}
      onAdd={value.length < maxIntervals ? () => onChange([...value, nextInterval(value)]) : undefined}
      removeLabel={value.length > 1 ? (number) => t("removeInterval", { number }) : undefined}
    >
      {(interval, change, number) => (
        <>
          <TimeField
            label={t("fromOf", { number })}
            hideLabel
            value={interval.from}
            onChange={(from) => from && change({ from })}
            className="w-32 max-sm:min-w-0 max-sm:flex-1"
          />
          <span aria-hidden="true" className="py-1.5 text-muted max-sm:py-2.5">
            –
          </span>
          <TimeField
            label={t("toOf", { number })}
            hideLabel
            value={interval.to}
            onChange={(to) => to && change({ to })}
            className="w-32 max-sm:min-w-0 max-sm:flex-1"
          />
        </>
      )}
    </RowsField>
  );
}

function DeleteShift({ item: shift }: { item: Shift }) {
  const t = useTranslations("settings.shifts");
  const { workspace } = useWorkspace();
  return (
    <SimpleDelete item={shift} action={t("delete")} remove={useDeleteShift(workspace.id)}>
      <p>{t("usage")}</p>
    </SimpleDelete>
  );
}

export const ShiftsPage = resourcePage({
  name: "shifts",
  write: "calendar.write",
  useTable: useShiftTable,
  Form: ShiftForm,
  Details: ShiftDetails,
  Delete: DeleteShift,
});
