"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type Ref, useMemo } from "react";
import {
  Table as AriaTable,
  Cell,
  Column,
  Row,
  type Selection,
  type SortDescriptor,
  TableBody,
  TableHeader,
} from "react-aria-components/Table";
import { TableLayout, Virtualizer } from "react-aria-components/Virtualizer";
import { Checkbox } from "./checkbox";
import { classes } from "./classes";
import { FixedColumnsLayout, showEdge } from "./table-layout";

export interface TableColumn<T> {
  id: string;
  /** Header text. */
  name: string;
  /** Hides the header text visually, for columns whose cells explain themselves, such as buttons. */
  hideName?: boolean;
  /** In pixels; otherwise the column shares the remaining width. */
  width?: number;
  /** Share of the remaining width; 1 by default. */
  share?: number;
  minWidth?: number;
  isSortable?: boolean;
  /** Whether the cells are row headers. If no column is marked, the first one is. */
  isRowHeader?: boolean;
  align?: "start" | "end";
  cell: (row: T) => ReactNode;
}

export type Density = "comfortable" | "compact";

/** Row heights in pixels. They are fixed because rows are virtualized. */
export const rowHeights: Record<Density, number> = { comfortable: 48, compact: 36 };

const none: readonly unknown[] = [];
const headHeight = 32;
const selectionWidth = 40;

export interface TableProps<T extends { id: string }> {
  /** Accessible name. */
  label: string;
  columns: readonly TableColumn<T>[];
  rows: readonly T[];
  density?: Density;
  sort?: SortDescriptor | null;
  onSortChange?: (sort: SortDescriptor) => void;
  /** IDs of the selected rows, or "all". Together with `onSelectionChange`, adds a column of checkboxes. */
  selection?: Selection;
  onSelectionChange?: (selection: Selection) => void;
  /** Called when a row is pressed or Enter is pressed on it. */
  onOpen?: (id: string) => void;
  /** Address of a row, so that it can be opened in a new tab. */
  hrefOf?: (row: T) => string;
  /** Accessible name of a row whose header is not plain text. */
  nameOf?: (row: T) => string;
  /** Whether the columns up to the row header stay visible during horizontal scrolling. */
  hasFixedName?: boolean;
  /** Whether `j` and `k` move between rows and `x` selects one. */
  letterKeys?: boolean;
  /** Whether newer rows are being fetched. */
  isUpdating?: boolean;
  /** Shown if there are no rows. */
  empty?: ReactNode;
  /** Values besides the row that cells depend on. A change renders all rows. */
  dependencies?: readonly unknown[];
  tableRef?: Ref<HTMLElement>;
  className?: string;
}

/**
 * A virtualized table with a sticky header, sorting and selection. Use pages above some hundred rows: React
 * Aria builds its collection of all rows.
 */
