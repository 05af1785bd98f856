"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller } from "react-hook-form";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { PlaceFields, wholeCountry } from "@/components/hours/holidays/place-fields";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { RowsField } from "@/components/settings/kit/rows-field";
import { SimpleDelete } from "@/components/settings/kit/simple-delete";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { PartFailed } from "@/components/shell/part-failed";
import { useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { DatePicker } from "@/components/ui/date-picker";
import { Segment, Segmented } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import {
  allHolidayCalendarsQuery,
  useChangeHolidayCalendar,
  useCreateHolidayCalendar,
  useDeleteHolidayCalendar,
} from "@/lib/hours/holiday-calendars/client/queries";
import { type HolidayCalendar, holidayCalendarDraftSchema } from "@/lib/hours/holiday-calendars/contract";
import { holidayCountriesQuery } from "@/lib/hours/public-holidays/client/queries";
import { pageNow } from "@/lib/platform/client/page-clock";
import { epochDay } from "@/lib/platform/time/calendar";
import { formatDay } from "@/lib/platform/time/format";
import { localDate } from "@/lib/platform/time/wall-clock";

const { name, source, days } = holidayCalendarDraftSchema.shape;
/** `source: null` means days of its own. */
const formSchema = z.object({ name, source: source.unwrap().nullable(), days: days.unwrap() });
type Values = z.input<typeof formSchema>;
type Parsed = z.output<typeof formSchema>;

/** Returns what a request has of a form: a source, or days. */
function bodyOf<Part extends Partial<Parsed>>({ source: from, days: own, ...rest }: Part) {
  return { ...rest, ...(from ? { source: from } : own ? { days: own } : {}) };
}

function useSourceText(): (calendar: HolidayCalendar) => string {
  const t = useTranslations("settings.holidayCalendars");
  const countries = useQuery(holidayCountriesQuery(useLocale()));
  return (calendar) => {
    if (!calendar.source) return t("own");
    const { country, region } = calendar.source;
    const found = countries.data?.find(({ code }) => code === country);
    const place = found?.regions.find(({ code }) => code === region)?.name;
    return place ? t("place", { country: found?.name ?? country, region: place }) : (found?.name ?? country);
  };
}

function useCalendarTable(): ResourceTable<HolidayCalendar> {
  const t = useTranslations("settings.holidayCalendars");
  const { workspace } = useWorkspace();
  const sourceText = useSourceText();
  return {
    items: useQuery(allHolidayCalendarsQuery(workspace.id)),
    columns: [
      { key: "source", title: t("source"), cell: sourceText },
      { key: "days", title: t("days"), align: "end", from: "md", cell: (calendar) => calendar.days.length },
      { key: "agents", title: t("agents"), align: "end", cell: (calendar) => calendar.agentCount },
    ],
    searched: (calendar) => calendar.name,
    summary: sourceText,
  };
}

function Days({ calendar }: { calendar: HolidayCalendar }) {
  const locale = useLocale();
  const today = localDate(useViewerZone(), pageNow());
  return (
    <ul className="max-h-64 overflow-y-auto">
      {calendar.days
        .filter(({ date }) => date >= today)
        .map(({ date, name: day }) => (
          <li key={date} className="flex justify-between gap-3 py-0.5">
            <span className="min-w-0 truncate" dir="auto">
              {day}
            </span>
            <span className="shrink-0 text-muted tabular-nums">
              {formatDay(locale, epochDay(date), { day: "numeric", month: "short", year: "numeric" })}
            </span>
          </li>
        ))}
    </ul>
  );
}

function CalendarDetails({ item: calendar }: { item: HolidayCalendar }) {
  const t = useTranslations("settings.holidayCalendars");
  const sourceText = useSourceText();
  return (
    <PanelBody>
      <Details>
        <Detail label={t("source")}>{sourceText(calendar)}</Detail>
        <Detail label={t("agents")}>{calendar.agentCount}</Detail>
        <Detail label={t("days")}>
          <Days calendar={calendar} />
        </Detail>
      </Details>
    </PanelBody>
  );
}

function CalendarForm({ item: calendar }: { item: HolidayCalendar | undefined }) {
  const t = useTranslations("settings.holidayCalendars");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const create = useCreateHolidayCalendar(workspace.id);
  const change = useChangeHolidayCalendar(workspace.id);
  const defaults: Values = {
    name: calendar?.name ?? "",
    source: calendar ? (calendar.source ?? null) : { country: "" },
    days: calendar && !calendar.source ? calendar.days : [],
  };
  const resource = useResourceForm({
    item: calendar,
    schema: formSchema,
    defaults,
    create: { mutateAsync: (values: Parsed) => create.mutateAsync(bodyOf(values)) },
    change: {
      mutateAsync: ({ id, change: values, base }) =>
        change.mutateAsync({
          id,
          change: values.source === null ? { ...values } : bodyOf(values),
          base,
        }),
    },
    isUndoable: (values) => values.source === undefined && values.days === undefined,
  });
  const { control, formState, watch } = resource.form;
  const isPublic = watch("source") !== null;
  return (
    <PanelForm
      {...resource}
      conflicts={{ HolidayCalendarAlreadyExists: { field: "name", message: t("nameTaken") } }}
    >
      <FormTextField
        control={control}
        name="name"
        label={common("name")}
        help={t("nameHelp")}
        autoFocus={!calendar}
      />
      <Controller
        control={control}
        name="source"
        render={({ field }) => (
          <>
            <Segmented
              label={t("source")}
              value={isPublic ? "public" : "own"}
              onChange={(value) => field.onChange(value === "public" ? { country: "" } : null)}
            >
              <Segment value="public">{t("public")}</Segment>
              <Segment value="own">{t("own")}</Segment>
            </Segmented>
            {field.value && (
              <SourceFields
                value={field.value}
                onChange={field.onChange}
                error={formState.errors.source?.country ? t("countryNeeded") : undefined}
                regionError={formState.errors.source?.region ? t("regionNeeded") : undefined}
              />
            )}
          </>
        )}
      />
      {isPublic ? (
        calendar?.source && <Days calendar={calendar} />
      ) : (
        <Controller
          control={control}
          name="days"
          render={({ field }) => (
            <DaysField
              value={field.value}
              onChange={field.onChange}
              error={formState.errors.days ? t("daysWrong") : undefined}
            />
          )}
        />
      )}
    </PanelForm>
  );
}

function SourceFields({
  value: { country, region = wholeCountry },
  onChange,
  error,
  regionError,
}: {
  value: NonNullable<Values["source"]>;
  onChange: (source: NonNullable<Values["source"]>) => void;
  error: string | undefined;
  regionError: string | undefined;
}) {
  const countries = useQuery(holidayCountriesQuery(useLocale()));
  if (countries.error && !countries.data)
    return <PartFailed error={countries.error} onRetry={() => void countries.refetch()} />;
  return (
    <PlaceFields
      countries={countries}
      value={{ country: country || null, region: region || null }}
      onChange={(place) =>
        onChange({
          country: place.country ?? "",
          // Empty until one is chosen, which the schema refuses.
          ...(place.region === wholeCountry ? {} : { region: place.region ?? "" }),
        })
      }
      error={error}
      regionError={regionError}
    />
  );
}

function DaysField({
  value,
  onChange,
  error,
}: {
  value: Values["days"];
  onChange: (days: Values["days"]) => void;
  error: string | undefined;
}) {
  const t = useTranslations("settings.holidayCalendars");
  return (
    <RowsField
      label={t("days")}
      value={value}
      onChange={onChange}
      error={error}
      addLabel={t("addDay")}
      onAdd={() => onChange([...value, { date: "", name: "" }])}
      removeLabel={(number) => t("removeDay", { number })}
    >
      {({ date, name: day }, change, number) => (
        <>
          <DatePicker
            label={t("dateOf", { number })}
            hideLabel
            value={date || null}
            onChange={(next) => change({ date: next ?? "" })}
            className="w-40 shrink-0"
          />
          <TextField
            label={t("nameOf", { number })}
            hideLabel
            value={day}
            onChange={(next) => change({ name: next })}
            className="flex-1"
          />
        </>
      )}
    </RowsField>
  );
}

function DeleteCalendar({ item: calendar }: { item: HolidayCalendar }) {
  const t = useTranslations("settings.holidayCalendars");
  const { workspace } = useWorkspace();
  return (
    <SimpleDelete item={calendar} action={t("delete")} remove={useDeleteHolidayCalendar(workspace.id)}>
      <p>{t("usage", { agents: calendar.agentCount })}</p>
    </SimpleDelete>
  );
}

export const HolidayCalendarsPage = resourcePage({
  name: "holidayCalendars",
  write: "calendar.write",
  useTable: useCalendarTable,
  Form: CalendarForm,
  Details: CalendarDetails,
  Delete: DeleteCalendar,
});
