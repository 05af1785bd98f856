"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, Suspense, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { dayAt } from "@/components/availability/timeline/day";
import { periodAround } from "@/components/coverage/period";
import { PeriodBar } from "@/components/coverage/period-bar";
import { PageProvider } from "@/components/settings/kit/page-context";
import { usePanelState } from "@/components/settings/kit/panel-state";
import { AddressState } from "@/components/shell/address-state";
import { LoadFailed, RefetchFailed } from "@/components/shell/load-failed";
import { useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { lazyPart } from "@/components/ui/lazy-part";
import { Segment, Segmented } from "@/components/ui/segmented";
import { useMedia } from "@/components/ui/use-media";
import { coverageQuery } from "@/lib/agents/coverage/client/queries";
import { coverageGroupings } from "@/lib/agents/coverage/values";
import { isoDate } from "@/lib/platform/time/calendar";
import { zoneName } from "@/lib/platform/time/format";
import { Findings } from "./findings";
import { HeatMap, HeatMapSkeleton } from "./heat-map";
import { Needs } from "./needs";
import { Risks } from "./risks";
import { steps, useCoverageAddress } from "./use-coverage-address";

const Forbidden = lazyPart(async () => (await import("@/components/settings/kit/forbidden")).Forbidden);

/** The coverage page: whether enough agents are scheduled. */
export function CoveragePage() {
  const { can } = useWorkspace();
  return can("agents.read") ? (
    <AddressState>
      <ReadableCoverage />
    </AddressState>
  ) : (
    <Suspense>
      <Forbidden />
    </Suspense>
  );
}

function ReadableCoverage() {
  const panel = usePanelState();
  const [dialog, show] = useState<ReactNode>();
  // The server doesn't know the reader's clock, on which the period depends.
  const isInBrowser = useMedia("all");
  return (
    <PageProvider value={{ panel, show, close: () => show(undefined) }}>
      {isInBrowser && <Numbers />}
      {dialog}
    </PageProvider>
  );
}

function Numbers() {
  const t = useTranslations("calendar.coverage");
  const { workspace } = useWorkspace();
  const { timezone } = workspace;
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const { length, by, step, day: asked, ...address } = useCoverageAddress();
  const today = dayAt(timezone, now);
  const day = asked ?? today;
  const period = useMemo(() => periodAround(day, length, timezone), [day, length, timezone]);
  const range = { from: isoDate(period.first), to: isoDate(period.last) };
  const answer = useQuery({
    ...coverageQuery(workspace.id, { ...range, step, groupBy: by }),
    placeholderData: (before) => (before?.step === Number(step) ? before : undefined),
  });
  const { data, error, refetch } = answer;
  const retry = () => void refetch();
  return (
    <div className="flex min-h-full flex-col bg-canvas pb-10">
      <header className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 pt-4 pb-3 sm:px-6">
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        <PeriodBar
          period={period}
          length={length}
          today={today}
          onDay={address.goTo}
          onLength={address.show}
        />
        <p className="text-muted text-sm">{t("zone", { zone: zoneName(timezone) })}</p>
      </header>
      {data && error && <RefetchFailed text={t("stale")} error={error} onRetry={retry} />}
      <div className="flex flex-col gap-4 sm:px-6">
        <section
          aria-label={t("heatMap")}
          className="overflow-hidden border-line border-y bg-surface sm:rounded-xl sm:border-x"
        >
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5">
            <Segmented
              label={t("groupBy")}
              hideLabel
              value={by}
              onChange={(value) => {
                const chosen = coverageGroupings.find((each) => each === value);
                if (chosen) address.groupBy(chosen);
              }}
            >
              {coverageGroupings.map((each) => (
                <Segment key={each} value={each}>
                  {t(`by.${each}`)}
                </Segment>
              ))}
            </Segmented>
            <Segmented
              label={t("step")}
              hideLabel
              value={step}
              onChange={(value) => {
                const chosen = steps.find((each) => each === value);
                if (chosen) address.setStep(chosen);
              }}
            >
              {steps.map((each) => (
                <Segment key={each} value={each}>
                  {t("minutes", { count: Number(each) })}
                </Segment>
              ))}
            </Segmented>
            <p className="text-muted text-sm max-lg:hidden">{t("signs")}</p>
          </div>
          {!data && error ? (
            <LoadFailed title={t("failed")} error={error} onRetry={retry} />
          ) : (
            <div
              className="overflow-x-auto focus-visible:outline-2 focus-visible:outline-accent"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by key, too.
              tabIndex={0}
            >
              {data ? (
                <HeatMap coverage={data} period={period} isUpdating={answer.isPlaceholderData} />
              ) : (
                <HeatMapSkeleton days={length === "week" ? 7 : 1} />
              )}
            </div>
          )}
        </section>
        {/* Waits for the heat map, whose unknown height would cause a layout shift. */}
        {(data || error) && (
          <div className="grid items-start gap-4 lg:grid-cols-3">
            <Needs />
            <Risks {...range} />
            <Findings />
          </div>
        )}
      </div>
    </div>
  );
}
