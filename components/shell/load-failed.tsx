"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useProblemText } from "./problem-text";

interface Failure {
  error: unknown;
  onRetry: () => void;
}

/** The error state of a first load. `isPage`: it is the page's only content. */
export function LoadFailed({
  title,
  error,
  onRetry,
  isRetrying = false,
  isPage = false,
}: Failure & { title: string; isRetrying?: boolean; isPage?: boolean }) {
  const t = useTranslations("ui");
  const problem = useProblemText();
  return (
    <div role="alert">
      <EmptyState
        isPage={isPage}
        icon={<TriangleAlert className="size-5" />}
        title={title}
        action={
          <Button isPending={isRetrying} onPress={onRetry}>
            {t("retry")}
          </Button>
        }
      >
        {problem(error)}
      </EmptyState>
    </div>
  );
}

/** A warning that the content is outdated because a refetch failed. `text` says since when. */
export function RefetchFailed({ text, error, onRetry }: Failure & { text: string }) {
  const t = useTranslations("ui");
  const problem = useProblemText();
  return (
    <Banner
      look="warning"
      icon={<TriangleAlert className="size-4" />}
      action={
        <Button size="small" onPress={onRetry}>
          {t("retry")}
        </Button>
      }
    >
      {`${problem(error)} ${text}`}
    </Banner>
  );
}
