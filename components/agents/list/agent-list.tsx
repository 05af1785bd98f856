"use client";

import { Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { usePresets } from "@/components/availability/use-presets";
import { useSetAvailability } from "@/components/availability/use-set-availability";
import { useWorkspace } from "@/components/shell/workspace-context";
import { lazyPart } from "@/components/ui/lazy-part";
import { useMedia, useOnline } from "@/components/ui/use-media";
import { isFiltered } from "@/lib/agents/agents/client/list-state";
import type { Agent } from "@/lib/agents/agents/contract";
import { AgentCards } from "./agent-cards";
import { AgentTable, RoleNames } from "./agent-table";
import { Verdicts } from "./can-take-cell";
import { DisplayMenu } from "./display-menu";
import { FilterButton, FilterChips } from "./filter-bar";
import { useFilterFields } from "./filter-fields";
import { ListFooter } from "./list-footer";
import { ListHeader } from "./list-header";
import { ListFailed, ListSkeleton, StaleBanner } from "./list-states";
import { SearchBox } from "./search-box";
import { useAgentPage } from "./use-agent-page";
import { useEnterList } from "./use-enter-list";
import { useFacets } from "./use-facets";
import { useKeptPlace } from "./use-kept-place";
import { useLayout } from "./use-layout";
import { useListKeys } from "./use-list-keys";
import { useListState } from "./use-list-state";
import { useSelection } from "./use-selection";
import { useVerdicts } from "./use-verdicts";
import { useViews } from "./use-views";

const BulkBar = lazyPart(async () => (await import("./bulk-bar")).BulkBar);
const ExportDialog = lazyPart(async () => (await import("./export-dialog")).ExportDialog);
const NoAgents = lazyPart(async () => (await import("./no-agents")).NoAgents);
const CreateAgentDialog = lazyPart(async () => (await import("../create-agent-dialog")).CreateAgentDialog);

const nobody: readonly Agent[] = [];

/** The agent list with search, filters, sorting, and single and bulk edits. */
export function AgentList() {
  const t = useTranslations("agents");
  const { can, agentId } = useWorkspace();
  const list = useListState();
  const agentPage = useAgentPage(list);
  const facets = useFacets();
  const fields = useFilterFields(list.filters, facets);
  const layout = useLayout(list);
  const isPhone = useMedia("(max-width: 767px)");
  const isOnline = useOnline();
  // Preloads the code before a row's menu opens.
  usePresets();
  const setAvailability = useSetAvailability(useCallback((name) => t("statusFailed", { name }), [t]));
  const views = useViews(layout);
  const [isFilterOpen, setFilterOpen] = useState(false);
  const [isExporting, setExporting] = useState(false);

  const searchRef = useRef<HTMLInputElement>(null);
  const tableRef = useRef<HTMLElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const { data, error } = agentPage;
  const rows = data?.results ?? nobody;
  const selection = useSelection(rows);
  const verdicts = useVerdicts(rows, data?.readAt ?? 0);
  const selects = (
    ["availability.write", "agents.write", "agents.delete", "settings.write", "calendar.write"] as const
  ).some(can);

  const canSetStatus = useCallback(
    (agent: Agent) => can("availability.write") || (agent.id === agentId && can("own.write")),
    [can, agentId],
  );
  // The bar stays mounted once shown: a running bulk edit or its undo outlives the selection.
  const [hasSelected, setSelected] = useState(false);
  if (selection.chosen.size > 0 && !hasSelected) setSelected(true);

  const { page } = agentPage;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is read from its top.
  useEffect(() => {
    // In braces, because `scrollTo` returns a promise in some browsers, which React would take for a cleanup
    // function.
    tableRef.current?.scrollTo({ top: 0 });
  }, [page]);

  useListKeys(tableRef, {
    onSearch: () => searchRef.current?.focus(),
    onFilter: () => setFilterOpen(true),
    onBack: agentPage.back,
    onNext: agentPage.next,
  });

  const enterList = useEnterList(listRef, !agentPage.isUpdating && data !== undefined);

  useKeptPlace(listRef, rows, {
    isReady: !agentPage.isUpdating && data !== undefined,
    isPhone,
    density: layout.density,
  });

  const filterProps = { fields, filters: list.filters, onFilter: list.filter };
  const narrowed = isFiltered(list.filters);
  const create = can("agents.write") ? () => list.showNew(true) : null;
  const shared = {
    agents: rows,
    readAt: data?.readAt ?? 0,
    selection: selects ? selection : null,
    canSetStatus,
    onAvailability: setAvailability,
    isUpdating: agentPage.isUpdating,
  };

  return (
    <div data-scrolls-itself="" className="relative flex h-full min-h-0 flex-col">
      <ListHeader total={data?.total} views={views} onExport={() => setExporting(true)} onCreate={create} />
      <div className="flex items-start gap-2 border-line border-b px-4 pb-3 sm:px-6">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
          <SearchBox
            inputRef={searchRef}
            value={list.filters.text}
            onSearch={list.search}
            onEnter={enterList}
          />
          <FilterButton
            {...filterProps}
            isPhone={isPhone}
            isOpen={isFilterOpen}
            onOpenChange={setFilterOpen}
          />
          <FilterChips {...filterProps} onClear={list.clear} />
        </div>
        <div className="hidden shrink-0 items-center gap-1 md:flex">
          <DisplayMenu
            columns={layout.columns}
            density={layout.density}
            onColumns={layout.setColumns}
            onDensity={layout.setDensity}
          />
        </div>
      </div>
      {data && (
        <StaleBanner error={error} isOffline={!isOnline} readAt={data.readAt} onRetry={agentPage.retry} />
      )}
      <Verdicts value={verdicts}>
        <RoleNames value={facets.roleNames}>
          <div ref={listRef} className="min-h-0 flex-1">
            {!data && error ? (
              <ListFailed error={error} onRetry={agentPage.retry} />
            ) : !data ? (
              <ListSkeleton density={layout.density} />
            ) : rows.length === 0 && !agentPage.isUpdating ? (
              <Suspense>
                <NoAgents isFiltered={narrowed} onClear={list.clear} onCreate={create} />
              </Suspense>
            ) : isPhone ? (
              <AgentCards {...shared} />
            ) : (
              <AgentTable
                {...shared}
                columns={layout.columns}
                density={layout.density}
                order={list.order}
                onOrder={list.sortBy}
                tableRef={tableRef}
              />
            )}
          </div>
        </RoleNames>
      </Verdicts>
      <ListFooter agentPage={agentPage} />
      <Suspense>
        {hasSelected && selects && <BulkBar selection={selection} />}
        {create && list.place.isNew && <CreateAgentDialog onClose={() => list.showNew(false)} />}
        {isExporting && (
          <ExportDialog
            query={agentPage.query}
            total={data?.total ?? 0}
            roleNames={facets.roleNames}
            onClose={() => setExporting(false)}
          />
        )}
      </Suspense>
    </div>
  );
}
