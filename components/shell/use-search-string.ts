"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

/** Milliseconds after which a reported URL is not treated as an echo of a write. */
const patience = 3_000;

const normal = (search: string) => new URLSearchParams(search).toString();

/**
 * Returns the query string of the URL and a function to update it. A write takes effect immediately, because
 * Next.js reports URLs late, in a transition, and may report an outdated one. A delayed write would undo a
 * link that was followed meanwhile.
 */
export function useSearchString(): readonly [
  search: string,
  write: (next: (search: string) => string, history: "push" | "replace") => void,
] {
  const heard = useSearchParams().toString();
  const path = usePathname();
  const [search, setSearch] = useState(heard);
  const latest = useRef(heard);
  /**
   * Recent writes that Next.js has not reported yet, oldest first. It skips some that newer ones replaced.
   */
  const underWay = useRef<{ search: string; at: number }[]>([]);

  useEffect(() => {
    const since = performance.now() - patience;
    const place = underWay.current.findIndex(({ search, at }) => search === heard && at > since);
    if (place >= 0) {
      underWay.current.splice(0, place + 1);
      return;
    }
    // Not written here: a link, or back and forward.
    underWay.current = [];
    latest.current = heard;
    setSearch(heard);
  }, [heard]);

  // Back and forward also take effect immediately. Next.js reports them late, or never if it had not reported
  // the preceding writes, because its URL then does not change.
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
