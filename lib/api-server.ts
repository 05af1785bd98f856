import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { keepWorking } from "@/lib/jobs";
import { ApiError, errorBody } from "@/lib/platform/http/errors";
import { dispatch } from "@/lib/routes";
import { getServices } from "@/lib/services";

/** The API as used by a Node server. */
interface Api {
  handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>;
  /** Stops background jobs while requests finish; call it when the shutdown begins. */
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
  const handle = getRequestListener(dispatch, {
    // HTTP/1.0 requests may lack Host; only browser requests need the real origin.
    hostname: "localhost",
    errorHandler: refuse,
  });
  return {
    async handle(incoming, outgoing) {
      await handle(incoming, outgoing);
    },
    stopJobs: stopWorking,
    async close() {
      await stopWorking();
      await services.db.close();
    },
  };
}

/** Answers requests that can't be parsed, such as one with an invalid Host. */
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
