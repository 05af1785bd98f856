"use client";

import { Copy } from "lucide-react";
import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { type Weekday, weekdays } from "@/lib/platform/time/calendar";
import { weekdayName } from "@/lib/platform/time/format";
import { isWeekendDay, weekOrder } from "@/lib/platform/time/week";

/** Copies a day's hours to all days, the working days or single days. */
export function CopyDay({
  weekday,
  name,
  keys,
  onCopy,
}: {
  weekday: Weekday;
  name: string;
  /** Equivalent shortcut inside the row. */
  keys: string;
  onCopy: (targets: Weekday[]) => void;
}) {
  const t = useTranslations("schedule");
  return (
    <DialogTrigger>
      <IconButton label={t("copyDay", { day: name })} keys={keys}>
        <Copy aria-hidden="true" className="size-4" />
      </IconButton>
      <Popover label={t("copyDay", { day: name })} placement="bottom end">
        {(close) => (
          <Targets
            weekday={weekday}
            name={name}
            onCopy={(targets) => {
              onCopy(targets);
              close();
            }}
          />
        )}
      </Popover>
    </DialogTrigger>
  );
}

function Targets({
  weekday,
  name,
  onCopy,
}: {
  weekday: Weekday;
  name: string;
  onCopy: (targets: Weekday[]) => void;
}) {
  const t = useTranslations("schedule");
  const locale = useLocale();
  const [chosen, setChosen] = useState<ReadonlySet<Weekday>>(new Set());
  const others = weekOrder(locale).flatMap((index) => {
    const each = weekdays[index];
    return each && each !== weekday ? [{ each, index }] : [];
  });
  const all = others.map(({ each }) => each);
  const working = others.filter(({ index }) => !isWeekendDay(locale, index)).map(({ each }) => each);

  function choose(days: readonly Weekday[], isChosen: boolean) {
    const next = new Set(chosen);
    for (const day of days) {
      if (isChosen) next.add(day);
      else next.delete(day);
    }
    setChosen(next);
  }

  const group = (label: string, days: readonly Weekday[], autoFocus = false) => {
    const count = days.filter((day) => chosen.has(day)).length;
    return (
      <Checkbox
        autoFocus={autoFocus}
        isSelected={count === days.length}
        isIndeterminate={count > 0 && count < days.length}
        onChange={(isChosen) => choose(days, isChosen)}
        className="min-h-8"
      >
        {label}
      </Checkbox>
    );
  };

  return (
    <form
      className="flex w-60 flex-col p-3"
      onSubmit={(event) => {
        event.preventDefault();
        // A popover's submit event bubbles through React's tree to the page's form.
        event.stopPropagation();
        onCopy(all.filter((day) => chosen.has(day)));
      }}
    >
      <p className="pb-1 font-medium">{t("copyTitle", { day: name })}</p>
      {group(t("allDays"), all, true)}
      {group(t("workingDays"), working)}
      <div className="my-1 border-line border-t" />
      {others.map(({ each, index }) => (
        <Checkbox
          key={each}
          isSelected={chosen.has(each)}
          onChange={(isChosen) => choose([each], isChosen)}
          className="min-h-8"
        >
          {weekdayName(locale, index)}
        </Checkbox>
      ))}
      <Button type="submit" look="primary" className="mt-2" isDisabled={chosen.size === 0}>
        {t("copyTo", { count: chosen.size })}
      </Button>
    </form>
  );
}
