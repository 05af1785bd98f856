"use client";

import { PageProblem } from "@/components/shell/page-problem";

export default function WorkspaceError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return <PageProblem error={error} onRetry={retry} />;
}
