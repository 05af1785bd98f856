"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { usePageKeys } from "@/components/ui/page-keys";
import { Segment, Segmented } from "@/components/ui/segmented";
import { formatDays } from "@/lib/platform/time/format";
import { type Length, lengths, type Period, stepped } from "./period";

/** Buttons for the previous and next week or day. */
export function PeriodBar({
  period,
  length,
  today,
  onDay,
  onLength,
  fixedLength = false,
}: {
  period: Period;
  length: Length;
  today: number;
  onDay: (day: number) => void;
  onLength: (length: Length) => void;
  /** Hides the choice between week and day, as on a phone. */
  fixedLength?: boolean;
}) {
  const t = useTranslations("calendar.planner.period");
  const locale = useLocale();
  const back = () => onDay(stepped(period, length, -1));
  const next = () => onDay(stepped(period, length, 1));
  usePageKeys({ "[": back, "]": next });
  const style = length === "day" && period.first === period.last ? "full" : "medium";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="flex items-center gap-1">
        <IconButton label={t(`back.${length}`)} keys="[" onPress={back}>
          <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </IconButton>
        <IconButton label={t(`next.${length}`)} keys="]" onPress={next}>
          <ChevronRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </IconButton>
        <Button onPress={() => onDay(today)} isDisabled={period.first <= today && today <= period.last}>
          {t("today")}
        </Button>
      </div>
      <p aria-live="polite" className="min-w-0 font-medium tabular-nums">
        {formatDays(locale, period.first, period.last, { dateStyle: style })}
      </p>
      {!fixedLength && (
        <Segmented
          label={t("length")}
          hideLabel
          value={length}
          onChange={(value) => {
            const chosen = lengths.find((each) => each === value);
            if (chosen) onLength(chosen);
          }}
        >
          {lengths.map((each) => (
            <Segment key={each} value={each}>
              {t(each)}
            </Segment>
          ))}
        </Segmented>
      )}
    </div>
  );
}
