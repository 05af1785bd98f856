"use client";

import { Clock } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { useExactDuration } from "@/components/availability/duration-text";
import { Callout } from "@/components/ui/callout";
import type { ClockChangeEffects, ShiftEffect } from "@/lib/hours/calendar/clock-change-effects";
import { wallTimeOf } from "@/lib/platform/time/calendar";
import { formatDay } from "@/lib/platform/time/format";
import { useHoursText } from "./hours-text";

/** Lists shifts that daylight saving time lengthens or shortens. */
export function ClockChangeNotes({ changes }: { changes: readonly ClockChangeEffects[] }) {
  const t = useTranslations("schedule.clocks");
  const locale = useLocale();
  const text = useHoursText();
  const duration = useExactDuration();

  function say(shift: ShiftEffect): string {
    const parts = {
      day: formatDay(locale, shift.day, { weekday: "long" }),
      hours: text.day({ from: wallTimeOf(shift.from), to: wallTimeOf(shift.to) }),
    };
    switch (shift.kind) {
      case "moved":
        return t("moved", {
          ...parts,
          actual: text.range(wallTimeOf(shift.actualFrom), wallTimeOf(shift.actualTo)),
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
              <p key={`${shift.day} ${shift.from}`}>{say(shift)}</p>
            ))}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
