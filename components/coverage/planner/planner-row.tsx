"use client";

import { PartyPopper } from "lucide-react";
import Link from "next/link";
import { type CSSProperties, type KeyboardEvent, memo, type PointerEvent, useMemo } from "react";
import { useTranslations } from "use-intl";
import { localDay } from "@/components/availability/timeline/day";
import type { Period } from "@/components/coverage/period";
import { useWorkspace } from "@/components/shell/workspace-context";
import { classes } from "@/components/ui/classes";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import { zoneName } from "@/lib/platform/time/format";
import type { Interval } from "@/lib/platform/time/interval";
import { canMove, isDisjoint, keyOf, spansWith, type Target } from "./draft";
import { type DraftStore, useDraftOf } from "./draft-store";
import { rowHeight } from "./lines";
import { hatched, sourceIcons, sourceLooks } from "./looks";
import { Cell, firstColumn, Row, RowHeader } from "./parts";
import { absencesOf, holidaysOf, intervalOf, intervalOfShift, type RowShift, zoneOn } from "./row-hours";
import { textWidth } from "./text-width";
import type { ShiftWords } from "./use-words";

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** Returns the position of an interval in the period; null if it is outside. */
export function placeIn(period: Interval, interval: Interval): CSSProperties | null {
  const shares = sharesOf(period, interval);
  return shares && { insetInlineStart: percent(shares.from), width: percent(shares.to - shares.from) };
}

function sharesOf(period: Interval, { start, end }: Interval): { from: number; to: number } | null {
  const length = period.end - period.start;
  const from = Math.max(0, (start - period.start) / length);
  const to = Math.min(1, (end - period.start) / length);
  return from < to ? { from, to } : null;
}

export interface RowActions {
  drag: (event: PointerEvent<HTMLElement>, row: PlannerRow, target: Target) => void;
  pick: (row: PlannerRow, target: Target) => void;
  press: (event: KeyboardEvent<HTMLElement>, rowKey: string, row: PlannerRow, target: Target) => void;
  /** A bar is focused. */
  focus: (bar: string) => void;
  blur: () => void;
}

/** Returns the identifier of a bar; an agent of several teams has a row, and so a bar, in each. */
export const barOf = (rowKey: string, target: Target) => `${rowKey}|${keyOf(target)}`;

/** An agent's shifts, time off and holidays in the period. */
export const PlannerRowView = memo(function PlannerRowView({
  row,
  rowKey,
  index,
  top,
  period,
  width,
  tabStop,
  canWrite,
  words,
  store,
  actions,
}: {
  row: PlannerRow;
  rowKey: string;
  /** Index among all rows of the table, from 1. */
  index: number;
  /** Distance from the top of the group in pixels. */
  top: number;
  period: Period;
  /** Width of the days in pixels. */
  width: number;
  /** The bar that Tab reaches, if it is in this row. */
  tabStop: string | null;
  canWrite: boolean;
  words: ShiftWords;
  store: DraftStore;
  actions: RowActions;
}) {
  const t = useTranslations("calendar.planner");
  const { href } = useWorkspace();
  const absences = useMemo(() => absencesOf(row), [row]);
  const holidays = useMemo(() => holidaysOf(row), [row]);
  const targets = useMemo(() => targetsOf(row), [row]);

  return (
    <Row
      aria-rowindex={index}
      style={{ height: rowHeight, top }}
      className="group/row absolute inset-x-0 flex [contain:size_layout_style]"
    >
      <RowHeader
        className={classes(firstColumn, "flex flex-col justify-center bg-surface group-hover/row:bg-hover")}
      >
        <Link
          href={href(`/agents/${row.agentId}?tab=schedule`)}
          prefetch={false}
          className="block truncate rounded-sm font-medium hover:underline focus-visible:outline-2 focus-visible:outline-accent"
        >
          <bdi>{row.name}</bdi>
        </Link>
        {row.timezone !== period.timezone && (
          <span className="block truncate text-muted text-xs">{zoneName(row.timezone)}</span>
        )}
      </RowHeader>
      <Cell className="min-w-0 flex-1 border-line border-b group-hover/row:bg-hover/50">
        <div data-track="" className="relative h-full">
          {holidays.map(({ day, date, name }) => {
            const style = placeIn(period, localDay(zoneOn(row, date), day));
            return (
              style && (
                <span
                  key={`${day}${name}`}
                  role="img"
                  aria-label={t("holiday", { name, date: words.date(day) })}
                  title={name}
                  style={style}
                  className="absolute inset-y-0 flex items-start gap-1 overflow-hidden bg-pressed/50 px-1 pt-0.5 text-muted text-xs"
                >
                  <PartyPopper aria-hidden="true" className="size-3 shrink-0" />
                  <span dir="auto" className="truncate">
                    {name}
                  </span>
                </span>
              )
            );
          })}
          {absences.map(({ timeOff, ...interval }) => {
            const style = placeIn(period, interval);
            const isRequested = timeOff.state === "requested";
            const text = timeOff.publicNote ?? t(isRequested ? "requested" : "timeOff");
            return (
              style && (
                <span
                  key={timeOff.id}
                  role="img"
                  aria-label={text}
                  title={text}
                  style={isRequested ? style : { ...style, background: hatched }}
                  className={classes(
                    "absolute inset-y-1 flex items-center overflow-hidden rounded border border-line-strong px-1 text-ink text-xs forced-color-adjust-none",
                    isRequested && "border-dashed",
                  )}
                >
                  <span dir="auto" className="truncate rounded-sm bg-surface/80 px-1">
                    {text}
                  </span>
                </span>
              )
            );
          })}
          {targets.map(({ shift, target }) => {
            const bar = barOf(rowKey, target);
            return (
              <Bar
                key={bar}
                bar={bar}
                rowKey={rowKey}
                row={row}
                shift={shift}
                target={target}
                period={period}
                width={width}
                isTabStop={tabStop === bar}
                canWrite={canWrite}
                words={words}
                store={store}
                actions={actions}
              />
            );
          })}
        </div>
      </Cell>
    </Row>
  );
});

