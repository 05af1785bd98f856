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
 * Now by the server's clock, in epoch milliseconds, in steps of this size. A whole list of times lives on one timer, and each is drawn anew only
 * when its own step has passed.
 */
export function useClock(stepMs: number): number {
  const read = useCallback(() => Math.floor(pageNow() / stepMs) * stepMs, [stepMs]);
  return useSyncExternalStore(subscribe, read, read);
}
