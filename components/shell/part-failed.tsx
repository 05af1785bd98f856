"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useProblemText } from "./problem-text";

/** The error state of a part of a page, with a retry button: a text, the problem, or both. */
export function PartFailed({
  error,
  onRetry,
  children,
}: {
  error?: unknown;
  onRetry: () => void;
  children?: ReactNode;
}) {
  const t = useTranslations("ui");
  const problem = useProblemText();
  return (
    <Callout
      look="danger"
      role="alert"
      action={
        <Button size="small" onPress={onRetry}>
          {t("retry")}
        </Button>
      }
    >
      {children} {error ? problem(error) : null}
    </Callout>
  );
}