/** Returns the shifts of a row with their targets. */
export function targetsOf(row: PlannerRow): { shift: RowShift; target: Target }[] {
  const counts = new Map<string, number>();
  return row.shifts.map((shift) => {
    const index = counts.get(shift.date) ?? 0;
    counts.set(shift.date, index + 1);
    return { shift, target: { agentId: row.agentId, date: shift.date, index } };
  });
}

/** Width in pixels of a bar's border and padding, and of its icon with the gap after it. */
const frame = 10;
const iconWidth = 16;
/** Least width in pixels that is worth a name. */
const leastName = 32;

/** Returns the text that fits into a bar: both times with the name, both times, the start, or nothing. */
function textThatFits(words: ShiftWords, shift: RowShift, timezone: string, room: number) {
  const times = words.times(shift, timezone);
  const rest = room - textWidth(times);
  if (rest >= 0) return { text: times, name: rest >= leastName ? shift.name : undefined };
  const shorter = [words.start(shift, timezone), words.shortest(shift, timezone)];
  return { text: shorter.find((each) => textWidth(each) <= room) ?? "" };
}

const Bar = memo(function Bar({
  bar,
  rowKey,
  row,
  shift,
  target,
  period,
  width,
  isTabStop,
  canWrite,
  words,
  store,
  actions,
}: {
  bar: string;
  rowKey: string;
  row: PlannerRow;
  shift: RowShift;
  target: Target;
  period: Period;
  width: number;
  isTabStop: boolean;
  canWrite: boolean;
  words: ShiftWords;
  store: DraftStore;
  actions: RowActions;
}) {
  const draft = useDraftOf(store, keyOf(target));
  const label = useMemo(() => words.whole(row, shift, period.timezone), [words, row, shift, period.timezone]);
  const interval = draft ? intervalOf(row, draft.date, draft.span) : intervalOfShift(shift);
  const shares = interval && sharesOf(period, interval);
  if (!shares) return null;
  const room = (shares.to - shares.from) * width - frame;
  const Icon = room >= iconWidth ? sourceIcons[shift.source] : null;
  const { text, name } = draft
    ? { text: words.span(draft.span), name: undefined }
    : textThatFits(words, shift, period.timezone, room - (Icon ? iconWidth : 0));
  const isWrong = draft !== null && !isDisjoint(spansWith(row, draft));
  const style = { insetInlineStart: percent(shares.from), width: percent(shares.to - shares.from) };
  const look = classes(
    "absolute inset-y-1.5 flex items-center gap-1 whitespace-nowrap rounded border px-1 text-xs tabular-nums forced-color-adjust-none",
    draft && "overflow-hidden",
    sourceLooks[shift.source],
  );
  const content = (
    <>
      {Icon && <Icon aria-hidden="true" className="size-3 shrink-0" />}
      {text}
      {name && (
        <span dir="auto" className="min-w-0 truncate">
          · {name}
        </span>
      )}
    </>
  );
  if (!canWrite)
    return (
      <span role="img" aria-label={label} title={label} style={style} className={look}>
        {content}
      </span>
    );
  return (
    <button
      type="button"
      data-bar={bar}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={label}
      aria-disabled={canMove(row, shift.date) ? undefined : true}
      title={draft ? undefined : label}
      style={style}
      onPointerDown={(event) => actions.drag(event, row, target)}
      onClick={() => actions.pick(row, target)}
      onKeyDown={(event) => actions.press(event, rowKey, row, target)}
      onFocus={() => actions.focus(bar)}
      onBlur={actions.blur}
      className={classes(
        look,
        "select-none focus-visible:z-10 focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-1",
        resizeCursors,
        draft ? "z-10 cursor-grabbing shadow-raised ring-2" : "cursor-grab",
        draft && (isWrong ? "ring-danger" : "ring-accent"),
      )}
    >
      {content}
    </button>
  );
});

/** The cursor over the ends, which resize the bar. Only a hovered bar has these elements. */
const resizeCursors =
  "hover:before:absolute hover:before:inset-y-0 hover:before:start-0 hover:before:w-2 hover:before:cursor-ew-resize hover:after:absolute hover:after:inset-y-0 hover:after:end-0 hover:after:w-2 hover:after:cursor-ew-resize";
