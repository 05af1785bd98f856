const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** Difference in pixels between measured digits and tabular ones, as a bar shows them. */
const tabular = 3;

/** Returns the width of a bar's text in pixels. Measured, because a query of each bar's own size costs a layout. */
export function textWidth(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (context === undefined) {
    context = document.createElement("canvas").getContext("2d");
    if (context) context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  }
  const width = (context?.measureText(text).width ?? text.length * 7) + tabular;
  widths.set(text, width);
  return width;
}
