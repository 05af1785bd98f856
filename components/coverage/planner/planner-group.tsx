"use client";

import { memo } from "react";
import { useTranslations } from "use-intl";
import type { Period } from "@/components/coverage/period";
import { classes } from "@/components/ui/classes";
import { CoverageStrip } from "./coverage-strip";
import { type DraftStore, useDraftInTeam } from "./draft-store";
import { GroupCount } from "./group-count";
import { headingHeight, type PlacedGroup, rowHeight } from "./lines";
import { type Numbers, withHours } from "./numbers";
import { Cell, firstColumn, Row, RowHeader, Rows } from "./parts";
import { PlannerRowView, type RowActions } from "./planner-row";
import type { ShiftWords } from "./use-words";

/** The rows of a team, or of all agents, under a heading that stays in view. */
export const PlannerGroup = memo(function PlannerGroup({
  placed: { group, height, heading, index },
  first,
  last,
  stickAt,
  numbers,
  tabStop,
  ...rowProps
}: {
  placed: PlacedGroup;
  /** The rows to render, without `last`. */
  first: number;
  last: number;
  /** Distance of a sticky heading from the top of the box. */
  stickAt: number;
  /** The team's coverage. */
  numbers: Numbers | undefined;
  tabStop: string | null;
  period: Period;
  width: number;
  canWrite: boolean;
  words: ShiftWords;
  store: DraftStore;
  actions: RowActions;
}) {
  return (
    <Rows className="relative" style={{ height }}>
      {heading > 0 && (
        <Row
          aria-rowindex={index + 2}
          style={{ height: headingHeight, top: stickAt }}
          className="sticky z-20 flex bg-sunken"
        >
          <Heading
            team={group.team}
            count={group.rows.length}
            numbers={numbers}
            period={rowProps.period}
            store={rowProps.store}
          />
        </Row>
      )}
      {group.rows.slice(first, last).map((row, offset) => {
        const rowKey = `${group.key}|${row.agentId}`;
        return (
          <PlannerRowView
            key={rowKey}
            row={row}
            rowKey={rowKey}
            index={index + (heading > 0 ? 1 : 0) + first + offset + 2}
            top={heading + (first + offset) * rowHeight}
            tabStop={tabStop?.startsWith(`${rowKey}|`) ? tabStop : null}
            {...rowProps}
          />
        );
      })}
    </Rows>
  );
});

const Heading = memo(function Heading({
  team,
  count,
  numbers,
  period,
  store,
}: {
  team: { id: string; name: string } | null | undefined;
  count: number;
  numbers: Numbers | undefined;
  period: Period;
  store: DraftStore;
}) {
  const t = useTranslations("calendar.planner");
  const moved = useDraftInTeam(store, team?.id);
  const after = numbers && moved ? withHours(numbers, moved.before, moved.after) : undefined;
  return (
    <>
      <RowHeader className={classes(firstColumn, "flex items-center gap-2 bg-sunken text-sm")}>
        <span dir="auto" className="min-w-0 truncate font-semibold">
          {team?.name ?? t("noTeam")}
        </span>
        <GroupCount count={count} />
      </RowHeader>
      <Cell className="min-w-0 flex-1 border-line border-b pt-1">
        {team && (
          <CoverageStrip
            numbers={after ?? numbers}
            before={after && numbers}
            period={period}
            height={headingHeight - 5}
          />
        )}
      </Cell>
    </>
  );
});
