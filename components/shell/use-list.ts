"use client";

import { useMemo } from "react";
import { useLocale } from "use-intl";

/** Returns a function that joins words as a list: "A, B and C". */
export function useList(): (words: readonly string[]) => string {
  const locale = useLocale();
  return useMemo(() => {
    const list = new Intl.ListFormat(locale, { type: "conjunction" });
    return (words) => list.format(words);
  }, [locale]);
}
