"use client";

import { useEffect, useState } from "react";

let isWithin = false;

/**
 * Records the first mount. Must be called by the shell, which stays mounted across client-side navigation.
 */
export function useArrivals(): void {
  useEffect(() => {
    isWithin = true;
  }, []);
}

/**
 * Returns whether the page was reached by client-side navigation, so that its heading must receive focus.
 * `key` distinguishes pages that share a component.
 */
export function useIsArrival(key: string): boolean {
  const [loaded] = useState(() => (isWithin ? null : key));
  return loaded !== key;
}
