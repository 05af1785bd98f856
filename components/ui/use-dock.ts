"use client";

import { type RefObject, useEffect } from "react";

/** Keeps toasts above an element at the bottom of the page while it is mounted. */
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
