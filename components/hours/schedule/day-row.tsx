"use client";

import { Plus } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Switch } from "@/components/ui/switch";
import { type DayIntervals, maxIntervals, nextInterval } from "@/lib/hours/schedule/editing";
import type { Weekday } from "@/lib/platform/time/calendar";
import { CopyDay } from "./copy-day";
import { IntervalFields } from "./interval-fields";

/** Edits the hours of a weekday and shows them in the reader's time zone. */
export function DayRow({
  weekday,
  name,
  intervals,
  viewerHours,
  overNext,
  copyKeys,
  isSingle,
  onSwitch,
  onChange,
  onCopy,
  onKeys,
}: {
  weekday: Weekday;
  name: string;
  intervals: DayIntervals;
  /** Each interval in the reader's time zone, if it differs. */
  viewerHours: readonly string[] | undefined;
  /** Error text if the hours overlap those of the next day. */
  overNext: string | undefined;
  copyKeys: string;
  /** Limits the day to one interval. */
  isSingle: boolean;
  onSwitch: (isOn: boolean) => void;
  onChange: (intervals: DayIntervals) => void;
  onCopy: (targets: Weekday[]) => void;
  /** Called for keys in the row before its fields handle them. */
  onKeys: (event: KeyboardEvent) => void;
}) {
  const t = useTranslations("schedule");
  const isOn = intervals.length > 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a grid in every browser
    <div
      role="group"
      aria-label={name}
      onKeyDownCapture={(event) => {
        // Events of the popover bubble through React's tree, but not through the DOM.
        if (event.target instanceof Node && event.currentTarget.contains(event.target)) onKeys(event);
      }}
      className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1.5 py-2 @xl:items-start @xl:grid-cols-[9.5rem_1fr_auto]"
    >
      <Switch isSelected={isOn} onChange={onSwitch} className="@xl:h-8 max-sm:min-h-10">
        <span className="font-medium">{name}</span>
      </Switch>
      {isOn ? (
        <div className="col-span-2 @xl:col-span-1">
          <IntervalFields
            name={name}
            intervals={intervals}
            viewerHours={viewerHours}
            overNext={overNext}
            onChange={onChange}
          />
        </div>
      ) : (
        <p className="col-span-2 text-muted leading-8 @max-xl:hidden @xl:col-span-1">{t("off")}</p>
      )}
      {/* Comes after the hours in tab order; on a phone it is next to the name. */}
      <div className="col-start-2 row-start-1 flex @xl:col-start-3">
        {isOn && !isSingle && (
          <IconButton
            label={t("addPart", { day: name })}
            isDisabled={intervals.length >= maxIntervals}
            onPress={() => onChange([...intervals, nextInterval(intervals)])}
          >
            <Plus aria-hidden="true" className="size-4" />
          </IconButton>
        )}
        <CopyDay weekday={weekday} name={name} keys={copyKeys} onCopy={onCopy} />
      </div>
    </div>
  );
}
