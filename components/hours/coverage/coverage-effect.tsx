"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useCityOf } from "@/components/agents/profile/use-city-of";
import { costOf } from "@/components/hours/time-off/cost";
import { CostStrip } from "@/components/hours/time-off/cost-strip";
import { useFormatter, useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { classes } from "@/components/ui/classes";
import { Skeleton } from "@/components/ui/skeleton";
import { useDebounced } from "@/components/ui/use-debounced";
import type { CoveragePreview } from "@/lib/agents/coverage/changes-contract";
import { type CoverageDraft, coveragePreviewQuery } from "@/lib/agents/coverage/client/queries";
import { epochDay } from "@/lib/platform/time/calendar";
import { formatDay } from "@/lib/platform/time/format";
import { type Gap, gapsOf } from "./gaps";

/** Maximum number of gaps that are listed. */
const mostGaps = 3;
/** Maximum number of groups whose numbers are shown. */
const mostStrips = 2;

const icon = "mt-0.5 size-4 shrink-0";

/** The effect of unsaved changes on coverage, updated as they change. */
export function CoverageEffect({
  draft,
  until,
  isCompact = false,
}: {
  /** Null while there is nothing to preview. */
  draft: CoverageDraft | null;
  /** The last date of the preview, if the changes apply longer. */
  until?: string | undefined;
  /** Limits it to a line, without the numbers by hour. */
  isCompact?: boolean;
}) {
  const t = useTranslations("calendar.effect");
  const locale = useLocale();
  const { workspace } = useWorkspace();
  const text = draft ? JSON.stringify(draft) : "";
  const settled = useDebounced(text);
  const body = useMemo(() => (settled ? (JSON.parse(settled) as CoverageDraft) : null), [settled]);
  const { data, error, isPlaceholderData } = useQuery({
    ...coveragePreviewQuery(workspace.id, body ?? { changes: [] }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
  });
  const isOld = draft !== null && (isPlaceholderData || settled !== text);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label={t("title")}
      aria-busy={isOld || (draft !== null && !data && !error)}
      // The height is reserved, so that the layout does not shift when the numbers arrive.
      className={classes(
        "text-sm transition-opacity",
        isCompact ? "min-h-5" : draft !== null && "min-h-24",
        isOld && "opacity-60",
      )}
    >
      {draft === null ? (
        <p className="text-muted">{t("incomplete")}</p>
      ) : error ? (
        <p className="text-muted">{t("failed")}</p>
      ) : !data ? (
        <>
          <span className="sr-only">{t("loading")}</span>
          <Skeleton className="h-5 w-full max-w-80" />
        </>
      ) : isCompact ? (
        <EffectLine preview={data} />
      ) : (
        <EffectDetails preview={data} />
      )}
      {draft && until && !error && (
        <p className={classes("text-muted text-xs", !data && "invisible")}>
          {t("until", { date: formatDay(locale, epochDay(until), { day: "numeric", month: "long" }) })}
        </p>
      )}
    </div>
  );
}

/** Returns functions that describe gaps. */
function useGapWords(timezone: string) {
  const t = useTranslations("calendar.effect");
  const format = useFormatter();
  return ({ name, start, end, after, needed }: Gap): string => {
    const zone = { timeZone: timezone };
    const clock = { hour: "numeric", minute: "2-digit" } as const;
    const day = { weekday: "short", day: "numeric", month: "short" } as const;
    const isSameDay =
      format.dateTime(start, { ...zone, ...day }) === format.dateTime(end - 1, { ...zone, ...day });
    const when = t("range", {
      from: format.dateTime(start, { ...zone, ...day, ...clock }),
      to: format.dateTime(end, { ...zone, ...(isSameDay ? {} : day), ...clock }),
    });
    return t("gap", { name, when, after, needed });
  };
}

/** Returns the time zone of the numbers, if it isn't the reader's. */
function useZoneNote(timezone: string): string | undefined {
  const t = useTranslations("calendar.effect");
  const cityOf = useCityOf();
  return useViewerZone() === timezone ? undefined : t("zone", { zone: cityOf(timezone) });
}

interface Summary {
  icon: ReactNode;
  text: string;
  isBad: boolean;
}

function useSummary({ stretches }: CoveragePreview): Summary & { opened: Gap[] } {
  const t = useTranslations("calendar.effect");
  const { opened, closed, isTouched, hasNeeds } = useMemo(() => gapsOf({ stretches }), [stretches]);
  if (opened.length > 0)
    return {
      opened,
      icon: <TriangleAlert aria-hidden="true" className={classes(icon, "text-danger")} />,
      text: t("gaps", { count: opened.length }),
      isBad: true,
    };
  if (closed > 0 || hasNeeds)
    return {
      opened,
      icon: <CircleCheck aria-hidden="true" className={classes(icon, "text-success")} />,
      text: closed > 0 ? t("closed", { count: closed }) : t("noGaps"),
      isBad: false,
    };
  return {
    opened,
    icon: <Info aria-hidden="true" className={classes(icon, "text-muted")} />,
    text: isTouched ? t("noNeeds") : t("none"),
    isBad: false,
  };
}

function EffectLine({ preview }: { preview: CoveragePreview }) {
  const t = useTranslations("calendar.effect");
  const { icon: mark, text, isBad, opened } = useSummary(preview);
  const words = useGapWords(preview.timezone);
  const zone = useZoneNote(preview.timezone);
  const [first] = opened;
  return (
    <p role="status" className="flex items-start gap-2">
      {mark}
      <span className={classes("tabular-nums", !isBad && "text-muted")}>
        {first ? (
          <>
            <strong className="font-medium text-danger">{text}</strong> {words(first)}
            <span className="text-muted">
              {" "}
              {opened.length > 1 && t("more", { count: opened.length - 1 })} {zone && `(${zone})`}
            </span>
          </>
        ) : (
          text
        )}
      </span>
    </p>
  );
}

function EffectDetails({ preview }: { preview: CoveragePreview }) {
  const t = useTranslations("calendar.effect");
  const zone = useZoneNote(preview.timezone);
  const { icon: mark, text, isBad, opened } = useSummary(preview);
  const words = useGapWords(preview.timezone);
  const cost = useMemo(() => costOf(preview), [preview]);
  const needed = cost.groups.filter(({ cells }) => cells.some((cell) => cell.needed !== undefined));
  const shown = (needed.length > 0 ? needed : cost.groups).slice(0, needed.length > 0 ? mostStrips : 1);
  return (
    <div className="space-y-2">
      <div role="status" className="space-y-1">
        <p className="flex items-start gap-2">
          {mark}
          <span className={isBad ? "font-medium text-danger" : ""}>{text}</span>
        </p>
        {opened.length > 0 && (
          <ul className="space-y-0.5 ps-6 tabular-nums">
            {opened.slice(0, mostGaps).map((gap) => (
              <li key={gap.key}>{words(gap)}</li>
            ))}
            {opened.length > mostGaps && (
              <li className="text-muted">{t("more", { count: opened.length - mostGaps })}</li>
            )}
          </ul>
        )}
        {cost.leavesOneAlone && (
          <p className="flex items-start gap-2 text-warning">
            <TriangleAlert aria-hidden="true" className={icon} />
            {t("alone")}
          </p>
        )}
      </div>
      {shown.map((group) => (
        <CostStrip key={group.key} cost={cost} group={group} showsName />
      ))}
      {zone && shown.length > 0 && <p className="text-muted text-xs">{zone}</p>}
    </div>
  );
}
