const pageEdges = new Set<Element>();
const dialogParts = new Set<Element>();

/** Toasts with several lines are about this high, plus their distance from the window's edge. */
const toastZone = 128;

function place(): void {
  const stacked = [...pageEdges].reduce((sum, edge) => sum + edge.getBoundingClientRect().height, 0);
  const needed = [...dialogParts].map((part) => {
    const dialog = part.closest("[role=dialog], [role=alertdialog]");
    const { top, bottom } = (dialog ?? part).getBoundingClientRect();
    if (window.innerHeight - bottom >= toastZone) return 0;
    if (top > toastZone) return window.innerHeight - top;
    const buttons = dialog?.querySelector("footer")?.getBoundingClientRect();
    return buttons ? window.innerHeight - buttons.top : 0;
  });
  document.documentElement.style.setProperty("--dock", `${Math.max(stacked, ...needed)}px`);
}

function watch(edges: Set<Element>, edge: HTMLElement): () => void {
  edges.add(edge);
  const observer = new ResizeObserver(place);
  observer.observe(edge);
  window.addEventListener("resize", place);
  return () => {
    observer.disconnect();
    window.removeEventListener("resize", place);
    edges.delete(edge);
    place();
  };
}

/**
 * Keeps toasts above an element at the bottom of the page while it is mounted. Pass it as a `ref`; the heights
 * of several elements add up.
 */
export function dock(edge: HTMLElement | null): (() => void) | undefined {
  return edge ? watch(pageEdges, edge) : undefined;
}

/**
 * Keeps toasts above the modal dialog around an element or, if that one is too high, above its footer. Pass it
 * as a `ref`.
 */
export function dockDialog(part: HTMLElement | null): (() => void) | undefined {
  return part ? watch(dialogParts, part) : undefined;
}
