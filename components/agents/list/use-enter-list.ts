"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";

/** Returns the topmost row or card. Virtualized rows are in no particular DOM order. */
function firstRow(list: HTMLElement): HTMLElement | null {
  const place = (row: HTMLElement) => Number(row.getAttribute("aria-rowindex"));
  const rows = [...list.querySelectorAll<HTMLElement>("[role=row][data-key]")];
  return rows.sort((a, b) => place(a) - place(b))[0] ?? list.querySelector<HTMLElement>("li a");
}

/** Returns a function that focuses the first row as soon as the requested rows have loaded. */
export function useEnterList(list: RefObject<HTMLElement | null>, isReady: boolean): () => void {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (!isWanted || !isReady) return;
    // The virtualizer renders rows in a second pass.
    const frame = requestAnimationFrame(() => {
      setWanted(false);
      if (list.current) firstRow(list.current)?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [isWanted, isReady, list]);
  return useCallback(() => setWanted(true), []);
}
