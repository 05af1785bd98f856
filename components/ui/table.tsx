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

/** A column: what its head says and what a row shows in it. */
export interface TableColumn<T> {
  id: string;
  /** The words at its head. */
  name: string;
  /** For a column whose cells explain themselves, such as one of buttons: the name is read out and not shown. */
  hideName?: boolean;
  /** In pixels; else the column shares what is left. */
  width?: number;
  /** A share of what is left, 1 unless given. */
  share?: number;
  minWidth?: number;
  isSortable?: boolean;
  /** Whether its cells name their row when it is read out. At least one column does; the first unless one is marked. */
  isRowHeader?: boolean;
  align?: "start" | "end";
  cell: (row: T) => ReactNode;
}

export type Density = "comfortable" | "compact";

/** The height of a row in pixels. All are the same: only those in sight are drawn. */
export const rowHeights: Record<Density, number> = { comfortable: 48, compact: 36 };

const none: readonly unknown[] = [];
const headHeight = 32;
const selectionWidth = 40;

export interface TableProps<T extends { id: string }> {
  /** What the table lists; read out. */
  label: string;
  columns: readonly TableColumn<T>[];
  rows: readonly T[];
  density?: Density;
  sort?: SortDescriptor | null;
  onSortChange?: (sort: SortDescriptor) => void;
  /** The ids of the rows chosen, or all. With it and `onSelectionChange` there is a column of checkboxes. */
  selection?: Selection;
  onSelectionChange?: (selection: Selection) => void;
  /** What Enter or a press on a row does. */
  onOpen?: (id: string) => void;
  /** Where a row leads, so that it can be opened in a new tab, too. */
  hrefOf?: (row: T) => string;
  /** What the row is called, where its row header is not plain text. */
  nameOf?: (row: T) => string;
  /** The columns up to the one that names the row stay in sight when the table is scrolled sideways. */
  hasFixedName?: boolean;
  /** `j` and `k` move between rows, `x` chooses one. */
  letterKeys?: boolean;
  /** Rows are about to be replaced by newer ones. */
  isUpdating?: boolean;
  /** Stands where there are no rows. */
  empty?: ReactNode;
  /** Whatever the cells show besides their row: when it changes, all are drawn anew. */
  dependencies?: readonly unknown[];
  tableRef?: Ref<HTMLElement>;
  className?: string;
}

/** Dense rows under a head that stays in sight, sorted and chosen by mouse and keys. Only what is in sight is drawn; more
 * than some hundreds still take long to prepare, and belong into pages. */
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

  // Kept as elements, so that what changes around the rows (busy or not, what is chosen) does not draw them all anew.
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

// While the table scrolls, and 0.3 s longer, React Aria's virtualizer lets no press through: one right after a scroll was
// lost. Rows stay as they are: to draw each anew that passes under the mouse makes scrolling slow.
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

/** A cell that others pass beneath has to hide them. */
const fixedCell =
  "border-line border-b bg-surface group-data-hovered/row:bg-hover group-data-selected/row:bg-accent-soft";

/** The edge that others pass beneath, shown once they do. */
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

/** Takes a letter away from the search by typing, and does what it stands for. */
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
