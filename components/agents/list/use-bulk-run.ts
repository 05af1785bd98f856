"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { type BulkResult, type BulkTask, runBulk } from "@/lib/agents/agents/client/bulk";

interface Run {
  /** What is being done, in words. */
  title: string;
  results: readonly BulkResult[];
  isRunning: boolean;
  isUndo: boolean;
}

interface Start {
  title: string;
  tasks: readonly BulkTask[];
  isUndo?: boolean;
  /** Results of a run before that are part of this one, when what failed in it is tried again. */
  kept?: readonly BulkResult[];
  onEnd?: (results: readonly BulkResult[]) => void;
}

/** Runs a change of many agents and keeps what became of each. */
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
      // Agents show their teams and their rule, and those count their agents.
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
