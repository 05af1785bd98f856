"use client";

import { useEffect, useEffectEvent } from "react";

/** Returns whether the keys are Ctrl+S or ⌘S. */
export function isSaveKey(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">) {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  return isCommand && event.key.toLowerCase() === "s";
}

/** Ctrl+S or ⌘S calls `save`, wherever the focus is. With `isFor`, only for the events for which it returns true. */
export function useSaveKey(save: () => unknown, isFor: (event: KeyboardEvent) => boolean = () => true): void {
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    if (!isSaveKey(event) || !isFor(event)) return;
    event.preventDefault();
    void save();
  });
  useEffect(() => {
    // In the capture phase, because many fields stop the propagation of keys.
    const press = (event: KeyboardEvent) => onPress(event);
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, []);
}
