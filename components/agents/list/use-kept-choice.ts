"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function readText(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Returns a preference saved in this browser and its setter. All components that use it update together. */
export function useKeptChoice(name: string): [string | null, (value: string) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => readText(name),
    () => null,
  );
  const keep = useCallback(
    (next: string) => {
      try {
        localStorage.setItem(name, next);
      } catch {
        // Storage is full or blocked: the choice lasts as long as it is in the URL.
      }
      for (const listener of listeners) listener();
    },
    [name],
  );
  return [value, keep];
}
