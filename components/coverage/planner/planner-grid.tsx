"use client";

import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Period } from "@/components/coverage/period";
import { classes } from "@/components/ui/classes";
import { isMirrored } from "@/components/ui/mirrored";
import { notify } from "@/components/ui/toast";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import { canMove, keyOf, type Target } from "./draft";
import { DraftStatus } from "./draft-status";
import { createDraftStore } from "./draft-store";
import { headingHeight, type PlacedGroup, placed, type RowGroup, rowHeight, rowsBetween } from "./lines";
import type { Numbers } from "./numbers";
import { firstColumnWidth, Table } from "./parts";
import { PlannerGroup } from "./planner-group";
import { headHeight, PlannerHead } from "./planner-head";
import { barOf, placeIn, type RowActions, targetsOf } from "./planner-row";
import { intervalOfShift, isShown } from "./row-hours";
import { useDraft } from "./use-draft";
import { useMoveShift } from "./use-move-shift";
import { useWindow } from "./use-window";
import { useShiftWords } from "./use-words";

/** The least width of the table in pixels. */
const tableWidth = 960;
/** Height that the draft's status bar covers at the bottom. */
const statusHeight = 88;

/** An agent's row of the table. */
interface Line {
  key: string;
  row: PlannerRow;
  /** Distance from the first row in pixels. */
  top: number;
  heading: number;
}

/** Agents' shifts over time, with the coverage above. Shifts can be moved by pointer or keyboard. */
export function PlannerGrid({
  groups,
  total,
  period,
  now,
  numbers,
  teamNumbers,
  canWrite,
  isUpdating,
  onMore,
}: {
  groups: readonly RowGroup[];
  /** Number of agents, also of those that are not loaded yet. */
  total: number;
  period: Period;
  now: number;
  numbers: Numbers | undefined;
  /** The coverage of each team. */
  teamNumbers: ReadonlyMap<string | undefined, Numbers> | undefined;
  canWrite: boolean;
  isUpdating: boolean;
  /** Loads more rows. */
  onMore: () => void;
}) {
  const t = useTranslations("calendar.planner");
  const { box, look, shown } = useWindow();
  const words = useShiftWords();
  const move = useMoveShift();
  const [store] = useState(createDraftStore);
  const { drag, pick, press, leave } = useDraft(store, period, move);
  const [active, setActive] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const places = useMemo(() => placed(groups), [groups]);
  const lines = useMemo(() => linesOf(places), [places]);
  const height = places.reduce((sum, each) => sum + each.height, 0);
  const additions = useMemo(() => headingsIn(places) + copiesIn(lines), [places, lines]);

  useEffect(() => {
    if (shown.to >= height) onMore();
  }, [shown.to, height, onMore]);

  // Focuses a shift whose row was not rendered when it was requested.
  useEffect(() => {
    if (!wanted.current) return;
    const bar = box.current?.querySelector<HTMLElement>(`[data-bar="${CSS.escape(wanted.current)}"]`);
    if (!bar) return;
    wanted.current = null;
    bar.focus({ preventScroll: true });
  });

  const latest = useRef({ lines, period });
  latest.current = { lines, period };
  const focusLine = useCallback(
    ({ key, row, top, heading }: Line, near: number) => {
      const nearest = shiftNear(row, latest.current.period, near);
      if (!nearest) return false;
      wanted.current = barOf(key, nearest);
      setActive(wanted.current);
      const element = box.current;
      if (element) {
        const room = element.clientHeight - headHeight - rowHeight - statusHeight;
        if (top - heading < element.scrollTop) element.scrollTop = top - heading;
        else if (top > element.scrollTop + room) element.scrollTop = top - room;
      }
      return true;
    },
    [box],
  );

  const walk = useCallback(
    (event: KeyboardEvent<HTMLElement>, rowKey: string, row: PlannerRow, target: Target) => {
      const targets = targetsIn(row, latest.current.period);
      const at = targets.findIndex((each) => keyOf(each.target) === keyOf(target));
      const here = targets[at];
      if (!here) return;
      const ahead = isMirrored(event.currentTarget) ? -1 : 1;
      const step = { ArrowRight: ahead, ArrowLeft: -ahead }[event.key];
      const rowStep = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        const next = targets[at + step];
        if (next) {
          wanted.current = barOf(rowKey, next.target);
          setActive(wanted.current);
        }
      } else if (rowStep !== undefined) {
        const near = Date.parse(here.shift.start);
        const all = latest.current.lines;
        let place = all.findIndex(({ key }) => key === rowKey) + rowStep;
        let line = all[place];
        // Skips rows without shifts.
        while (line && !focusLine(line, near)) {
          place += rowStep;
          line = all[place];
        }
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [focusLine],
  );

  const actions = useMemo<RowActions>(() => {
    const isFixed = (row: PlannerRow, { date }: Target) => !canMove(row, date);
    return {
      drag: (event, row, target) => {
        if (!isFixed(row, target)) drag(event, row, target);
      },
      pick: (row, target) => {
        if (isFixed(row, target)) notify({ kind: "info", title: t("fixed"), detail: t("fixedText") });
        else pick(row, target);
      },
      press: (event, rowKey, row, target) => {
        if (!press(event, row)) walk(event, rowKey, row, target);
      },
      focus: setActive,
      blur: leave,
    };
  }, [drag, pick, press, walk, leave, t]);

  const rendered = places.flatMap((place) => {
    const between = rowsBetween(place, shown.from, shown.to);
    return between ? [{ place, ...between }] : [];
  });
  const stop = useMemo(
    () => tabStopIn(lines, active, period, shown.from, shown.to),
    [lines, active, period, shown.from, shown.to],
  );
  const isNarrow = shown.width < tableWidth;
  const width = Math.max(shown.width, tableWidth) - firstColumnWidth;
  const nowShown = now >= period.start && now < period.end ? now : null;
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        onScroll={look}
        tabIndex={canWrite ? -1 : 0}
        className="h-full overflow-auto overscroll-x-contain outline-none focus-visible:outline-2 focus-visible:outline-accent focus-visible:-outline-offset-2"
      >
        <Table
          aria-label={t("title")}
          aria-rowcount={total + additions + 1}
          aria-busy={isUpdating}
          data-narrow={isNarrow ? "" : undefined}
          style={{ minWidth: tableWidth }}
        >
          <PlannerHead period={period} now={nowShown} numbers={numbers} store={store} />
          <div
            role="presentation"
            className={classes("relative transition-opacity", isUpdating && "opacity-60")}
            style={{ height }}
          >
            <DayLines period={period} now={nowShown} isBehind={isNarrow} />
            {rendered.map(({ place, first, last }) => (
              <div
                key={place.group.key}
                role="presentation"
                className="absolute inset-x-0"
                style={{ top: place.top }}
              >
                <PlannerGroup
                  placed={place}
                  first={first}
                  last={last}
                  stickAt={headHeight}
                  numbers={place.group.team ? teamNumbers?.get(place.group.team.id) : undefined}
                  tabStop={stop?.startsWith(`${place.group.key}|`) ? stop : null}
                  period={period}
                  width={width}
                  canWrite={canWrite}
                  words={words}
                  store={store}
                  actions={actions}
                />
              </div>
            ))}
          </div>
        </Table>
      </div>
      <DraftStatus store={store} numbers={numbers} />
    </div>
  );
}

