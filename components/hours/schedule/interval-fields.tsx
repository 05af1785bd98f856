"use client";

import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/components/ui/icon-button";
import { TimeField } from "@/components/ui/time-field";
import {
  clashes,
  type DayHours,
  type DayIntervals,
  endsNextDay,
  inOrder,
  isWholeDay,
} from "@/lib/hours/schedule/editing";
import { useHoursText } from "./hours-text";

/** Edits the intervals of a day. Marks those that overlap an earlier one. */
export function IntervalFields({
  name,
  intervals,
  viewerHours,
  overNext,
  onChange,
}: {
  /** The day, as in "Monday". */
  name: string;
  intervals: DayIntervals;
  /** Each interval in the reader's time zone, if it differs. */
  viewerHours?: readonly string[] | undefined;
  /** Error text if the last interval ends too late. */
  overNext?: string | undefined;
  onChange: (intervals: DayHours[]) => void;
}) {
  const t = useTranslations("schedule");
  const text = useHoursText();
  const overlapped = clashes(intervals);
  const last = inOrder(intervals).at(-1);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {intervals.map((hours, index) => {
        const part = { day: name, part: index + 1 };
        const change = (next: DayHours) =>
          onChange(intervals.map((each, at) => (at === index ? next : each)));
        const clash = overlapped[index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: times are not unique, and rows keep their order
          <div key={index} className="flex flex-col gap-x-4 gap-y-1 @xl:flex-row @xl:flex-wrap">
            <div className="flex items-start gap-2">
              <TimeField
                label={t(index === 0 ? "fromOf" : "fromOfPart", part)}
                hideLabel
                value={hours.from}
                onChange={(from) => from && change({ ...hours, from })}
                error={clash && t("clash", { hours: text.range(clash.from, clash.to) })}
                className="w-32"
              />
              <span aria-hidden="true" className="py-1.5 text-muted max-sm:py-2.5">
                –
              </span>
              <TimeField
                label={t(index === 0 ? "toOf" : "toOfPart", part)}
                hideLabel
                value={hours.to}
                onChange={(to) => to && change({ ...hours, to })}
                error={hours === last ? overNext : undefined}
                className="w-32"
              />
              {intervals.length > 1 && (
                <IconButton
                  label={t("removePart", { day: name, hours: text.day(hours) })}
                  onPress={() => onChange(intervals.filter((_, at) => at !== index))}
                >
                  <X aria-hidden="true" className="size-4" />
                </IconButton>
              )}
            </div>
            <p className="flex flex-wrap gap-x-3 text-muted text-sm tabular-nums empty:hidden @xl:min-h-8 @xl:items-center">
              {isWholeDay(hours) && <span>{t("wholeDay")}</span>}
              {endsNextDay(hours) && <span className="text-ink">{t("nextDay")}</span>}
              {viewerHours?.[index] && <span>{t("yourTime", { hours: viewerHours[index] })}</span>}
            </p>
          </div>
        );
      })}
    </div>
  );
}
