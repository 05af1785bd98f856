import { setTimeout as sleep } from "node:timers/promises";
import { troubleOf } from "@/lib/platform/database/errors";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Logger } from "@/lib/platform/logger";
import type { Matcher } from "@/lib/routing/matcher";
import type { MatchingRepository } from "@/lib/routing/matching/server/repository";
import type { RunResult } from "@/lib/routing/matching/server/run";

interface Dependencies {
  run: (workspaceId: AuthorizedWorkspaceId) => Promise<RunResult>;
  repository: Pick<MatchingRepository, "due" | "removeDecisions">;
  now: () => number;
  logger: Logger;
}

/** Milliseconds between checks for workspaces that are due. */
const lookMs = 250;
/** Milliseconds before the next attempt if another process is matching, or rows are locked. */
const retryMs = 25;
/** Number of attempts before leaving the workspace to the next check. */
const attempts = 40;
/** Milliseconds before the next attempt after a failure. */
const outageMs = 1_000;
const keepDecisionsMs = 30 * 24 * 60 * 60 * 1000;

export function createMatcher({ run, repository, now, logger }: Dependencies) {
  /** Workspaces that this process is matching, and whether to match them again afterwards. */
  const running = new Map<AuthorizedWorkspaceId, { again: boolean; ended: Promise<void> }>();
  /** The last failures: workspaces, or the check for due ones. Each is logged once. */
  const failing = new Set<string>();

  function failed(what: string, error: unknown): void {
    if (failing.has(what)) return;
    failing.add(what);
    if (troubleOf(error)) logger.warn({ err: error }, "matching waits: the database is unavailable");
    else logger.error({ err: error }, "matching failed; the server retries");
  }

  function succeeded(what: string): void {
    if (failing.delete(what) && failing.size === 0) logger.info("matching works again");
  }

  async function keepRunning(workspaceId: AuthorizedWorkspaceId, state: { again: boolean }): Promise<void> {
    try {
      for (let left = attempts; left > 0; left--) {
        state.again = false;
        const result = await run(workspaceId);
        succeeded(workspaceId);
        if (result !== "done") await sleep(retryMs, undefined, { ref: false });
        else if (!state.again) return;
        else left = attempts;
      }
    } catch (error) {
      failed(workspaceId, error);
      await sleep(outageMs, undefined, { ref: false });
    } finally {
      running.delete(workspaceId);
    }
  }

  /**
   * Starts to match a workspace, or matches it again after the current run. Resolves when nothing is left to
   * do.
   */
  function start(workspaceId: AuthorizedWorkspaceId): Promise<void> {
    const present = running.get(workspaceId);
    if (present) {
      present.again = true;
      return present.ended;
    }
    const state = { again: false, ended: Promise.resolve() };
    running.set(workspaceId, state);
    state.ended = keepRunning(workspaceId, state);
    return state.ended;
  }

  const matcher: Matcher = { wake: (workspaceId) => void start(workspaceId) };

  return {
    ...matcher,

    /** Matches a workspace until nothing is left to do. Never throws. */
    match: start,

    /**
     * Matches all due workspaces until `stop`, which waits for current runs. Also finds timers, changes
     * without a request, and work left by a killed process.
     */
    keepMatching(): { stop(): Promise<void> } {
      const stopping = new AbortController();
      const { signal } = stopping;
      const ended = (async () => {
        while (!signal.aborted) {
          let pause = lookMs;
          try {
            for (const workspaceId of await repository.due(now())) void start(workspaceId);
            succeeded("look");
          } catch (error) {
            failed("look", error);
            pause = outageMs;
          }
          await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
        }
        await Promise.all([...running.values()].map((state) => state.ended));
      })();
      return {
        stop() {
          stopping.abort();
          return ended;
        },
      };
    },

    /** Deletes decisions that are older than 30 days. Returns their number. */
    sweep(at: Date): Promise<number> {
      return repository.removeDecisions(new Date(at.getTime() - keepDecisionsMs));
    },
  };
}
