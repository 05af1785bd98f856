"use client";

import { PartyPopper, Plane } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { localDay } from "@/components/availability/timeline/day";
import type { Period } from "@/components/coverage/period";
import { useWorkspace } from "@/components/shell/workspace-context";
import { classes } from "@/components/ui/classes";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import { epochDay, isoDate } from "@/lib/platform/time/calendar";
import { zoneName } from "@/lib/platform/time/format";
import { GroupCount } from "./group-count";
import type { RowGroup } from "./lines";
import { sourceIcons, sourceLooks } from "./looks";
import { absencesOf, holidaysOf, intervalOfShift, isShown, zoneOn } from "./row-hours";
import { useShiftWords } from "./use-words";

/** The planner as a list of one day, for phones. */
export function DayList({
  groups,
  period,
  onMore,
}: {
  groups: readonly RowGroup[];
  period: Period;
  /** Loads more rows. */
  onMore: () => void;
}) {
  const t = useTranslations("calendar.planner");
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onMore();
      },
      { rootMargin: "600px" },
    );
    if (end.current) observer.observe(end.current);
    return () => observer.disconnect();
  }, [onMore]);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {groups.map(({ key, team, rows }) => (
        <section key={key}>
          {team !== undefined && (
            <h2 className="sticky top-0 z-10 flex items-center gap-2 border-line border-b bg-sunken px-4 py-2 text-sm">
              <span dir="auto" className="min-w-0 truncate font-semibold">
                {team?.name ?? t("noTeam")}
              </span>
              <GroupCount count={rows.length} />
            </h2>
          )}
          <ul
            aria-label={team === undefined ? t("title") : (team?.name ?? t("noTeam"))}
            className="divide-y divide-line"
          >
            {rows.map((row) => (
              <Item key={row.agentId} row={row} period={period} />
            ))}
          </ul>
        </section>
      ))}
      <div ref={end} />
    </div>
  );
}

function Item({ row, period }: { row: PlannerRow; period: Period }) {
  const t = useTranslations("calendar.planner");
  const words = useShiftWords();
  const { href } = useWorkspace();
  const date = isoDate(period.first);
  const shifts = row.shifts.filter((shift) => isShown(period, intervalOfShift(shift)));
  const absences = absencesOf(row).filter((absence) => isShown(period, absence));
  const holidays = holidaysOf(row).filter(({ day, date }) =>
    isShown(period, localDay(zoneOn(row, date), day)),
  );
  return (
    // Off-screen rows are not rendered.
    <li className="flex flex-col gap-1.5 px-4 py-3 [contain-intrinsic-size:auto_4.5rem] [content-visibility:auto]">
      <div className="flex items-baseline justify-between gap-3">
        <Link
          href={href(`/agents/${row.agentId}?tab=schedule`)}
          prefetch={false}
          dir="auto"
          className="min-h-6 min-w-0 truncate rounded-sm font-medium focus-visible:outline-2 focus-visible:outline-accent"
        >
          {row.name}
        </Link>
        {row.timezone !== period.timezone && (
          <span className="shrink-0 text-muted text-xs">{zoneName(row.timezone)}</span>
        )}
      </div>
      <ul className="flex flex-wrap gap-1.5 text-sm">
        {shifts.map((shift) => {
          const Icon = sourceIcons[shift.source];
          return (
            <li
              key={shift.start}
              className={classes(
                "flex items-center gap-1.5 rounded border px-2 py-0.5 tabular-nums",
                sourceLooks[shift.source],
              )}
            >
              {Icon && <Icon aria-hidden="true" className="size-3.5 shrink-0" />}
              {shift.date !== date && `${words.date(epochDay(shift.date))}, `}
              {words.times(shift, period.timezone)}
              {shift.source === "weekly" ? (
                <span className="sr-only">{words.source(shift)}</span>
              ) : (
                <span dir="auto">{words.source(shift)}</span>
              )}
            </li>
          );
        })}
        {absences.map(({ timeOff }) => (
          <li
            key={timeOff.id}
            className={classes(
              "flex items-center gap-1.5 rounded border border-line-strong px-2 py-0.5",
              timeOff.state === "requested" && "border-dashed",
            )}
          >
            <Plane aria-hidden="true" className="size-3.5 shrink-0" />
            <span dir="auto">
              {timeOff.publicNote ?? t(timeOff.state === "requested" ? "requested" : "timeOff")}
            </span>
          </li>
        ))}
        {holidays.map(({ day, name }) => (
          <li key={`${day}${name}`} className="flex items-center gap-1.5 rounded bg-pressed/50 px-2 py-0.5">
            <PartyPopper aria-hidden="true" className="size-3.5 shrink-0" />
            <span dir="auto">{name}</span>
          </li>
        ))}
        {shifts.length + absences.length + holidays.length === 0 && (
          <li className="text-muted">{t("off")}</li>
        )}
      </ul>
    </li>
  );
}
