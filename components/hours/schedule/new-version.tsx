"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { DatePicker } from "@/components/ui/date-picker";
import { isAcceptedDate, isoDate } from "@/lib/platform/time/calendar";

/** Chooses the date from which a new version of the weekly hours applies. */
export function NewVersion({
  today,
  taken,
  onAdd,
}: {
  today: number;
  taken: readonly string[];
  onAdd: (date: string) => void;
}) {
  const t = useTranslations("schedule.versions");
  const errors = useTranslations("errors");
  const [date, setDate] = useState<string | null>(isoDate(today + 1));
  const [isTried, setTried] = useState(false);
  const problem = !isAcceptedDate(date)
    ? errors("notDate")
    : taken.includes(date)
      ? errors("twice")
      : undefined;
  return (
    <form
      className="flex w-72 flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        // A popover's submit event bubbles through React's tree to the page's form.
        event.stopPropagation();
        if (date !== null && !problem) onAdd(date);
        else setTried(true);
      }}
    >
      <DatePicker
        label={t("date")}
        help={t("dateHelp")}
        value={date}
        onChange={setDate}
        autoFocus
        error={isTried ? problem : undefined}
      />
      <Button type="submit" look="primary" className="self-end">
        {t("addNow")}
      </Button>
    </form>
  );
}
