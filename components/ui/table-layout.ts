import type { UIEvent } from "react";
import { TableLayout } from "react-aria-components/Virtualizer";

/** Keeps the columns up to the one that names the row where they are while the others scroll sideways. */
export class FixedColumnsLayout<T> extends TableLayout<T> {
  protected override isStickyColumn({ index }: { index: number }): boolean {
    const { columns, rowHeaderColumnKeys } = this.collection;
    return index <= columns.findIndex(({ key }) => rowHeaderColumnKeys.has(key));
  }

  // What stays in sight must not be held by a box that clips it: neither by its row, nor by what rows are in.
  // (`never`: React Aria does not export the type of a node, which is only handed on.)
  protected override buildRow(node: never, x: number, y: number) {
    return overflowing(super.buildRow(node, x, y));
  }
  protected override buildHeaderRow(node: never, x: number, y: number) {
    return overflowing(super.buildHeaderRow(node, x, y));
  }
  protected override buildTableHeader() {
    return overflowing(super.buildTableHeader());
  }
  protected override buildRowGroup(y: number, node: never) {
    return overflowing(super.buildRowGroup(y, node));
  }
}

function overflowing<Node extends { layoutInfo: { allowOverflow: boolean } }>(node: Node): Node {
  node.layoutInfo.allowOverflow = true;
  return node;
}

/** Marks the table while it is scrolled sideways. Without React, which would draw it anew at each step. */
export function showEdge({ currentTarget, target }: UIEvent<HTMLElement>): void {
  if (target instanceof HTMLElement) currentTarget.toggleAttribute("data-scrolled", target.scrollLeft !== 0);
}
