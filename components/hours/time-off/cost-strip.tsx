"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { classes } from "@/components/ui/classes";
import { Skeleton } from "@/components/ui/skeleton";
import { timeOffPreviewQuery } from "@/lib/agents/coverage/client/queries";
import { type Cost, type CostCell, costOf, type GroupCost, levelOf } from "./cost";
import { endsLater, type OffTime } from "./days";

/** Maximum number of groups with a strip. The others are only counted. */
const mostGroups = 3;

const looks = {
  short: "bg-danger-soft text-danger ring-danger/60",
  tight: "bg-warning-soft text-warning ring-warning/40",
  enough: "bg-success-soft text-success ring-transparent",
  none: "bg-sunken text-ink ring-transparent",
};

/** Query of the effect of time off on coverage. Without an agent, for the reader's own. */
export function costQuery(
  workspaceId: string,
  agentId: string | undefined,
  { startDate, endDate, startTime, endTime }: OffTime,
) {
  const body = {
    ...(agentId === undefined ? {} : { agentId }),
    startDate,
    endDate,
    ...(startTime ? { startTime } : {}),
    ...(endTime ? { endTime } : {}),
  };
  return {
    ...timeOffPreviewQuery(workspaceId, body),
    enabled: endsLater({ startDate, endDate, startTime, endTime }),
  };
}

/** The effect of time off on coverage: a sentence, and the lowest number of agents by hour. */
export function CostOf({
  agentId,
  time,
  isOutdated = false,
  mostShown = mostGroups,
  reservesSpace = true,
}: {
  /** Omit for the reader's own agent. */
  agentId?: string | undefined;
  time: OffTime;
  /** Whether `time` is about to change, because the input differs from it. */
  isOutdated?: boolean;
  mostShown?: number;
  /** Keeps the height of a sentence and a strip, to avoid a layout shift when the time changes. */
  reservesSpace?: boolean;
}) {
  const t = useTranslations("calendar.timeOff.cost");
  const { workspace } = useWorkspace();
  const { data, error, isPlaceholderData } = useQuery({
    ...costQuery(workspace.id, agentId, time),
    placeholderData: keepPreviousData,
  });
  const isOld = isOutdated || isPlaceholderData;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label={t("title")}
      aria-busy={isOld || (!data && !error)}
      className={classes("transition-opacity", reservesSpace && "min-h-24", isOld && "opacity-60")}
    >
      {data ? (
        <CostText cost={costOf(data)} mostShown={mostShown} />
      ) : error ? (
        <p className="text-muted text-sm">{t("failed")}</p>
      ) : (
        <div className="space-y-2">
          <span className="sr-only">{t("loading")}</span>
          <Skeleton className="h-5 w-full max-w-80" />
          <Skeleton className="h-12 w-full max-w-96" />
        </div>
      )}
    </div>
  );
}

function CostText({ cost, mostShown }: { cost: Cost; mostShown: number }) {
  const t = useTranslations("calendar.timeOff.cost");
  const sentence = useSentence(cost);
  const [first] = cost.groups;
  if (!first)
    return (
      <p role="status" className="flex items-start gap-2 text-muted text-sm">
        <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {t("noHours")}
      </p>
    );
  const level = levelOf(first.worst);
  const isBad = first.added > 0;
  const Icon = isBad ? TriangleAlert : level === "enough" || level === "tight" ? CircleCheck : Info;
  const color = isBad ? "text-danger" : level === "enough" ? "text-success" : "text-muted";
  return (
    <div className="space-y-2">
      <div role="status" className="space-y-1 text-sm">
        <p className="flex items-start gap-2">
          <Icon aria-hidden="true" className={classes("mt-0.5 size-4 shrink-0", color)} />
          <span className={isBad ? "font-medium text-danger" : ""}>{sentence(first)}</span>
        </p>
        {cost.leavesOneAlone && (
          <p className="flex items-start gap-2 text-warning">
            <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {t("alone")}
          </p>
        )}
      </div>
      {cost.groups.slice(0, mostShown).map((group) => (
        <CostStrip key={group.key} cost={cost} group={group} showsName={cost.groups.length > 1} />
      ))}
      {cost.groups.length > mostShown && (
        <p className="text-muted text-xs">{t("moreGroups", { count: cost.groups.length - mostShown })}</p>
      )}
    </div>
  );
}

