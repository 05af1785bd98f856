"use client";

import { Clock } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { useExactDuration } from "@/components/availability/duration-text";
import { Callout } from "@/components/ui/callout";
import type { ClockChangeEffects, ShiftEffect } from "@/lib/hours/schedule/clock-change-effects";
import { formatDay } from "@/lib/platform/time/format";
import { useHoursText } from "./hours-text";

const wallTime = (minutes: number) => ({ hour: Math.floor(minutes / 60), minute: minutes % 60 });

/** Lists shifts that daylight saving time lengthens or shortens. */
export function ClockChangeNotes({ changes }: { changes: readonly ClockChangeEffects[] }) {
  const t = useTranslations("schedule.clocks");
  const locale = useLocale();
  const text = useHoursText();
  const duration = useExactDuration();

  function say(shift: ShiftEffect): string {
    const parts = {
      day: formatDay(locale, shift.day, { weekday: "long" }),
      hours: text.day({ from: wallTime(shift.from), to: wallTime(shift.to) }),
    };
    switch (shift.kind) {
      case "moved":
        return t("moved", {
          ...parts,
          actual: text.range(wallTime(shift.actualFrom), wallTime(shift.actualTo)),
        });
      case "dropped":
        return t("dropped", parts);
      default:
        return t(shift.kind, {
          ...parts,
          length: duration(shift.minutes),
          usual: duration(shift.usualMinutes),
        });
    }
  }

  if (changes.length === 0) return null;
  return (
    <Callout icon={<Clock className="size-4" />}>
      <ul className="flex flex-col gap-2">
        {changes.map((change) => (
          <li key={change.instant}>
            <p className="font-medium">
              {t(change.minutes > 0 ? "forward" : "back", {
                date: formatDay(locale, change.day, { weekday: "long", day: "numeric", month: "long" }),
                amount: duration(Math.abs(change.minutes)),
              })}
            </p>
            {change.shifts.map((shift) => (
              <p key={shift.day}>{say(shift)}</p>
            ))}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
