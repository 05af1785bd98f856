"use client";

import { useEffect, useState } from "react";

let isWithin = false;

/** Called by what stands around every page: once it is there, whatever page comes was reached from another one. */
export function useArrivals(): void {
  useEffect(() => {
    isWithin = true;
  }, []);
}

/**
 * Whether a page was reached from another one, without the browser having loaded it: then the focus, which was in the page
 * before, has to be led to its heading. `key` tells pages apart that are shown by the same component.
 */
export function useIsArrival(key: string): boolean {
  const [loaded] = useState(() => (isWithin ? null : key));
  return loaded !== key;
}
