"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { CloudOff, Plus, SearchX } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { type ReactNode, useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { PageHeader } from "@/components/shell/page-header";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/search-field";
import type { Permission } from "@/lib/platform/security/permissions";
import { foldText } from "@/lib/platform/text/text-folding";
import { Forbidden } from "./forbidden";
import type { PanelState } from "./panel-state";
import { type Column, SettingsTable, SettingsTableSkeleton } from "./settings-table";

/** Number of rows above which a search field is shown. */
const glance = 8;

/** Number of rows rendered initially and per "Show more": a workspace may have thousands of people. */
const step = 200;

interface Named {
  id: string;
  name: string;
}

/** The parts of a settings page besides its list. */
export interface SettingsPageProps<Item extends Named> {
  title: string;
  /** One line that explains what the items are for. */
  hint: string;
  /** Permissions to see the page and to change its items. */
  access: { read: Permission; write: Permission };
  items: UseQueryResult<Item[]>;
  panel: PanelState;
  /** Label of the button that creates an item. */
  newLabel: string;
  columns: readonly Column<Item>[];
  /** Returns the text that the search matches. */
  searched: (item: Item) => string;
  /** Returns a badge next to the name. */
  badge?: (item: Item) => ReactNode;
  /** Returns a short text after the name, shown on wide screens. */
  note?: (item: Item) => string | undefined;
  /** Returns the column values as one line below the name, for narrow screens. */
  summary: (item: Item) => ReactNode;
  /** Returns the row's menu items, for people with write permission. */
  actions: (item: Item) => ReactNode;
  count: (count: number) => string;
  searchLabel: string;
  empty: { icon: ReactNode; title: string; text: string };
  /** The panel and dialogs of the page. */
  children?: ReactNode;
}

/** The layout of a settings page: a list by name, and a panel for one item. */
export function SettingsPage<Item extends Named>(props: SettingsPageProps<Item>) {
  const { can } = useWorkspace();
  if (!can(props.access.read)) return <Forbidden />;
  return <AllowedPage {...props} />;
}

function AllowedPage<Item extends Named>({
  title,
  hint,
  access,
  items,
  panel,
  newLabel,
  columns,
  searched,
  badge,
  note,
  summary,
  actions,
  count,
  searchLabel,
  empty,
  children,
}: SettingsPageProps<Item>) {
  const { can } = useWorkspace();
  const canWrite = can(access.write);
  const locale = useLocale();
  const t = useTranslations("settings.common");
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault(""));
  const all = useMemo(() => {
    const { compare } = new Intl.Collator(locale, { numeric: true });
    return [...(items.data ?? [])].sort((a, b) => compare(a.name, b.name));
  }, [items.data, locale]);
  const wanted = foldText(search.trim());
  const rows = wanted ? all.filter((item) => foldText(searched(item)).includes(wanted)) : all;
  const [limit, setLimit] = useState(step);
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
        title={title}
        hint={hint}
        actions={all.length > 0 && create(<span className="max-sm:sr-only">{newLabel}</span>)}
      />
      {items.data && all.length === 0 && (
        <EmptyState icon={empty.icon} title={empty.title} action={create(newLabel)}>
          {empty.text}
        </EmptyState>
      )}
      {items.isPending && <SettingsTableSkeleton columns={columns} />}
      {items.isError && !items.data && (
        <Failed error={items.error} isRetrying={items.isFetching} onRetry={() => void items.refetch()} />
      )}
      {all.length > 0 && (
        <>
          {(all.length > glance || search) && (
            <div className="flex items-center gap-3 px-4 pb-3 sm:px-6">
              <SearchField
                label={searchLabel}
                placeholder={searchLabel}
                value={search}
                onChange={(value) => void setSearch(value || null)}
                className="w-full sm:w-72"
              />
              <p role="status" className="shrink-0 text-muted text-sm tabular-nums">
                {count(rows.length)}
              </p>
            </div>
          )}
          {rows.length > 0 ? (
            <SettingsTable
              label={title}
              items={rows.slice(0, limit)}
              panel={panel}
              columns={columns}
              badge={badge}
              note={note}
              summary={summary}
              actions={canWrite ? actions : undefined}
            />
          ) : (
            <EmptyState
              icon={<SearchX className="size-5" />}
              title={t("noMatches")}
              action={<Button onPress={() => void setSearch(null)}>{t("clearSearch")}</Button>}
            >
              {t("noMatchesText", { search })}
            </EmptyState>
          )}
          {rows.length > limit && (
            <p className="px-4 py-3 text-center sm:px-6">
              <Button look="quiet" onPress={() => setLimit((before) => before + step)}>
                {t("showMore", { count: Math.min(step, rows.length - limit) })}
              </Button>
            </p>
          )}
        </>
      )}
      {children}
    </>
  );
}

/** An error message with a retry button. */
export function Failed({
  error,
  isRetrying,
  onRetry,
}: {
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
}) {
  const t = useTranslations("settings.common");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  return (
    <EmptyState
      icon={<CloudOff className="size-5" />}
      title={t("failed")}
      action={
        <Button isPending={isRetrying} onPress={onRetry}>
          {ui("retry")}
        </Button>
      }
    >
      {problemText(error)}
    </EmptyState>
  );
}
