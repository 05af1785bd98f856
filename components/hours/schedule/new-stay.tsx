"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ZonePicker } from "@/components/agents/profile/zone-picker";
import { Button } from "@/components/ui/button";
import { DatePicker } from "@/components/ui/date-picker";
import type { Travel } from "@/lib/hours/weeks/contract";
import { isAcceptedDate, isoDate } from "@/lib/platform/time/calendar";

type Stay = Travel["travel"][number];

/** Chooses a time zone and the dates on which it applies. */
export function NewStay({
  today,
  stays,
  onAdd,
}: {
  today: number;
  stays: readonly Stay[];
  onAdd: (stay: Stay) => void;
}) {
  const t = useTranslations("schedule.travel");
  const errors = useTranslations("errors");
  const [timezone, setTimezone] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(isoDate(today));
  const [to, setTo] = useState<string | null>(isoDate(today + 6));
  const [isTried, setTried] = useState(false);
  const overlapping = stays.some(
    (stay) => from !== null && to !== null && stay.from <= to && from <= stay.to,
  );
  const problems = {
    timezone: timezone === null ? errors("notTimezone") : undefined,
    from: !isAcceptedDate(from) ? errors("notDate") : overlapping ? t("overlaps") : undefined,
    to: !isAcceptedDate(to) ? errors("notDate") : from !== null && to < from ? t("endsBefore") : undefined,
  };
  const shown = isTried ? problems : { timezone: undefined, from: undefined, to: undefined };
  return (
    <form
      className="flex w-80 max-w-full flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        // A popover's submit event bubbles through React's tree to the page's form.
        event.stopPropagation();
        if (timezone === null || from === null || to === null || Object.values(problems).some(Boolean))
          setTried(true);
        else onAdd({ timezone, from, to });
      }}
    >
      <ZonePicker label={t("zone")} value={timezone} onChange={setTimezone} error={shown.timezone} />
      <DatePicker label={t("from")} value={from} onChange={setFrom} error={shown.from} />
      <DatePicker label={t("to")} value={to} onChange={setTo} error={shown.to} />
      <Button type="submit" look="primary" className="self-end">
        {t("addNow")}
      </Button>
    </form>
  );
}
