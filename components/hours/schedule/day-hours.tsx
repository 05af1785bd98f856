"use client";

import { Plus } from "lucide-react";
import type { ComponentProps } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { maxIntervals, nextInterval } from "@/lib/hours/schedule/editing";
import { IntervalFields } from "./interval-fields";

/** Edits the intervals of a day, with a button that adds one. */
export function DayHoursFields({
  name,
  intervals,
  onChange,
}: Pick<ComponentProps<typeof IntervalFields>, "name" | "intervals" | "onChange">) {
  const t = useTranslations("schedule.change");
  return (
    <div className="flex flex-col items-start gap-2">
      <IntervalFields name={name} intervals={intervals} onChange={onChange} />
      <Button
        size="small"
        isDisabled={intervals.length >= maxIntervals}
        onPress={() => onChange([...intervals, nextInterval(intervals)])}
      >
        <Plus aria-hidden="true" className="size-4" />
        {t("add")}
      </Button>
    </div>
  );
}
