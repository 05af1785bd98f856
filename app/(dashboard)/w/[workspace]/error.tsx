"use client";

import { PageProblem } from "@/components/shell/page-problem";

export default function WorkspaceError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <PageProblem error={error} onRetry={reset} />;
}
