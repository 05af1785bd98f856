"use client";

import type { RefObject } from "react";
import { usePageKeys } from "@/components/ui/page-keys";

/** Returns the focused row, or the first visible one. */
function currentRow(table: HTMLElement): HTMLElement | null {
  return (
    table.querySelector<HTMLElement>("[role=row][data-key][tabindex='0']") ??
    table.querySelector<HTMLElement>("[role=row][data-key]")
  );
}

interface Actions {
  onSearch: () => void;
  onFilter: () => void;
  onBack: (() => void) | null;
  onNext: (() => void) | null;
}

/** Handles the shortcuts of the list. Inside the table, the table handles `j`, `k` and `x`. */
export function useListKeys(
  table: RefObject<HTMLElement | null>,
  { onSearch, onFilter, onBack, onNext }: Actions,
): void {
  const enter = () => table.current && currentRow(table.current)?.focus();
  usePageKeys({ "/": onSearch, f: onFilter, "[": onBack, "]": onNext, j: enter, k: enter });
}
