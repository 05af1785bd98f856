const heights = new Map<Element, number>();

function place(): void {
  const height = [...heights.values()].reduce((sum, each) => sum + each, 0);
  document.documentElement.style.setProperty("--dock", `${height}px`);
}

/**
 * Keeps toasts above an element at the bottom of the page while it is mounted. Pass it as a `ref`; the heights
 * of several elements add up.
 */
export function dock(edge: HTMLElement | null): (() => void) | undefined {
  if (!edge) return;
  const observer = new ResizeObserver(([entry]) => {
    heights.set(edge, entry?.borderBoxSize[0]?.blockSize ?? 0);
    place();
  });
  observer.observe(edge);
  return () => {
    observer.disconnect();
    heights.delete(edge);
    place();
  };
}
