"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";

/** The first row of the table, or the first card. Rows are drawn in no order. */
function firstRow(list: HTMLElement): HTMLElement | null {
  const place = (row: HTMLElement) => Number(row.getAttribute("aria-rowindex"));
  const rows = [...list.querySelectorAll<HTMLElement>("[role=row][data-key]")];
  return rows.sort((a, b) => place(a) - place(b))[0] ?? list.querySelector<HTMLElement>("li a");
}

/** Leads the focus to the first row, as soon as the rows that were asked for are there. Gives back how to ask for it. */
export function useEnterList(list: RefObject<HTMLElement | null>, isReady: boolean): () => void {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (!isWanted || !isReady) return;
    // The table draws its rows in a second pass.
    const frame = requestAnimationFrame(() => {
      setWanted(false);
      if (list.current) firstRow(list.current)?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [isWanted, isReady, list]);
  return useCallback(() => setWanted(true), []);
}
