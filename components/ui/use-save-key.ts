"use client";

import { useEffect, useEffectEvent } from "react";
import { flushSync } from "react-dom";

/** Returns whether the keys are Ctrl+S or ⌘S. */
export function isSaveKey(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">) {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  return isCommand && event.key.toLowerCase() === "s";
}

/**
 * Leaves a half-typed time or date, as a press of a button does, and keeps the focus. If its form keeps the previous
 * value, the field shows it again before it is saved.
 */
export function endTyping(): void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused.getAttribute("role") !== "spinbutton") return;
  // Now, so that what follows sees the result.
  flushSync(() => focused.blur());
  focused.focus({ preventScroll: true });
}

/** Ctrl+S or ⌘S calls `save`, wherever the focus is. With `isFor`, only for the events for which it returns true. */
export function useSaveKey(save: () => unknown, isFor: (event: KeyboardEvent) => boolean = () => true): void {
  const saveLatest = useEffectEvent(save);
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    if (!isSaveKey(event) || !isFor(event)) return;
    event.preventDefault();
    endTyping();
    void saveLatest();
  });
  useEffect(() => {
    // In the capture phase, because many fields stop the propagation of keys.
    const press = (event: KeyboardEvent) => onPress(event);
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, []);
}
