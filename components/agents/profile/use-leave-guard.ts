"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { guardLeaving } from "@/components/shell/leave-guard";

/** Somebody wants to leave with unsaved changes: `leave` lets them, `stay` doesn't. */
interface Leaving {
  leave: () => void;
  stay: () => void;
}

/** The place of the current entry in the history of the tab, where the browser tells it. */
const place = () =>
  (window as { navigation?: { currentEntry?: { index: number } } }).navigation?.currentEntry?.index;

/**
 * While there is something to lose, asks before the page is left: by a link, by code, by back and forward, and (in the
 * browser's own words) by closing the tab. Moving within the page, as between tabs, is not leaving.
 */
export function useLeaveGuard(hasChanges: boolean): Leaving | undefined {
  const router = useRouter();
  const [go, setGo] = useState<() => void>();
  const isLeaving = useRef(false);

  useEffect(() => {
    if (!hasChanges) return;
    isLeaving.current = false;
    const here = window.location.pathname;
    const start = place();
    let isReturning = false;
    const ask = (then: () => void) => setGo(() => then);

    const onClick = (event: MouseEvent) => {
      if (isLeaving.current || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link?.href || (link.target && link.target !== "_self") || link.hasAttribute("download")) return;
      const url = new URL(link.href);
      // What leads away from the product ends the document, and with it the browser asks.
      if (url.origin !== window.location.origin || url.pathname === here) return;
      event.preventDefault();
      event.stopPropagation();
      ask(() => router.push(url.pathname + url.search + url.hash));
    };

    // The address has changed by the time that one hears of it: go back to where the page is, keep it from the router, ask.
    const onTravel = (event: PopStateEvent) => {
      if (isLeaving.current) return;
      if (isReturning) {
        isReturning = false;
        event.stopImmediatePropagation();
        return;
      }
      if (window.location.pathname === here) return;
      event.stopImmediatePropagation();
      const now = place();
      const steps = start === undefined || now === undefined || now === start ? -1 : now - start;
      isReturning = true;
      window.history.go(-steps);
      ask(() => window.history.go(steps));
    };

    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      if (!isLeaving.current) event.preventDefault();
    };

    const release = guardLeaving({
      onLeave(href, then) {
        if (isLeaving.current || new URL(href, window.location.href).pathname === here) then();
        else ask(then);
      },
      onTravel,
    });
    // In the capturing phase of the window, before every link.
    window.addEventListener("click", onClick, true);
    window.addEventListener("beforeunload", onBeforeUnload);
    return () => {
      release();
      window.removeEventListener("click", onClick, true);
      window.removeEventListener("beforeunload", onBeforeUnload);
    };
  }, [hasChanges, router]);

  return (
    go && {
      leave() {
        isLeaving.current = true;
        setGo(undefined);
        go();
      },
      stay: () => setGo(undefined),
    }
  );
}
