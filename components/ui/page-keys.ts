"use client";

import { useEffect, useEffectEvent } from "react";
import { isDialogOpen } from "./open-dialog";

const typed = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const above = "[role=menu], [role=listbox]";

/** Returns whether a field, dialog, menu or browser shortcut should handle the key instead of the page. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isDialogOpen()) return true;
  const { target } = event;
  return target instanceof Element && target.closest(`${typed}, ${above}`) !== null;
}

/** Single-letter shortcuts by key; null for one that has no effect now. */
export type PageKeys = Readonly<Record<string, (() => void) | null>>;

/** Handles single-letter shortcuts on the whole page. */
export function usePageKeys(keys: PageKeys): void {
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    const run = isTaken(event) ? null : keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => onPress(event);
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
