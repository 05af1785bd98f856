"use client";

import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { Switch } from "@/components/ui/switch";
import { TimeField } from "@/components/ui/time-field";
import { type DayHours, endsNextDay, isWholeDay } from "@/lib/hours/schedule/editing";
import type { Weekday } from "@/lib/platform/time/calendar";
import { CopyDay } from "./copy-day";

/** Messages for a day and its parts. */
export interface DayErrors {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly day: string | undefined;
}

/** Edits the hours of a weekday and shows them in the reader's time zone. */
export function DayRow({
  weekday,
  name,
  hours,
  viewerHours,
  errors,
  copyKeys,
  onSwitch,
  onChange,
  onCopy,
  onKeys,
}: {
  weekday: Weekday;
  name: string;
  hours: DayHours | undefined;
  /** The hours in the reader's time zone, if it differs. */
  viewerHours: string | undefined;
  errors: DayErrors;
  copyKeys: string;
  onSwitch: (isOn: boolean) => void;
  onChange: (hours: DayHours) => void;
  onCopy: (targets: Weekday[]) => void;
  /** Called for keys in the row before its fields handle them. */
  onKeys: (event: KeyboardEvent) => void;
}) {
  const t = useTranslations("schedule");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a grid in every browser
    <div
      role="group"
      aria-label={name}
      onKeyDownCapture={(event) => {
        // Events of the popover bubble through React's tree, but not through the DOM.
        if (event.target instanceof Node && event.currentTarget.contains(event.target)) onKeys(event);
      }}
      className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1.5 py-2 @xl:items-start @xl:grid-cols-[9.5rem_auto_1fr_auto]"
    >
      <Switch isSelected={hours !== undefined} onChange={onSwitch} className="@xl:h-8 max-sm:min-h-10">
        <span className="font-medium">{name}</span>
      </Switch>
      {hours ? (
        <>
          <div className="col-span-2 flex items-start gap-2 @xl:col-span-1">
            <TimeField
              label={t("fromOf", { day: name })}
              hideLabel
              value={hours.from}
              onChange={(from) => from && onChange({ ...hours, from })}
              error={errors.from}
              className="w-32"
            />
            <span aria-hidden="true" className="py-1.5 text-muted max-sm:py-2.5">
              –
            </span>
            <TimeField
              label={t("toOf", { day: name })}
              hideLabel
              value={hours.to}
              onChange={(to) => to && onChange({ ...hours, to })}
              error={errors.to}
              className="w-32"
            />
          </div>
          <p className="col-span-2 flex flex-wrap gap-x-3 text-muted text-sm tabular-nums empty:hidden @xl:col-span-1 @xl:min-h-8 @xl:items-center">
            {isWholeDay(hours) && <span>{t("wholeDay")}</span>}
            {endsNextDay(hours) && <span className="text-ink">{t("nextDay")}</span>}
            {viewerHours && <span>{t("yourTime", { hours: viewerHours })}</span>}
          </p>
        </>
      ) : (
        <p className="col-span-2 text-muted leading-8 @max-xl:hidden">{t("off")}</p>
      )}
      {/* Comes after the hours in tab order; on a phone it is next to the name. */}
      <div className="col-start-2 row-start-1 @xl:col-start-4">
        <CopyDay weekday={weekday} name={name} keys={copyKeys} onCopy={onCopy} />
      </div>
      {errors.day && (
        <p role="alert" className="col-span-full text-danger text-sm">
          {errors.day}
        </p>
      )}
    </div>
  );
}
