"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { guardLeaving } from "./leave-guard";

/** A navigation that waits for confirmation because of unsaved changes. */
interface Leaving {
  leave: () => void;
  stay: () => void;
}

/** Returns the index of the current history entry, if the browser supports the Navigation API. */
const place = () =>
  (window as { navigation?: { currentEntry?: { index: number } } }).navigation?.currentEntry?.index;

/**
 * Asks before unsaved changes are lost by a link, by code, by back and forward, and (with the browser's own
 * dialog) by closing the tab. Navigation within the page, as between tabs, is not blocked.
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
      // Leaving the site unloads the document, which triggers the browser's own dialog.
      if (url.origin !== window.location.origin || url.pathname === here) return;
      event.preventDefault();
      event.stopPropagation();
      ask(() => router.push(url.pathname + url.search + url.hash));
    };

    // `popstate` fires after the URL has changed: restore the URL, hide the event from the router, then ask.
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
    // Captured on the window, before any link handles the click.
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
