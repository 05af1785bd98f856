import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { dispatch } from "@/lib/dispatch";
import { keepWorking } from "@/lib/jobs";
import { ApiError, errorBody } from "@/lib/platform/http/errors";
import { getServices } from "@/lib/services";

/** The API as used by a plain Node server. */
interface Api {
  handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>;
  /** Stops background jobs, while requests may still finish. Call it at the start of a shutdown. */
  stopJobs(): Promise<void>;
  /** Waits for background jobs and closes the database; call it after the last response. */
  close(): Promise<void>;
}

/**
 * Creates the API for a bare Node server (scripts/server/serve-api.mjs): all operations, without pages and
 * browser sign-in. Throws `SettingsError`.
 */
export function openApi(): Api {
  const services = getServices();
  const stopWorking = keepWorking(services);
  return {
    handle: createHandle({ replaceGlobals: true }),
    stopJobs: stopWorking,
    async close() {
      await stopWorking();
      await services.db.close();
    },
  };
}

/**
 * Creates a handler for all operations without Next.js. `replaceGlobals` replaces the global `Request` and
 * `Response` with faster ones, which Next.js does not support.
 */
export function createHandle({ replaceGlobals }: { replaceGlobals: boolean }): Api["handle"] {
  const handle = getRequestListener(dispatch, {
    // HTTP/1.0 requests may lack Host; only browser requests need the real origin.
    hostname: "localhost",
    overrideGlobalObjects: replaceGlobals,
    errorHandler: refuse,
  });
  return async (incoming, outgoing) => {
    await handle(incoming, outgoing);
  };
}

/**
 * Returns 400 for requests that can't be parsed (such as an invalid Host), otherwise logs the error and
 * returns 500.
 */
function refuse(thrown: unknown): Response {
  const isRefusal = thrown instanceof Error && thrown.name === "RequestError";
  if (!isRefusal) getServices().logger.error({ err: thrown }, "request failed");
  const error = isRefusal
    ? new ApiError("BadRequest", `The request is not valid: ${thrown.message}.`)
    : new ApiError("InternalError", "Something went wrong on the server. Try again.");
  return new Response(JSON.stringify(errorBody(error)), {
    status: error.status,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Request-Id": randomUUID(),
    },
  });
}
