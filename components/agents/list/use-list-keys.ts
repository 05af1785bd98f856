"use client";

import { type RefObject, useEffect, useRef } from "react";
import { isDialogOpen } from "@/components/ui/open-dialog";

const typed = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const above = "[role=menu], [role=listbox]";

/** Returns whether a field, dialog, menu or browser shortcut should handle the key instead. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isDialogOpen()) return true;
  const { target } = event;
  return target instanceof Element && target.closest(`${typed}, ${above}`) !== null;
}

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

/**
 * Handles single-letter shortcuts on the whole page. Inside the table, the table handles `j`, `k` and `x`.
 */
export function useListKeys(table: RefObject<HTMLElement | null>, actions: Actions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (isTaken(event)) return;
      const { onSearch, onFilter, onBack, onNext } = latest.current;
      const run: Record<string, (() => void) | null> = {
        "/": onSearch,
        f: onFilter,
        "[": onBack,
        "]": onNext,
        j: () => table.current && currentRow(table.current)?.focus(),
        k: () => table.current && currentRow(table.current)?.focus(),
      };
      const action = run[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [table]);
}
