"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { dayAt } from "@/components/availability/timeline/day";
import { usePeople } from "@/components/settings/kit/agent-search";
import { PartFailed } from "@/components/shell/part-failed";
import { useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { allTimeOffQuery } from "@/lib/hours/time-off/client/queries";
import { allTimeOffTypesQuery } from "@/lib/hours/time-off/client/time-off-types";
import type { TimeOff } from "@/lib/hours/time-off/contract";
import { pageNow } from "@/lib/platform/client/page-clock";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";
import { formatDay, weekdayName } from "@/lib/platform/time/format";
import { isWeekendDay, weekOrder } from "@/lib/platform/time/week";
import { addMonths, dateOf, dayNumber, monthWeeks } from "@/lib/platform/time/year-calendar";
import { TimeOffDetails } from "./time-off-details";
import { useTimeOffWords } from "./use-time-off-words";

/** Maximum entries per date; the rest becomes "+2". */
const mostPerDay = 3;

function useMonth() {
  const zone = useViewerZone();
  const today = dayAt(zone, pageNow());
  const [text, setText] = useQueryState("month", parseAsString.withOptions({ history: "push" }));
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text ?? "");
  const shown = match
    ? { year: Number(match[1]), month: Number(match[2]) }
    : { year: dateOf(today).year, month: dateOf(today).month };
  const first = dayNumber({ ...shown, day: 1 });
  const goTo = (day: number | null) => void setText(day === null ? null : isoDate(day).slice(0, 7));
  return {
    ...shown,
    first,
    last: addMonths(first, 1) - 1,
    today,
    isCurrent: match === null,
    step: (by: number) => {
      const day = addMonths(first, by);
      goTo(isoDate(day).slice(0, 7) === isoDate(today).slice(0, 7) ? null : day);
    },
    reset: () => goTo(null),
  };
}

