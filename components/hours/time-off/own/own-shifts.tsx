"use client";

import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { PartFailed } from "@/components/shell/part-failed";
import { useFormatter } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Skeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";
import type { PlannedShift } from "@/lib/hours/shifts/hours-contract";
import { pageNow } from "@/lib/platform/client/page-clock";
import { localDate } from "@/lib/platform/time/wall-clock";
import { useTimeOffWords } from "../use-time-off-words";
import { useOwnShifts, useOwnSwaps } from "./own-queries";

const OfferDialog = lazyPart(async () => (await import("./offer-dialog")).OfferDialog);

/** The shifts of the next two weeks, each with a button to offer it. */
export function OwnShifts({
  agentId,
  timezone,
  mayOffer,
}: {
  agentId: string;
  timezone: string;
  mayOffer: boolean;
}) {
  const t = useTranslations("calendar.timeOff.shifts");
  const words = useTimeOffWords();
  const format = useFormatter();
  const query = useOwnShifts(agentId, timezone);
  const swaps = useOwnSwaps(agentId);
  const [offered, setOffered] = useState<string>();
  const isOffered = (date: string) =>
    swaps.data?.results.some((swap) => swap.agentId === agentId && swap.date === date) ?? false;

  const dates = new Map<string, PlannedShift[]>();
  for (const shift of query.data?.results ?? [])
    if (Date.parse(shift.end) > pageNow()) dates.set(shift.date, [...(dates.get(shift.date) ?? []), shift]);

  const zone = query.data?.timezone ?? timezone;
  const clock = (instant: string) =>
    format.dateTime(Date.parse(instant), { timeZone: zone, timeStyle: "short" });
  const spans = (shifts: readonly PlannedShift[]) =>
    format.list(
      shifts.map(({ date, start, end }) => {
        const last = localDate(zone, Date.parse(end) - 1);
        const to = last === date ? clock(end) : t("nextDay", { to: clock(end) });
        return `${clock(start)} – ${to}`;
      }),
    );

  return (
    <section aria-labelledby="own-shifts" className="min-w-0 space-y-3">
      <h2 id="own-shifts" className="font-semibold text-lg">
        {t("title")}
      </h2>
      {!query.data ? (
        query.error ? (
          <PartFailed error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton className="h-60 rounded-xl" />
        )
      ) : dates.size === 0 ? (
        <p className="rounded-xl border border-line bg-surface p-4 text-muted">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {[...dates].map(([date, shifts]) => (
            <li key={date} className="flex items-center gap-3 py-2 ps-3 pe-2">
              <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-4">
                <p className="font-medium sm:w-32 sm:shrink-0">{words.date(date)}</p>
                <p className="min-w-0 text-muted tabular-nums">
                  {spans(shifts)}
                  {shifts[0]?.name && ` · ${shifts[0].name}`}{" "}
                  {shifts.some(({ cutBy }) => cutBy) && <Tag>{t("cut")}</Tag>}
                </p>
              </div>
              {isOffered(date) ? (
                <Tag look="accent">{t("offered")}</Tag>
              ) : (
                mayOffer && (
                  <Button
                    look="quiet"
                    aria-label={t("offerLabel", { date: words.date(date) })}
                    onPress={() => setOffered(date)}
                  >
                    {t("offer")}
                  </Button>
                )
              )}
            </li>
          ))}
        </ul>
      )}
      {offered && (
        <Suspense>
          <OfferDialog agentId={agentId} date={offered} onClose={() => setOffered(undefined)} />
        </Suspense>
      )}
    </section>
  );
}
