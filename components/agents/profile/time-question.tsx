"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsIsoDateTime, useQueryState } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useFormatter, useNow, useViewerZone } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DatePicker } from "@/components/ui/date-picker";
import { Skeleton } from "@/components/ui/skeleton";
import { TimeField } from "@/components/ui/time-field";
import type { TimeOfDay } from "@/components/ui/time-of-day";
import { useDebounced } from "@/components/ui/use-debounced";
import { explanationQuery } from "@/lib/availability/effective/client/queries";
import { RequestError } from "@/lib/platform/client/client";
import { DAY_MS, epochDay, MINUTE_MS, minuteOfDay, wallTimeOf } from "@/lib/platform/time/calendar";
import { localDate, wallClockAt, zoneClock } from "@/lib/platform/time/wall-clock";
import { Answer } from "./answer";
import { useProfile } from "./profile-context";
import { useCityOf } from "./use-city-of";
import { differAt } from "./zone-names";

/** Returns the instant of a local date and time. Skipped times move forward. */
function instantOf(timezone: string, date: string, time: TimeOfDay): Date | null {
  const from = minuteOfDay(time);
  const start = zoneClock(timezone).span(epochDay(date), from, from)?.start;
  return start === undefined ? null : new Date(start);
}

function timeOf(timezone: string, instant: number): TimeOfDay {
  return wallTimeOf(Math.floor((wallClockAt(timezone, instant) % DAY_MS) / MINUTE_MS));
}

/** Lets the user choose a time and shows what the agent can take then. The time is in the URL. */
export function TimeQuestion() {
  const t = useTranslations("availability.at");
  const format = useFormatter();
  const cityOf = useCityOf();
  const viewerZone = useViewerZone();
  const { agent } = useProfile();
  const { timezone } = agent;
  const now = useNow({ updateInterval: 30_000 });
  const [at, setAt] = useQueryState("at", parseAsIsoDateTime);
  const shown = at ?? now;
  // Keeps incomplete input local until it is a valid time.
  const [draft, setDraft] = useState<{ date?: string | null; time?: TimeOfDay | null }>({});
  const date = draft.date === undefined ? localDate(timezone, shown.getTime()) : draft.date;
  const time = draft.time === undefined ? timeOf(timezone, shown.getTime()) : draft.time;

  function change(next: { date?: string | null; time?: TimeOfDay | null }) {
    const wanted = { date, time, ...next };
    const instant = wanted.date && wanted.time && instantOf(timezone, wanted.date, wanted.time);
    setDraft(instant ? {} : wanted);
    if (instant) void setAt(instant);
  }

  const zone = differAt(timezone, viewerZone, shown)
    ? t("zoneTwice", {
        city: cityOf(timezone),
        yours: format.dateTime(shown, {
          weekday: "short",
          day: "numeric",
          month: "short",
          hour: "numeric",
          minute: "2-digit",
        }),
      })
    : t("zone", { city: cityOf(timezone) });

  return (
    <section className="flex min-w-0 max-w-3xl flex-col gap-4">
      <div>
        <h2 className="font-semibold text-lg">{t("title")}</h2>
        <p className="text-muted text-sm tabular-nums">{zone}</p>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <DatePicker
          label={t("date")}
          value={date}
          onChange={(next) => change({ date: next })}
          className="w-44"
        />
        <TimeField
          label={t("time")}
          value={time}
          onChange={(next) => change({ time: next })}
          className="w-36"
        />
        {at && (
          <Button
            onPress={() => {
              setDraft({});
              void setAt(null);
            }}
          >
            {t("now")}
          </Button>
        )}
      </div>
      {at && <AnswerAt at={at} isFuture={at > now} />}
    </section>
  );
}

function AnswerAt({ at, isFuture }: { at: Date; isFuture: boolean }) {
  const t = useTranslations("availability.at");
  const format = useFormatter();
  const { workspaceId, agent } = useProfile();
  // Typing a date produces intermediate dates.
  const asked = useDebounced(at.toISOString());
  const { data, error, isPlaceholderData } = useQuery({
    ...explanationQuery(workspaceId, agent.id, asked),
    // A year that is half typed, such as 0002.
    enabled: asked >= "1970",
    placeholderData: keepPreviousData,
  });
  if (error) return <Refusal error={error} />;
  if (!data) return <Skeleton className="h-24" />;
  return (
    <div
      aria-live="polite"
      aria-busy={isPlaceholderData || asked !== at.toISOString()}
      className="flex flex-col gap-2 rounded-lg border border-line p-4"
    >
      <p className="text-muted text-sm tabular-nums">
        {t("shown", {
          time: format.dateTime(Date.parse(data.at), {
            timeZone: agent.timezone,
            dateStyle: "full",
            timeStyle: "short",
          }),
        })}
      </p>
      <Answer explanation={data} />
      {isFuture && <p className="text-muted text-sm">{t("assumes")}</p>}
    </div>
  );
}

function Refusal({ error }: { error: Error }) {
  const t = useTranslations("availability.at");
  const problemText = useProblemText();
  const status = error instanceof RequestError ? error.status : undefined;
  return (
    <Callout look={status === 404 ? "info" : "danger"} role="alert">
      {status === 400 ? t("outOfRange") : status === 404 ? t("noRecord") : problemText(error)}
    </Callout>
  );
}
