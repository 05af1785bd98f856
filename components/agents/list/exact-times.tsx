"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";

/** An instant as a field of date and time has it: by the clock of whoever looks, without a zone. */
function toLocal(date: Date | null): string {
  if (!date) return "";
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

function fromLocal(value: string): Date | null {
  const date = new Date(value);
  return value === "" || Number.isNaN(date.getTime()) ? null : date;
}

/** Exact bounds of the last change of status, by one's own clock. */
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
  const [from, setFrom] = useState(toLocal(since));
  const [to, setTo] = useState(toLocal(upto));
  const first = fromLocal(from);
  const last = fromLocal(to);
  const isTurnedRound = first !== null && last !== null && first > last;
  const isSame = toLocal(since) === from && toLocal(upto) === to;
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
