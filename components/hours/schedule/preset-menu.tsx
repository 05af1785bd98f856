"use client";

import { ChevronDown } from "lucide-react";
import { MenuTrigger } from "react-aria-components/Menu";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { IntervalWeek } from "@/lib/hours/schedule/contract";
import { isSameWeek, type Preset, weekOf } from "@/lib/hours/schedule/editing";
import { weekdays } from "@/lib/platform/time/calendar";
import { weekdayName } from "@/lib/platform/time/format";
import { weekOrder } from "@/lib/platform/time/week";
import { useHoursText } from "./hours-text";

/** Schedule presets; the one that equals the current schedule has a check mark. */
export function PresetMenu({
  presets,
  week,
  onChoose,
}: {
  presets: readonly Preset[];
  week: IntervalWeek;
  onChoose: (preset: Preset) => void;
}) {
  const t = useTranslations("schedule");
  const locale = useLocale();
  const text = useHoursText();
  const current = presets.find((preset) => isSameWeek(weekOf(preset.schedule), week));

  function days(preset: Preset): string {
    const order = weekOrder(locale).flatMap((index) => weekdays[index] ?? []);
    // Starts at the first working day, so that a week that begins on Saturday also shows "Sun – Thu".
    const start = order.findIndex(
      (day, at) => preset.days.includes(day) && !preset.days.includes(order[(at + 6) % 7] ?? day),
    );
    const name = (day: (typeof weekdays)[number] | undefined) =>
      weekdayName(locale, day ? weekdays.indexOf(day) : 0, "short");
    return t("range", {
      from: name(order[Math.max(start, 0)]),
      to: name(order[(Math.max(start, 0) + preset.days.length - 1) % 7]),
    });
  }

  return (
    <MenuTrigger>
      <Button size="small" className="max-sm:h-9">
        {t("presets")}
        <ChevronDown aria-hidden="true" className="size-3.5 text-muted" />
      </Button>
      <Menu
        aria-label={t("presets")}
        placement="bottom end"
        selectionMode="single"
        selectedKeys={current ? [current.id] : []}
        onAction={(id) => {
          const chosen = presets.find((preset) => preset.id === id);
          if (chosen) onChoose(chosen);
        }}
        className="max-w-[calc(100vw-1rem)]"
      >
        {presets.map((preset) => (
          <MenuItem
            key={preset.id}
            id={preset.id}
            textValue={t(`preset.${preset.id}`)}
            {...(preset.hours && preset.id !== "always"
              ? {
                  hint: t("presetHint", {
                    days: days(preset),
                    hours: text.range(preset.hours.from, preset.hours.to),
                  }),
                }
              : {})}
          >
            {t(`preset.${preset.id}`)}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