export function Table<T extends { id: string }>({
  label,
  columns,
  rows,
  density = "comfortable",
  sort,
  onSortChange,
  selection,
  onSelectionChange,
  onOpen,
  hrefOf,
  nameOf,
  letterKeys = false,
  hasFixedName = false,
  isUpdating = false,
  empty,
  dependencies = none,
  tableRef,
  className,
}: TableProps<T>) {
  const selects = selection !== undefined && onSelectionChange !== undefined;
  const namesRows = columns.some((column) => column.isRowHeader);
  const layoutOptions = useMemo(
    () => ({ rowHeight: rowHeights[density], headingHeight: headHeight }),
    [density],
  );

  function toggle(id: string) {
    if (!selects) return;
    const chosen = new Set(selection === "all" ? rows.map((row) => row.id) : selection);
    if (!chosen.delete(id)) chosen.add(id);
    onSelectionChange(chosen);
  }

  // Memoized, so that a change of selection or loading state does not render all rows.
  const head = useMemo(
    () => (
      <TableHeader
        className={classes(
          "relative h-full w-full border-line border-b bg-surface",
          "group-data-updating/table:after:absolute group-data-updating/table:after:start-0 group-data-updating/table:after:-bottom-px group-data-updating/table:after:h-0.5 group-data-updating/table:after:w-1/4 group-data-updating/table:after:animate-sweep group-data-updating/table:after:bg-accent",
        )}
      >
        {selects && (
          <Column
            width={selectionWidth}
            minWidth={selectionWidth}
            className={classes(headClasses, hasFixedName && "border-line border-b bg-surface")}
          >
            <Checkbox slot="selection" />
          </Column>
        )}
        {columns.map((column, index) => (
          <Column
            key={column.id}
            id={column.id}
            textValue={column.name}
            allowsSorting={column.isSortable ?? false}
            isRowHeader={namesRows ? (column.isRowHeader ?? false) : index === 0}
            width={column.width ?? `${column.share ?? 1}fr`}
            minWidth={column.minWidth ?? column.width ?? 80}
            className={classes(
              headClasses,
              column.align === "end" && "justify-end",
              hasFixedName && index === 0 && classes("border-line border-b bg-surface", fixedEdge),
            )}
          >
            {({ allowsSorting, sortDirection }) => (
              <>
                <span className={column.hideName ? "sr-only" : "truncate"}>{column.name}</span>
                {allowsSorting && <SortMark direction={sortDirection} />}
              </>
            )}
          </Column>
        ))}
      </TableHeader>
    ),
    [columns, selects, namesRows, hasFixedName],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `dependencies` has the same length as long as the table lives.
  const body = useMemo(
    () => (
      <TableBody
        items={rows}
        dependencies={[columns, selects, density, hrefOf, nameOf, ...dependencies]}
        renderEmptyState={() => empty}
      >
        {(row) => (
          <Row
            id={row.id}
            {...(hrefOf ? { href: hrefOf(row) } : {})}
            {...(nameOf ? { textValue: nameOf(row) } : {})}
            className={rowClasses}
          >
            {selects && (
              <Cell className={classes(cellClasses, hasFixedName && fixedCell)}>
                <Checkbox slot="selection" />
              </Cell>
            )}
            {columns.map((column, index) => (
              <Cell
                key={column.id}
                className={classes(
                  cellClasses,
                  column.align === "end" && "justify-end text-end",
                  hasFixedName && index === 0 && classes(fixedCell, fixedEdge),
                )}
              >
                {column.cell(row)}
              </Cell>
            ))}
          </Row>
        )}
      </TableBody>
    ),
    [rows, columns, selects, density, hrefOf, nameOf, empty, hasFixedName, ...dependencies],
  );

  return (
    <div
      className="group/table contents"
      {...(isUpdating ? { "data-updating": "" } : {})}
      {...(hasFixedName ? { onScrollCapture: showEdge } : {})}
      {...(letterKeys ? { onKeyDownCapture: (event) => handleLetter(event, toggle) } : {})}
    >
      <Virtualizer layout={hasFixedName ? FixedColumnsLayout : TableLayout} layoutOptions={layoutOptions}>
        <AriaTable
          aria-label={label}
          aria-busy={isUpdating}
          {...(tableRef ? { ref: tableRef as Ref<HTMLDivElement | HTMLTableElement> } : {})}
          {...(sort ? { sortDescriptor: sort } : {})}
          {...(onSortChange ? { onSortChange } : {})}
          {...(selects ? { selectionMode: "multiple", selectedKeys: selection, onSelectionChange } : {})}
          {...(onOpen ? { onRowAction: (key) => onOpen(String(key)) } : {})}
          className={classes(
            "w-full overflow-auto outline-none data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:-outline-offset-2",
            className,
          )}
        >
          {head}
          {body}
        </AriaTable>
      </Virtualizer>
    </div>
  );
}

// React Aria's virtualizer disables pointer events during a scroll and 0.3 s after it, which loses presses.
// Headers and the controls in rows enable them again; rows don't, because each one passing under the mouse
// would render.
const headClasses = classes(
  "pointer-events-auto",
  "group/head flex h-full w-full cursor-default items-center gap-1 px-3 font-medium text-muted text-xs outline-none",
  "data-allows-sorting:data-hovered:text-ink data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:-outline-offset-2",
);

const rowClasses = classes(
  "[&_:is(a,button,label)]:pointer-events-auto",
  "group/row h-full w-full cursor-default border-line border-b bg-surface outline-none",
  "data-hovered:bg-hover data-selected:bg-accent-soft data-disabled:opacity-50",
  "data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:-outline-offset-2",
);

const cellClasses = classes(
  "flex h-full w-full min-w-0 items-center overflow-hidden px-3 outline-none",
  "data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:-outline-offset-2",
);

/** Opaque, because other cells scroll underneath. */
const fixedCell =
  "border-line border-b bg-surface group-data-hovered/row:bg-hover group-data-selected/row:bg-accent-soft";

/** The border of the sticky columns, shown once other cells scroll underneath. */
const fixedEdge = "border-e border-e-transparent group-data-scrolled/table:border-e-line-strong";

function SortMark({ direction }: { direction: "ascending" | "descending" | undefined }) {
  const Arrow = direction === "descending" ? ArrowDown : ArrowUp;
  return (
    <Arrow
      aria-hidden="true"
      className={classes(
        "size-3 shrink-0 transition-opacity",
        !direction && "opacity-0 group-data-focus-visible/head:opacity-60 group-data-hovered/head:opacity-60",
      )}
    />
  );
}

const arrows: Record<string, string> = { j: "ArrowDown", k: "ArrowUp" };

/** Handles a letter as a shortcut before the table's type-ahead search does. */
function handleLetter(event: KeyboardEvent<HTMLElement>, toggle: (id: string) => void) {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
  if (target.matches("input:not([type=checkbox]), textarea, [contenteditable]")) return;
  const arrow = arrows[event.key];
  if (arrow) {
    event.preventDefault();
    event.stopPropagation();
    target.dispatchEvent(new KeyboardEvent("keydown", { key: arrow, bubbles: true, cancelable: true }));
  } else if (event.key === "x") {
    const id = target.closest("[role=row]")?.getAttribute("data-key");
    if (!id) return;
    event.preventDefault();
    event.stopPropagation();
    toggle(id);
  }
}
