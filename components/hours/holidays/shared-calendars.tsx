"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useLocale, useTranslations } from "use-intl";
import { PartFailed } from "@/components/shell/part-failed";
import { useProblemText } from "@/components/shell/problem-text";
import { useNow } from "@/components/shell/time";
import { useList } from "@/components/shell/use-list";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { notify } from "@/components/ui/toast";
import {
  agentHolidayCalendarsQuery,
  allHolidayCalendarsQuery,
  useSetHolidayCalendars,
} from "@/lib/hours/holiday-calendars/client/queries";
import type { HolidayCalendar } from "@/lib/hours/holiday-calendars/contract";
import { epochDay } from "@/lib/platform/time/calendar";
import { formatDay } from "@/lib/platform/time/format";
import { localDate } from "@/lib/platform/time/wall-clock";

/** Maximum number of coming days to list. */
const shownDays = 3;

/** The workspace's holiday calendars with a switch for each, which is saved immediately. */
export function SharedCalendars({
  workspaceId,
  agentId,
  timezone,
  canEdit,
}: {
  workspaceId: string;
  agentId: string;
  timezone: string;
  canEdit: boolean;
}) {
  const t = useTranslations("holidays.shared");
  const problemText = useProblemText();
  const calendars = useQuery(allHolidayCalendarsQuery(workspaceId));
  const assigned = useQuery(agentHolidayCalendarsQuery(workspaceId, agentId));
  const { mutate } = useSetHolidayCalendars(workspaceId, agentId);
  const today = localDate(timezone, useNow({ updateInterval: 60_000 }).getTime());
  const title = useId();
  const error = calendars.error ?? assigned.error;
  const chosen: readonly string[] = assigned.data?.data.calendarIds ?? [];
  const shown = calendars.data?.filter(({ id }) => canEdit || chosen.includes(id));

  function choose(id: string, isOn: boolean) {
    mutate(
      {
        calendarIds: isOn ? [...chosen, id] : chosen.filter((each) => each !== id),
        etag: assigned.data?.etag,
      },
      { onError: (failure) => notify({ kind: "error", title: t("failed"), detail: problemText(failure) }) },
    );
  }

  return (
    <section aria-labelledby={title} className="flex max-w-3xl flex-col gap-2">
      <div>
        <h2 id={title} className="font-semibold text-lg">
          {t("title")}
        </h2>
        <p className="text-muted text-sm">{t("help")}</p>
      </div>
      {shown && assigned.data ? (
        shown.length === 0 ? (
          <p className="text-muted">{t(canEdit ? "none" : "noneAssigned")}</p>
        ) : (
          <ul className="divide-y divide-line border-line border-y">
            {shown.map((calendar) => (
              <li key={calendar.id} className="flex min-h-11 flex-col justify-center gap-0.5 py-2">
                {canEdit ? (
                  <Switch
                    isSelected={chosen.includes(calendar.id)}
                    onChange={(isOn) => choose(calendar.id, isOn)}
                  >
                    <span className="font-medium">{calendar.name}</span>
                  </Switch>
                ) : (
                  <span className="font-medium">{calendar.name}</span>
                )}
                <NextDays calendar={calendar} today={today} />
              </li>
            ))}
          </ul>
        )
      ) : error ? (
        <PartFailed
          error={error}
          onRetry={() => void Promise.all([calendars.refetch(), assigned.refetch()])}
        />
      ) : (
        <Skeleton className="h-11" />
      )}
    </section>
  );
}

function NextDays({ calendar, today }: { calendar: HolidayCalendar; today: string }) {
  const t = useTranslations("holidays.shared");
  const locale = useLocale();
  const list = useList();
  const next = calendar.days.filter(({ date }) => date >= today).slice(0, shownDays);
  return (
    <p className="text-muted text-sm">
      {next.length === 0
        ? t("noDays")
        : t("next", {
            days: list(
              next.map(({ name, date }) =>
                t("day", { name, date: formatDay(locale, epochDay(date), { dateStyle: "medium" }) }),
              ),
            ),
          })}
    </p>
  );
}
