"use client";

import { Plus, SearchX } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { type ReactNode, useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { sections } from "@/components/settings/sections";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/search-field";
import { foldText } from "@/lib/platform/text/text-folding";
import { Failed } from "./failed";
import { usePage } from "./page-context";
import type { Named, ResourceName, ResourceTable } from "./resource";
import { SettingsTable, SettingsTableSkeleton } from "./settings-table";

/** Number of rows above which a search field is shown. */
const glance = 8;

/** Number of rows rendered initially and per "Show more": a workspace may have thousands of people. */
const step = 200;

/** The list of a settings page, with a search. */
export function ResourceList<Item extends Named>({
  name,
  canWrite,
  items,
  searched,
  actions,
  isOrdered = false,
  ...table
}: Pick<
  ResourceTable<Item>,
  "items" | "columns" | "searched" | "isOrdered" | "mark" | "badge" | "note" | "summary"
> & {
  name: ResourceName;
  canWrite: boolean;
  /** Returns the row's menu items. */
  actions: (item: Item) => ReactNode;
}) {
  const locale = useLocale();
  const t = useTranslations("settings");
  const shell = useTranslations("shell.settings");
  const { icon: Icon } = sections[name];
  const { panel } = usePage();
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault(""));
  const all = useMemo(() => {
    const { compare } = new Intl.Collator(locale, { numeric: true });
    const found = items.data ?? [];
    return isOrdered ? found : found.toSorted((a, b) => compare(a.name, b.name));
  }, [items.data, isOrdered, locale]);
  const wanted = foldText(search.trim());
  const rows = wanted ? all.filter((item) => foldText(searched(item)).includes(wanted)) : all;
  const [limit, setLimit] = useState(step);
  const newLabel = t(`${name}.new`);
  const create = (label: ReactNode) =>
    canWrite && (
      <Button look="primary" onPress={panel.openNew}>
        <Plus aria-hidden="true" className="size-4" />
        {label}
      </Button>
    );

  return (
    <>
      <PageHeader
        title={shell(name)}
        hint={t(`${name}.hint`)}
        actions={all.length > 0 && create(<span className="max-sm:sr-only">{newLabel}</span>)}
      />
      {items.data && all.length === 0 && (
        <EmptyState
          icon={<Icon className="size-5" />}
          title={t(`${name}.emptyTitle`)}
          action={create(newLabel)}
        >
          {t(`${name}.emptyText`)}
        </EmptyState>
      )}
      {items.isPending && <SettingsTableSkeleton columns={table.columns} />}
      {items.isError && !items.data && (
        <Failed error={items.error} isRetrying={items.isFetching} onRetry={() => void items.refetch()} />
      )}
      {all.length > 0 && (
        <>
          {(all.length > glance || search) && (
            <div className="flex items-center gap-3 px-4 pb-3 sm:px-6">
              <SearchField
                label={t(`${name}.search`)}
                placeholder={t(`${name}.search`)}
                value={search}
                onChange={(value) => void setSearch(value || null)}
                className="w-full sm:w-72"
              />
              <p role="status" className="shrink-0 text-muted text-sm tabular-nums">
                {t(`${name}.count`, { count: rows.length })}
              </p>
            </div>
          )}
          {rows.length > 0 ? (
            <SettingsTable
              {...table}
              label={shell(name)}
              items={rows.slice(0, limit)}
              actions={canWrite ? actions : undefined}
            />
          ) : (
            <EmptyState
              icon={<SearchX className="size-5" />}
              title={t("common.noMatches")}
              action={<Button onPress={() => void setSearch(null)}>{t("common.clearSearch")}</Button>}
            >
              {t("common.noMatchesText", { search })}
            </EmptyState>
          )}
          {rows.length > limit && (
            <p className="px-4 py-3 text-center sm:px-6">
              <Button look="quiet" onPress={() => setLimit((before) => before + step)}>
                {t("common.showMore", { count: Math.min(step, rows.length - limit) })}
              </Button>
            </p>
          )}
        </>
      )}
    </>
  );
}
