"use client";

import { type FormEvent, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Option, Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { isLeapDay, isListed, maxHolidayName } from "@/lib/hours/public-holidays/editing";
import type { Holiday } from "@/lib/hours/schedule/contract";
import { isTooLong } from "@/lib/platform/text/length";
import { longestMonth } from "@/lib/platform/time/calendar";
import { formatMonthDay, isMonthFirst, monthName } from "@/lib/platform/time/format";

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/** Edits a holiday's name and, unless the date is fixed, its date. */
export function HolidayForm({
  initial,
  holidays,
  index,
  isDateFixed = false,
  action,
  autoFocus = true,
  onSubmit,
}: {
  initial: Holiday;
  /** All holidays, to reject duplicates. */
  holidays: readonly Holiday[];
  /** Index of the edited holiday in the list. */
  index?: number;
  isDateFixed?: boolean;
  /** Label of the submit button. */
  action: string;
  autoFocus?: boolean;
  onSubmit: (holiday: Holiday) => void;
}) {
  const t = useTranslations("holidays");
  const problem = useTranslations("errors");
  const locale = useLocale();
  const [holiday, setHoliday] = useState(initial);
  const [error, setError] = useState<string>();

  function change(next: Partial<Holiday>) {
    const month = next.month ?? holiday.month;
    const day = Math.min(next.day ?? holiday.day, longestMonth(month));
    setHoliday({ ...holiday, ...next, month, day });
    setError(undefined);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    // A popover's submit event bubbles through React's tree to the page's form.
    event.stopPropagation();
    const named = { ...holiday, name: holiday.name.trim() };
    if (named.name === "") setError(problem("required"));
    else if (isTooLong(named.name, maxHolidayName)) setError(problem("tooLong", { max: maxHolidayName }));
    else if (isListed(holidays, named, index)) setError(problem("twice"));
    else onSubmit(named);
  }

  const day = (
    <Select
      key="day"
      label={t("day")}
      value={String(holiday.day)}
      onChange={(key) => change({ day: Number(key) })}
      className="w-20 shrink-0"
    >
      {Array.from({ length: longestMonth(holiday.month) }, (_, before) => before + 1).map((each) => (
        <Option key={each} id={String(each)} textValue={String(each)}>
          <span className="tabular-nums">{new Intl.NumberFormat(locale).format(each)}</span>
        </Option>
      ))}
    </Select>
  );
  const month = (
    <Select
      key="month"
      label={t("month")}
      value={String(holiday.month)}
      onChange={(key) => change({ month: Number(key) })}
      className="min-w-0 flex-1"
    >
      {months.map((each) => (
        <Option key={each} id={String(each)}>
          {monthName(locale, each)}
        </Option>
      ))}
    </Select>
  );

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <TextField
        label={t("name")}
        value={holiday.name}
        onChange={(name) => change({ name })}
        error={error}
        autoFocus={autoFocus}
        autoComplete="off"
      />
      {!isDateFixed && <div className="flex gap-3">{isMonthFirst(locale) ? [month, day] : [day, month]}</div>}
      {isLeapDay(holiday) && (
        <p className="text-muted text-sm">{t("leapDayHelp", { date: formatMonthDay(locale, holiday) })}</p>
      )}
      <Button type="submit" look="primary">
        {action}
      </Button>
    </form>
  );
}
