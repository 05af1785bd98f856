"use client";

import { CloudOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** An error message with a retry button. */
export function Failed({
  error,
  isRetrying,
  onRetry,
}: {
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
}) {
  const t = useTranslations("settings.common");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  return (
    <EmptyState
      icon={<CloudOff className="size-5" />}
      title={t("failed")}
      action={
        <Button isPending={isRetrying} onPress={onRetry}>
          {ui("retry")}
        </Button>
      }
    >
      {problemText(error)}
    </EmptyState>
  );
}
