const pageEdges = new Set<Element>();
const dialogEdges = new Set<Element>();

/** Toasts with several lines are about this high, plus their distance from the window's edge. */
const toastZone = 128;

function place(): void {
  const stacked = [...pageEdges].reduce((sum, edge) => sum + edge.getBoundingClientRect().height, 0);
  const needed = [...dialogEdges].map((edge) => {
    const { top, bottom } = edge.getBoundingClientRect();
    if (window.innerHeight - bottom >= toastZone) return 0;
    const dialogTop = edge.closest("[role=dialog], [role=alertdialog]")?.getBoundingClientRect().top ?? 0;
    return window.innerHeight - (dialogTop > toastZone ? dialogTop : top);
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
 * Keeps toasts above a modal dialog, or at least above its buttons: pass it as their `ref`.
 */
export function dockDialog(edge: HTMLElement | null): (() => void) | undefined {
  return edge ? watch(dialogEdges, edge) : undefined;
}
