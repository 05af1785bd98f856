"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";

/** Puts words side by side, with the comma of the reader's language between them. */
export function useJoined(): (words: readonly string[]) => string {
  const t = useTranslations("ui");
  return useCallback((words) => words.join(t("comma")), [t]);
}
