"use client";

import { CalendarX2 } from "lucide-react";
import { Suspense, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { FilterButton, FilterChips } from "@/components/agents/list/filter-bar";
import { useFilterFields } from "@/components/agents/list/filter-fields";
import { SearchBox } from "@/components/agents/list/search-box";
import { useFacets } from "@/components/agents/list/use-facets";
import { dayAt } from "@/components/availability/timeline/day";
import { periodAround } from "@/components/coverage/period";
import { PeriodBar } from "@/components/coverage/period-bar";
import { LoadFailed, RefetchFailed } from "@/components/shell/load-failed";
import { useNow, useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { lazyPart } from "@/components/ui/lazy-part";
import { usePageKeys } from "@/components/ui/page-keys";
import { Skeleton } from "@/components/ui/skeleton";
import { useMedia } from "@/components/ui/use-media";
import { isFiltered } from "@/lib/agents/agents/client/list-state";
import { GroupField } from "./group-field";
import { Legend } from "./legend";
import { rowHeight } from "./lines";
import { mostGrouped, usePlanner } from "./use-planner";
import { usePlannerAddress } from "./use-planner-address";
import { ZoneField } from "./zone-field";

const Forbidden = lazyPart(async () => (await import("@/components/settings/kit/forbidden")).Forbidden);
const PlannerGrid = lazyPart(async () => (await import("./planner-grid")).PlannerGrid);
const DayList = lazyPart(async () => (await import("./day-list")).DayList);

/** The planner: who works when. */
export function PlannerPage() {
  const { can } = useWorkspace();
  // The server doesn't know the reader's clock and zone, on which the period depends.
  const isInBrowser = useMedia("all");
  if (!can("agents.read"))
    return (
      <Suspense>
        <Forbidden />
      </Suspense>
    );
  return isInBrowser ? <Planner /> : <PlannerSkeleton />;
}

function Planner() {
  const t = useTranslations("calendar.planner");
  const { can } = useWorkspace();
  const viewer = useViewerZone();
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const address = usePlannerAddress();
  const isPhone = useMedia("(max-width: 767px)");
  const { list } = address;
  const timezone = address.zone ?? viewer;
  const length = isPhone ? "day" : address.length;
  const today = dayAt(timezone, now);
  const day = address.day ?? today;
  const period = useMemo(() => periodAround(day, length, timezone), [day, length, timezone]);
  const planner = usePlanner(period, list, address.isGrouped);
  const facets = useFacets();
  const fields = useFilterFields(list.filters, facets);
  const [isFilterOpen, setFilterOpen] = useState(false);
  const searchRef = useRef<HTMLInputElement>(null);
  const boxRef = useRef<HTMLDivElement>(null);
  usePageKeys({ "/": () => searchRef.current?.focus(), f: () => setFilterOpen(true) });
  const filterProps = { fields, filters: list.filters, onFilter: list.filter };
  const { rows, groups, error } = planner;

  return (
    <div data-scrolls-itself="" className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 pt-3 pb-2 sm:px-6">
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        <PeriodBar
          period={period}
          length={length}
          today={today}
          onDay={address.goTo}
          onLength={address.show}
          fixedLength={isPhone}
        />
      </header>
      <div className="flex flex-wrap items-start gap-2 border-line border-b px-4 pb-3 sm:px-6">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 max-sm:basis-full">
          <SearchBox
            inputRef={searchRef}
            value={list.filters.text}
            onSearch={list.search}
            onEnter={() => boxRef.current?.querySelector<HTMLElement>("[data-bar][tabindex='0'], a")?.focus()}
          />
          <FilterButton
            {...filterProps}
            isPhone={isPhone}
            isOpen={isFilterOpen}
            onOpenChange={setFilterOpen}
          />
          <FilterChips {...filterProps} onClear={list.clear} />
        </div>
        <GroupField isGrouped={address.isGrouped} onChange={address.group} />
        <ZoneField rows={rows} value={address.zone} onChange={address.readIn} />
      </div>
      {planner.isTooLong && (
        <p role="status" className="border-line border-b px-4 py-2 text-muted text-sm sm:px-6">
          {t("tooLong", { count: planner.total, most: mostGrouped })}
        </p>
      )}
      {rows && (error ?? planner.coverageError) && (
        <RefetchFailed text={t("stale")} error={error ?? planner.coverageError} onRetry={planner.retry} />
      )}
      <div ref={boxRef} className="flex min-h-0 flex-1 flex-col">
        {!groups && error ? (
          <LoadFailed title={t("failed")} error={error} onRetry={planner.retry} />
        ) : !rows || !groups ? (
          <RowsSkeleton />
        ) : rows.length === 0 && !planner.isUpdating ? (
          <NoRows isFiltered={isFiltered(list.filters)} onClear={list.clear} />
        ) : (
          <Suspense fallback={<RowsSkeleton />}>
            {isPhone ? (
              <DayList groups={groups} period={period} onMore={planner.more} />
            ) : (
              <PlannerGrid
                groups={groups}
                total={planner.total}
                period={period}
                now={now}
                numbers={planner.numbers}
                teamNumbers={planner.teamNumbers}
                canWrite={can("calendar.write")}
                isUpdating={planner.isUpdating}
                onMore={planner.more}
              />
            )}
          </Suspense>
        )}
      </div>
      <Legend canWrite={can("calendar.write") && !isPhone} />
    </div>
  );
}

function NoRows({ isFiltered: narrowed, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const t = useTranslations("calendar.planner");
  return (
    <EmptyState
      icon={<CalendarX2 className="size-5" />}
      title={t(narrowed ? "noMatches" : "nobody")}
      action={narrowed && <Button onPress={onClear}>{t("clear")}</Button>}
    >
      {t(narrowed ? "noMatchesText" : "nobodyText")}
    </EmptyState>
  );
}

function PlannerSkeleton() {
  const t = useTranslations("calendar.planner");
  return (
    <div data-scrolls-itself="" className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 pt-3 pb-2 sm:px-6">
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        <div className="h-8 max-sm:h-10" />
      </header>
      <div className="h-11 border-line border-b" />
      <RowsSkeleton />
    </div>
  );
}

function RowsSkeleton() {
  const ui = useTranslations("ui");
  return (
    <div role="status" aria-label={ui("loading")} className="min-h-0 flex-1 animate-pulse overflow-hidden">
      <div className="h-21 border-line border-b max-md:hidden" />
      {Array.from({ length: 20 }, (_, row) => row).map((row) => (
        <div
          key={row}
          className="flex items-center gap-6 border-line border-b px-3"
          style={{ height: rowHeight }}
        >
          <Skeleton className="h-3 w-36 shrink-0" />
          <Skeleton className="h-5 w-full" />
        </div>
      ))}
    </div>
  );
}
