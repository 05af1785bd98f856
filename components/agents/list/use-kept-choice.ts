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

/** A short text that this person chose in this browser; all places that show it change with it. */
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
        // Without a store the choice lasts as long as the address has it.
      }
      for (const listener of listeners) listener();
    },
    [name],
  );
  return [value, keep];
}
