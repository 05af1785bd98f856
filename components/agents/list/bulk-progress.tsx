"use client";

import { Ban, CircleAlert, CircleCheck, Clock } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import { type BulkResult, type BulkState, countAgents } from "@/lib/agents/agents/client/bulk";

const icons: Record<BulkState, ReactNode> = {
  waiting: <Clock aria-hidden="true" className="size-4 text-muted" />,
  running: <Spinner className="size-4 text-muted" />,
  done: <CircleCheck aria-hidden="true" className="size-4 text-success" />,
  failed: <CircleAlert aria-hidden="true" className="size-4 text-danger" />,
  cancelled: <Ban aria-hidden="true" className="size-4 text-muted" />,
};

const rank: Record<BulkState, number> = { failed: 0, cancelled: 1, running: 2, waiting: 3, done: 4 };

/** The progress of a bulk change, and the result per agent. */
export function BulkProgress({
  title,
  results,
  isRunning,
  names,
  onCancel,
  onClose,
  onRetry,
  onUndo,
}: {
  title: string;
  results: readonly BulkResult[];
  isRunning: boolean;
  names: ReadonlyMap<string, string>;
  onCancel: () => void;
  onClose: () => void;
  onRetry: () => void;
  onUndo: (() => void) | null;
}) {
  const t = useTranslations("agents.bulk");
  const ui = useTranslations("ui");
  const problem = useProblemText();
  const counts = countAgents(results);
  const total = results.reduce((sum, { task }) => sum + task.agentIds.length, 0);
  const ended = counts.done + counts.failed + counts.cancelled;
  const unfinished = counts.failed + counts.cancelled;
  const rows = results
    .flatMap(({ task, state, error }) => task.agentIds.map((id) => ({ id, state, error })))
    .sort((one, other) => (isRunning ? 0 : rank[one.state] - rank[other.state]));
  const summary = isRunning
    ? t("progress", { done: ended, total })
    : t("result", { done: counts.done, failed: counts.failed, cancelled: counts.cancelled });

  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={onClose}
      isBlocking={isRunning}
      width="small"
      footer={
        isRunning ? (
          <Button autoFocus onPress={onCancel}>
            {ui("cancel")}
          </Button>
        ) : (
          <>
            {onUndo && <Button onPress={onUndo}>{t("undoDone", { count: counts.done })}</Button>}
            {unfinished > 0 && <Button onPress={onRetry}>{t("retry", { count: unfinished })}</Button>}
            <Button autoFocus look="primary" onPress={onClose}>
              {ui("close")}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <div role="status">
          <Progress label={title} value={ended} max={total} text={summary} />
        </div>
        <ul aria-label={t("perAgent")} className="flex flex-col">
          {rows.map(({ id, state, error }) => (
            <li
              key={id}
              className="flex min-h-8 items-start gap-2.5 py-1 [contain-intrinsic-size:auto_2rem] [content-visibility:auto]"
            >
              <span className="mt-0.5">{icons[state]}</span>
              <span className="min-w-0 flex-1">
                <span className="block truncate">{names.get(id) ?? t("unknownAgent")}</span>
                {state === "failed" && (
                  <span className="block break-words text-danger text-sm">{problem(error)}</span>
                )}
              </span>
              <span className="text-muted text-sm">{t(`states.${state}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
