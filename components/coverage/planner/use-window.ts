"use client";

import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { rowHeight } from "./lines";

/** Extra pixels to render above and below the visible ones. */
const overscan = 6 * rowHeight;

/** The rendered pixels, from the first row, and the box's size. */
interface Window {
  from: number;
  to: number;
  /** Width without the scrollbar. 0 before the first layout. */
  width: number;
}

/** Returns which part of a scrolled box to render. It changes once a row, not with every pixel. */
export function useWindow() {
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Window>({ from: 0, to: 24 * rowHeight, width: 0 });
  const look = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const top = Math.max(0, Math.floor(element.scrollTop / rowHeight) * rowHeight);
    const height = Math.ceil(element.clientHeight / rowHeight) * rowHeight;
    const next = { from: top - overscan, to: top + height + overscan, width: element.clientWidth };
    setShown((before) =>
      before.from === next.from && before.to === next.to && before.width === next.width ? before : next,
    );
  }, []);
  useLayoutEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [look]);
  return { box, look, shown };
}
