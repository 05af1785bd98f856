"use client";

import { Ellipsis } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { type MouseEvent, type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { classes } from "@/components/ui/classes";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { ownSide } from "@/components/ui/own-side";
import { Skeleton } from "@/components/ui/skeleton";
import { usePage } from "./page-context";

/** A column after the name. */
export interface Column<Item> {
  key: string;
  title: string;
  cell: (item: Item) => ReactNode;
  /** For numbers. */
  align?: "end";
  /** The breakpoint from which the column is shown. */
  from?: "sm" | "md" | "lg";
}

const shownFrom = {
  sm: "hidden sm:table-cell",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
};

const cellClasses = (column: Column<never>) =>
  classes(
    "whitespace-nowrap px-3",
    shownFrom[column.from ?? "sm"],
    column.align === "end" ? "text-end tabular-nums" : "text-start",
  );

/**
 * The table of a settings page. Each name is a link to its panel, which can be shared or opened in a new tab.
 */
export function SettingsTable<Item extends { id: string; name: string }>({
  label,
  items,
  columns,
  mark,
  badge,
  note,
  summary,
  actions,
}: {
  label: string;
  items: readonly Item[];
  columns: readonly Column<Item>[];
  mark?: ((item: Item) => ReactNode) | undefined;
  badge?: (item: Item) => ReactNode;
  note?: (item: Item) => string | undefined;
  summary: (item: Item) => ReactNode;
  actions: ((item: Item) => ReactNode) | undefined;
}) {
  const t = useTranslations("settings.common");
  const head = useRef<HTMLTableRowElement>(null);
  useKeptWidths(head, items);
  return (
    <table aria-label={label} className="w-full">
      <TableHead
        rowRef={head}
        columns={columns}
        nameTitle={t("name")}
        actionsTitle={actions && t("actions")}
      />
      <tbody>
        {items.map((item) => {
          const menu = actions?.(item);
          return (
            <tr
              key={item.id}
              className="relative h-11 border-line border-b transition-colors hover:bg-hover max-sm:h-14"
            >
              <th scope="row" className="w-full max-w-0 py-1.5 ps-4 pe-3 text-start font-normal sm:ps-6">
                <span className="flex min-w-0 items-center gap-2">
                  {mark?.(item)}
                  <NameLink id={item.id}>{item.name}</NameLink>
                  {badge?.(item)}
                  {note?.(item) && (
                    <span
                      dir="auto"
                      className={classes(
                        "hidden min-w-0 flex-1 truncate text-muted text-sm lg:inline",
                        ownSide,
                      )}
                    >
                      {note(item)}
                    </span>
                  )}
                </span>
                <span className="block truncate text-muted text-sm sm:hidden">{summary(item)}</span>
              </th>
              {columns.map((column) => (
                <td key={column.key} className={cellClasses(column)}>
                  {column.cell(item)}
                </td>
              ))}
              {actions && (
                <td className="w-12 pe-2 text-end sm:pe-4">
                  {menu && (
                    <MenuTrigger>
                      <IconButton
                        label={t("actionsFor", { name: item.name })}
                        className="relative z-10"
                        placement="start"
                      >
                        <Ellipsis aria-hidden="true" className="size-4" />
                      </IconButton>
                      <Menu placement="bottom end">{menu}</Menu>
                    </MenuTrigger>
                  )}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Fixes the column widths at their first values, so that filtering does not shift the columns. */
function useKeptWidths(head: RefObject<HTMLTableRowElement | null>, items: readonly unknown[]): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns get wider when the rows change.
  useLayoutEffect(() => {
    for (const cell of [...(head.current?.cells ?? [])].slice(1)) {
      const { width } = cell.getBoundingClientRect();
      if (width > Number.parseFloat(cell.style.minWidth || "0")) cell.style.minWidth = `${width}px`;
    }
  }, [head, items]);
}

/** The placeholder during the first load. */
export function SettingsTableSkeleton<Item>({ columns }: { columns: readonly Column<Item>[] }) {
  const t = useTranslations("settings.common");
  return (
    <table aria-busy="true" aria-label={t("loading")} className="w-full">
      <TableHead columns={columns} nameTitle={t("name")} actionsTitle={t("actions")} />
      <tbody className="animate-pulse">
        {[40, 56, 32, 48, 36].map((width) => (
          <tr key={width} className="h-11 border-line border-b max-sm:h-14">
            <td className="w-full py-1.5 ps-4 pe-3 sm:ps-6">
              <span className="block" style={{ width: `${width}%` }}>
                <Skeleton className="h-4" />
              </span>
            </td>
            {columns.map((column) => (
              <td key={column.key} className={cellClasses(column)}>
                <Skeleton className="h-4 w-16" />
              </td>
            ))}
            <td className="w-12" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TableHead<Item>({
  rowRef,
  columns,
  nameTitle,
  actionsTitle,
}: {
  rowRef?: RefObject<HTMLTableRowElement | null>;
  columns: readonly Column<Item>[];
  nameTitle: string;
  actionsTitle: string | undefined;
}) {
  return (
    <thead className="max-sm:sr-only">
      <tr ref={rowRef ?? null} className="h-8 border-line border-b text-muted text-xs">
        <th scope="col" className="ps-4 pe-3 text-start font-medium sm:ps-6">
          {nameTitle}
        </th>
        {columns.map((column) => (
          <th key={column.key} scope="col" className={classes(cellClasses(column), "font-medium")}>
            {column.title}
          </th>
        ))}
        {actionsTitle && (
          <th scope="col" className="w-12">
            <span className="sr-only">{actionsTitle}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

/** The name as a link that covers the whole row. */
function NameLink({ id, children }: { id: string; children: ReactNode }) {
  const { panel } = usePage();
  const path = usePathname();
  const search = new URLSearchParams(useSearchParams());
  search.delete("new");
  search.set("edit", id);
  function open(event: MouseEvent) {
    // With a modifier key, the browser opens the link in a new tab or window.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    panel.open(id);
  }
  return (
    <a
      href={`${path}?${search}`}
      onClick={open}
      dir="auto"
      className="min-w-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-accent"
    >
      {children}
    </a>
  );
}