function linesOf(places: readonly PlacedGroup[]): Line[] {
  return places.flatMap(({ group, top, heading }) =>
    group.rows.map((row, index) => ({
      key: `${group.key}|${row.agentId}`,
      row,
      top: top + heading + index * rowHeight,
      heading: heading > 0 ? headingHeight : 0,
    })),
  );
}

const headingsIn = (places: readonly PlacedGroup[]) => places.filter(({ heading }) => heading > 0).length;

/** Returns how many rows are of agents that have another row. */
function copiesIn(lines: readonly Line[]): number {
  return lines.length - new Set(lines.map(({ row }) => row)).size;
}

/** Returns the shifts of a row that are, in part, in the period. */
function targetsIn(row: PlannerRow, period: Period) {
  return targetsOf(row).filter(({ shift }) => isShown(period, intervalOfShift(shift)));
}

/** Returns the shift of a row whose start is nearest to a time. */
function shiftNear(row: PlannerRow, period: Period, near: number): Target | undefined {
  const distance = ({ shift }: { shift: { start: string } }) => Math.abs(Date.parse(shift.start) - near);
  return targetsIn(row, period).toSorted((one, other) => distance(one) - distance(other))[0]?.target;
}

/** Returns the bar that Tab reaches: the last focused one, or the first rendered one. */
function tabStopIn(
  lines: readonly Line[],
  active: string | null,
  period: Period,
  from: number,
  to: number,
): string | null {
  const rendered = lines.filter(({ top }) => top + rowHeight > from && top < to);
  const barsOf = ({ key, row }: Line) => targetsIn(row, period).map(({ target }) => barOf(key, target));
  const last = active === null ? undefined : rendered.find(({ key }) => active.startsWith(`${key}|`));
  if (active !== null && last && barsOf(last).includes(active)) return active;
  for (const line of rendered) {
    const [first] = barsOf(line);
    if (first) return first;
  }
  return null;
}

/** The lines between the days and at the current time: one element for all rows. */
function DayLines({
  period,
  now,
  isBehind,
}: {
  period: Period;
  now: number | null;
  /** Keeps the current time behind the bars, and so behind a sticky first column. */
  isBehind: boolean;
}) {
  const place = (start: number) => placeIn(period, { start, end: period.end })?.insetInlineStart;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 end-0"
      style={{ insetInlineStart: firstColumnWidth }}
    >
      {period.days.slice(1).map(({ day, start }) => (
        <span
          key={day}
          className="absolute inset-y-0 border-line border-s"
          style={{ insetInlineStart: place(start) }}
        />
      ))}
      {now !== null && (
        <span
          className={classes("absolute inset-y-0 w-px bg-danger", !isBehind && "z-10")}
          style={{ insetInlineStart: place(now) }}
        />
      )}
    </div>
  );
}