/** Who is off in a month: a calendar, or a list on narrow screens. */
export function OffCalendar() {
  const t = useTranslations("calendar.timeOff.calendar");
  const all = useTranslations("calendar.timeOff");
  const locale = useLocale();
  const words = useTimeOffWords();
  const { workspace, can } = useWorkspace();
  const month = useMonth();
  const states: TimeOff["state"][] = can("timeOff.write") ? ["approved", "requested"] : ["approved"];
  const entries = useQuery({
    ...allTimeOffQuery(workspace.id, { from: isoDate(month.first), to: isoDate(month.last), states }),
    placeholderData: (before) => before,
  });
  const types = useQuery(allTimeOffTypesQuery(workspace.id));
  const list = entries.data ?? [];
  const personOf = usePeople(list.map(({ agentId }) => agentId));
  const [opened, setOpened] = useState<{ day: number } | { entry: TimeOff }>();
  const title = formatDay(locale, month.first, { month: "long", year: "numeric" });
  const nameOf = (entry: TimeOff) => personOf(entry.agentId)?.name ?? " ";
  const typeOf = (entry: TimeOff) =>
    types.data?.find(({ id }) => id === entry.typeId)?.name ?? all("privateType");
  const onDay = (day: number) =>
    list.filter(({ startDate, endDate }) => epochDay(startDate) <= day && day <= epochDay(endDate));
  const label = (entry: TimeOff) =>
    t("entry", {
      name: nameOf(entry),
      type: typeOf(entry),
      state: all(`states.${entry.state}`),
      when: words.when(entry),
    });
  const openedEntry = opened && "entry" in opened ? opened.entry : undefined;
  const listed = openedEntry && list.find(({ id }) => id === openedEntry.id);
  const order = weekOrder(locale);

  const entryButton = (entry: TimeOff, isWide: boolean) => (
    <button
      type="button"
      aria-label={label(entry)}
      onClick={() => setOpened({ entry })}
      className={classes(
        "flex w-full min-w-0 rounded text-start outline-none focus-visible:outline-2 focus-visible:outline-accent",
        entry.state === "requested"
          ? "border border-line-strong border-dashed text-muted hover:bg-hover"
          : "bg-accent-soft text-accent-strong hover:brightness-95",
        isWide ? "flex-col px-3 py-1.5 text-sm" : "min-h-6 items-center px-1.5 text-xs",
      )}
    >
      <span className="max-w-full truncate font-medium">{nameOf(entry)}</span>
      {isWide && <span className="max-w-full">{words.when(entry)}</span>}
    </button>
  );

  return (
    <section aria-labelledby="off" className="min-w-0 space-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="off" className="font-semibold text-lg">
          {t("title")}
        </h2>
        <div className="ms-auto flex items-center gap-1 max-sm:ms-0 max-sm:w-full">
          <IconButton label={t("back")} onPress={() => month.step(-1)}>
            <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          </IconButton>
          <p role="status" className="min-w-36 text-center font-medium max-sm:min-w-0 max-sm:flex-1">
            {title}
          </p>
          <IconButton label={t("next")} onPress={() => month.step(1)}>
            <ChevronRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          </IconButton>
          <Button size="small" look="quiet" isDisabled={month.isCurrent} onPress={month.reset}>
            {t("today")}
          </Button>
        </div>
      </div>
      {entries.error && !entries.data ? (
        <PartFailed error={entries.error} onRetry={() => void entries.refetch()} />
      ) : (
        <div
          aria-busy={entries.isPending || entries.isPlaceholderData}
          className={classes("transition-opacity", entries.isPlaceholderData && "opacity-60")}
        >
          <ul className="space-y-1.5 rounded-xl border border-line bg-surface p-3 md:hidden">
            {list.length === 0 && <li className="text-muted">{entries.data ? t("none") : " "}</li>}
            {list.map((entry) => (
              <li key={entry.id}>{entryButton(entry, true)}</li>
            ))}
          </ul>
          <table className="hidden w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-xl border border-line bg-surface md:table">
            <caption className="sr-only">{t("caption", { month: title })}</caption>
            <thead>
              <tr>
                {order.map((index) => (
                  <th key={index} scope="col" className="h-8 px-2 text-start font-normal text-muted text-xs">
                    <span aria-hidden="true">{weekdayName(locale, index, "short")}</span>
                    <span className="sr-only">{weekdayName(locale, index)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {monthWeeks(month.year, month.month, order[0] ?? 0).map((week, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other name.
                <tr key={row}>
                  {week.map((day, column) => {
                    const weekday = order[column] ?? 0;
                    const off = day === null ? [] : onDay(day);
                    return (
                      <td
                        key={weekday}
                        className={classes(
                          "h-27 border-line border-t p-1 align-top not-first:border-s",
                          (day === null || isWeekendDay(locale, weekday)) && "bg-sunken/50",
                        )}
                      >
                        {day !== null && (
                          <>
                            <p
                              aria-current={day === month.today ? "date" : undefined}
                              className="px-1 pb-0.5 text-xs tabular-nums aria-[current]:font-semibold aria-[current]:text-accent"
                            >
                              <span aria-hidden="true">{formatDay(locale, day, { day: "numeric" })}</span>
                              <span className="sr-only">
                                {formatDay(locale, day, { day: "numeric", month: "long" })}
                              </span>
                            </p>
                            <ul className="space-y-0.5">
                              {off
                                .slice(0, off.length > mostPerDay ? mostPerDay - 1 : mostPerDay)
                                .map((entry) => (
                                  <li key={entry.id}>{entryButton(entry, false)}</li>
                                ))}
                              {off.length > mostPerDay && (
                                <li>
                                  <button
                                    type="button"
                                    aria-label={t("moreLabel", {
                                      count: off.length - mostPerDay + 1,
                                      date: words.date(isoDate(day)),
                                    })}
                                    onClick={() => setOpened({ day })}
                                    className="min-h-6 rounded px-1.5 text-muted text-xs hover:bg-hover focus-visible:outline-2 focus-visible:outline-accent"
                                  >
                                    {t("more", { count: off.length - mostPerDay + 1 })}
                                  </button>
                                </li>
                              )}
                            </ul>
                          </>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {opened && "day" in opened && (
        <Dialog
          title={t("dayTitle", { date: words.date(isoDate(opened.day)) })}
          isOpen
          width="small"
          onOpenChange={() => setOpened(undefined)}
        >
          <ul className="space-y-1.5">
            {onDay(opened.day).map((entry) => (
              <li key={entry.id}>{entryButton(entry, true)}</li>
            ))}
          </ul>
        </Dialog>
      )}
      {openedEntry && (
        <TimeOffDetails
          entry={listed ?? openedEntry}
          isGone={listed === undefined}
          name={nameOf(openedEntry)}
          type={typeOf(openedEntry)}
          onClose={() => setOpened(undefined)}
        />
      )}
    </section>
  );
}
