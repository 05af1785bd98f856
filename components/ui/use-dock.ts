"use client";

import { type RefObject, useEffect } from "react";

/** Keeps notes above what stands at the lower edge of the page, however high it is, while it is there. */
export function useDock(edge: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { style } = document.documentElement;
    const observer = new ResizeObserver(([entry]) =>
      style.setProperty("--dock", `${entry?.borderBoxSize[0]?.blockSize ?? 0}px`),
    );
    if (edge.current) observer.observe(edge.current);
    return () => {
      observer.disconnect();
      style.removeProperty("--dock");
    };
  }, [edge]);
}
