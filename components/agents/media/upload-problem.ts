"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { UploadError } from "@/lib/workforce/media/client/queries";

/** Returns a function that explains in the reader's language why an upload failed. */
export function useUploadProblem(): (error: unknown) => string {
  const t = useTranslations("media.upload");
  const problemText = useProblemText();
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof UploadError)) return problemText(error);
      return error.status === 0 ? t("cutOff") : t("refused", { status: String(error.status) });
    },
    [t, problemText],
  );
}
