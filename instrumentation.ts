import type { IncomingMessage, ServerResponse } from "node:http";
import type { Instrumentation } from "next";
import type { outagePage, Replacement } from "@/lib/platform/http/server/outage-page";

/** Stored on `globalThis`, because the development server reloads this module after a change. */
const shared = globalThis as {
  /** scripts/server/serve.mjs calls this at shutdown. */
  rollcallStopJobs?: () => Promise<void>;
  rollcallOpened?: () => void;
  /** scripts/server/serve.mjs calls this for event streams. */
  rollcallStream?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  rollcallOutagePage?: typeof outagePage;
  /** Set by scripts/server/serve.mjs: replaces the 500 of the current page request. */
  rollcallReplace?: (replacement: Replacement) => void;
};

/** Runs once at startup, so that an invalid setting stops the server with one line instead of failing the first request. */
export async function register(): Promise<void> {
  // The bundler removes this branch from builds for other runtimes, which have no signals.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    try {
      const { getServices } = await import("@/lib/services");
      const { keepWorking } = await import("@/lib/jobs");
      const { createHandle } = await import("@/lib/api-server");
      const { outagePage } = await import("@/lib/platform/http/server/outage-page");
      shared.rollcallOutagePage = outagePage;
      shared.rollcallStream = createHandle({ replaceGlobals: false });
      void shared.rollcallStopJobs?.();
      shared.rollcallStopJobs = keepWorking(getServices());
    } catch (error) {
      // Next.js would only log the error and keep running.
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      process.exit(1);
    }
    // scripts/server/serve.mjs waits for this call before it listens.
    shared.rollcallOpened?.();
  }
}

/** Called by Next.js before it answers a failed page with 500. */
export const onRequestError: Instrumentation.onRequestError = (error, { headers }) => {
  const replacement = shared.rollcallOutagePage?.(error, headers);
  if (replacement) shared.rollcallReplace?.(replacement);
};
