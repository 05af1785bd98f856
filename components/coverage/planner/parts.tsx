// biome-ignore-all lint/a11y/useSemanticElements: rows are positioned, and tables with such rows lose their roles in some browsers.
// biome-ignore-all lint/a11y/useFocusableInteractive: the headers of a table, unlike those of a grid, are not focused.
import type { ComponentProps } from "react";

type Props = ComponentProps<"div">;

/** The elements of a table whose rows have their own positions. */
export const Table = (props: Props) => <div role="table" {...props} />;
export const Rows = (props: Props) => <div role="rowgroup" {...props} />;
export const Row = (props: Props) => <div role="row" {...props} />;
export const ColumnHeader = (props: Props) => <div role="columnheader" {...props} />;
export const RowHeader = (props: Props) => <div role="rowheader" {...props} />;
export const Cell = (props: Props) => <div role="cell" {...props} />;

/** The first column. It sticks only where the table is wider than its box: each sticky cell is a layer to draw. */
export const firstColumn =
  "w-52 shrink-0 border-line border-e border-b px-3 in-data-narrow:sticky in-data-narrow:start-0 in-data-narrow:z-20";
/** Width of the first column in pixels. */
export const firstColumnWidth = 208;
