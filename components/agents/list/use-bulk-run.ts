"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { type BulkResult, type BulkTask, runBulk } from "@/lib/agents/agents/client/bulk";

interface Run {
  /** Describes the change. */
  title: string;
  results: readonly BulkResult[];
  isRunning: boolean;
  isUndo: boolean;
}

interface Start {
  title: string;
  tasks: readonly BulkTask[];
  isUndo?: boolean;
  /** Results of an earlier run to keep when only its failures are retried. */
  kept?: readonly BulkResult[];
  onEnd?: (results: readonly BulkResult[]) => void;
}

/** Runs a bulk change and keeps the result of each agent. */
export function useBulkRun(workspaceId: string) {
  const client = useQueryClient();
  const [run, setRun] = useState<Run | null>(null);
  const controller = useRef<AbortController>(null);

  const start = useCallback(
    async ({ title, tasks, isUndo = false, kept = [], onEnd }: Start) => {
      const own = new AbortController();
      controller.current = own;
      const waiting = tasks.map((task): BulkResult => ({ task, state: "waiting" }));
      setRun({ title, results: [...kept, ...waiting], isRunning: true, isUndo });
      const results = await runBulk(tasks, {
        signal: own.signal,
        onChange: (now) => setRun((before) => before && { ...before, results: [...kept, ...now] }),
      });
      const all = [...kept, ...results];
      setRun({ title, results: all, isRunning: false, isUndo });
      // Teams and capacity rules include agents and their counts.
      for (const area of ["agents", "teams", "capacity"])
        void client.invalidateQueries({ queryKey: [area, workspaceId] });
      onEnd?.(all);
    },
    [client, workspaceId],
  );

  return {
    run,
    start,
    cancel: useCallback(() => controller.current?.abort(), []),
    close: useCallback(() => setRun(null), []),
  };
}
