"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

/** Milliseconds after which an address that comes up is no late echo of a write. */
const patience = 3_000;

const normal = (search: string) => new URLSearchParams(search).toString();

/**
 * The query string of the page's address, and how to write it. What is written holds at once, for the next write as for the
 * page: Next hears of an address later, in a transition, and may for a moment show one that is older than the last write. A
 * write that waits, even for the blink of an eye, would put the page back from which a press on a link has just led away.
 */
export function useSearchString(): readonly [
  search: string,
  write: (next: (search: string) => string, history: "push" | "replace") => void,
] {
  const heard = useSearchParams().toString();
  const path = usePathname();
  const [search, setSearch] = useState(heard);
  const latest = useRef(heard);
  /** What was written lately and Next has not spoken of yet, the oldest first. Of some Next never speaks: newer ones took their place. */
  const underWay = useRef<{ search: string; at: number }[]>([]);

  useEffect(() => {
    const since = performance.now() - patience;
    const place = underWay.current.findIndex(({ search, at }) => search === heard && at > since);
    if (place >= 0) {
      underWay.current.splice(0, place + 1);
      return;
    }
    // Nobody here has written this: a link, or a step back in the history.
    underWay.current = [];
    latest.current = heard;
    setSearch(heard);
  }, [heard]);

  // A step in the history holds at once, too. Next speaks of it later, or never, when it had not spoken of the writes before:
  // the address is then the one that it spoke of last.
  useEffect(() => {
    const step = () => {
      if (window.location.pathname !== path) return;
      underWay.current = [];
      latest.current = normal(window.location.search);
      setSearch(latest.current);
    };
    window.addEventListener("popstate", step);
    return () => window.removeEventListener("popstate", step);
  }, [path]);

  const write = useCallback((next: (search: string) => string, history: "push" | "replace") => {
    const wanted = next(latest.current).replace(/^\?/, "");
    const written = normal(wanted);
    if (written === latest.current) return;
    latest.current = written;
    underWay.current.push({ search: written, at: performance.now() });
    setSearch(written);
    const { pathname, hash } = window.location;
    const url = `${pathname}${wanted === "" ? "" : `?${wanted}`}${hash}`;
    if (history === "push") window.history.pushState(null, "", url);
    else window.history.replaceState(null, "", url);
  }, []);

  return [search, write];
}