function useSentence({ timezone, unit }: Cost) {
  const t = useTranslations("calendar.timeOff.cost");
  const format = useFormatter();
  const day = { timeZone: timezone, weekday: "short", day: "numeric", month: "short" } as const;
  return ({ name, worst, added }: GroupCost): string => {
    const date = format.dateTime(worst.start, day);
    const when =
      unit === "day"
        ? t("onDay", { date })
        : t("atTime", {
            date,
            time: format.dateTime(worst.start, { timeZone: timezone, timeStyle: "short" }),
          });
    const { after, needed } = worst;
    if (needed === undefined) return t("noNeed", { after, when });
    const values = { name, after, needed, when };
    if (added > 0) return t("short", values);
    switch (levelOf(worst)) {
      case "short":
        return t("alreadyShort", values);
      case "tight":
        return t("tight", values);
      default:
        return t("enough", values);
    }
  };
}

function byDate(cells: readonly CostCell[], dateOf: (cell: CostCell) => string): CostCell[][] {
  const rows = new Map<string, CostCell[]>();
  for (const cell of cells) rows.set(dateOf(cell), [...(rows.get(dateOf(cell)) ?? []), cell]);
  return [...rows.values()];
}

/** The numbers of a group. Color and "!" repeat the text for screen readers. */
export function CostStrip({
  cost: { timezone, unit },
  group: { name, cells },
  showsName,
}: {
  cost: Cost;
  group: GroupCost;
  showsName: boolean;
}) {
  const t = useTranslations("calendar.timeOff.cost");
  const format = useFormatter();
  const zone = { timeZone: timezone };
  const dateOf = ({ start }: CostCell) =>
    format.dateTime(start, { ...zone, weekday: "short", day: "numeric", month: "short" });
  const rows = unit === "day" ? [cells] : byDate(cells, dateOf);

  function words(cell: CostCell): string {
    const { start, after, needed, missing } = cell;
    const clock = { ...zone, hour: "numeric", minute: "2-digit" } as const;
    const time = unit === "day" ? dateOf(cell) : format.dateTime(start, clock);
    if (needed === undefined) return t("cellPlain", { time, after });
    return missing > 0
      ? t("cellShort", { time, after, needed, missing })
      : t("cell", { time, after, needed });
  }

  /** German adds "Uhr" to the hour, which doesn't fit. */
  const shortTime = (start: number) =>
    unit === "day"
      ? format.dateTime(start, { ...zone, day: "numeric", month: "numeric" })
      : format.dateTime(start, { ...zone, hour: "numeric" }).replace(/ Uhr$/, "");

  return (
    <div>
      {showsName && (
        <p aria-hidden="true" className="truncate pb-0.5 text-muted text-xs">
          {name}
        </p>
      )}
      {rows.map((row) => {
        const [first] = row;
        const date = first && rows.length > 1 ? dateOf(first) : undefined;
        return (
          <div key={first?.start}>
            {date && <p className="pt-1 text-muted text-xs">{date}</p>}
            <ol
              aria-label={t(unit === "day" ? "stripByDay" : "strip", { name })}
              className="flex flex-wrap gap-x-0.5 gap-y-1 text-center text-xs tabular-nums"
            >
              {row.map((cell) => (
                <li key={cell.start} className="min-w-10 shrink-0">
                  <span className="sr-only">{words(cell)}</span>
                  <span aria-hidden="true">
                    <span
                      className={classes(
                        "flex h-6 items-center justify-center rounded px-1 font-medium ring-1 ring-inset",
                        looks[levelOf(cell)],
                      )}
                    >
                      {cell.missing > 0 && "!"}
                      {format.number(cell.after)}
                      {cell.needed !== undefined && `/${format.number(cell.needed)}`}
                    </span>
                    <span className="block whitespace-nowrap px-0.5 pt-0.5 text-muted">
                      {shortTime(cell.start)}
                    </span>
                  </span>
                </li>
              ))}
            </ol>
          </div>
        );
      })}
    </div>
  );
}
