import type { UIEvent } from "react";
import { TableLayout } from "react-aria-components/Virtualizer";

/** A table layout that keeps the columns up to the row header in place during horizontal scrolling. */
export class FixedColumnsLayout<T> extends TableLayout<T> {
  protected override isStickyColumn({ index }: { index: number }): boolean {
    const { columns, rowHeaderColumnKeys } = this.collection;
    return index <= columns.findIndex(({ key }) => rowHeaderColumnKeys.has(key));
  }

  // Sticky cells must not be inside a box that clips, neither the row nor the body. The parameter is `never`
  // because React Aria does not export the node type, which is only passed on.
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

/**
 * Marks the table while it is scrolled horizontally. Bypasses React to avoid a render on each scroll event.
 */
export function showEdge({ currentTarget, target }: UIEvent<HTMLElement>): void {
  if (target instanceof HTMLElement) currentTarget.toggleAttribute("data-scrolled", target.scrollLeft !== 0);
}
