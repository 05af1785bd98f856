"use client";

import { useCallback, useSyncExternalStore } from "react";
import { pageNow } from "@/lib/platform/client/page-clock";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * Returns the server's time in epoch milliseconds, rounded down to `stepMs`. All callers share one timer, and
 * each renders only when its own step changes.
 */
export function useClock(stepMs: number): number {
  const read = useCallback(() => Math.floor(pageNow() / stepMs) * stepMs, [stepMs]);
  return useSyncExternalStore(subscribe, read, read);
}
