"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";

/** Returns a function that joins words with the comma of the reader's language. */
export function useJoined(): (words: readonly string[]) => string {
  const t = useTranslations("ui");
  return useCallback((words) => words.join(t("comma")), [t]);
}
