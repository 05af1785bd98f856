"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useViewerZone } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";
import { wallClockAt, zoneClock } from "@/lib/platform/time/wall-clock";

/** Formats an instant for a `datetime-local` input, in the reader's time zone. */
function toLocal(date: Date | null, timezone: string): string {
  return date ? new Date(wallClockAt(timezone, date.getTime())).toISOString().slice(0, 16) : "";
}

function fromLocal(value: string, timezone: string): Date | null {
  const wall = value === "" ? Number.NaN : Date.parse(`${value}Z`);
  if (Number.isNaN(wall)) return null;
  const day = Math.floor(wall / DAY_MS);
  const minute = Math.floor((wall - day * DAY_MS) / MINUTE_MS);
  const span = zoneClock(timezone).span(day, minute, minute);
  return span && new Date(span.start);
}

/** Filters the last status change by exact times in the reader's time zone. */
export function ExactTimes({
  since,
  upto,
  onChange,
}: {
  since: Date | null;
  upto: Date | null;
  onChange: (bounds: { since: Date | null; upto: Date | null }) => void;
}) {
  const t = useTranslations("agents.filters.changed");
  const zone = useViewerZone();
  const [from, setFrom] = useState(toLocal(since, zone));
  const [to, setTo] = useState(toLocal(upto, zone));
  const first = fromLocal(from, zone);
  const last = fromLocal(to, zone);
  const isTurnedRound = first !== null && last !== null && first > last;
  const isSame = toLocal(since, zone) === from && toLocal(upto, zone) === to;
  return (
    <form
      className="flex flex-col gap-2 border-line border-t p-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isTurnedRound && !isSame) onChange({ since: first, upto: last });
      }}
    >
      <TextField label={t("from")} type="datetime-local" value={from} onChange={setFrom} />
      <TextField
        label={t("to")}
        type="datetime-local"
        value={to}
        onChange={setTo}
        error={isTurnedRound ? t("turnedRound") : undefined}
      />
      <Button type="submit" size="small" isDisabled={isTurnedRound || isSame}>
        {t("apply")}
      </Button>
    </form>
  );
}
