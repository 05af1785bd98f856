import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { ApiError, errorBody } from "@/lib/platform/http/errors";
import { dispatch } from "@/lib/routes";
import { getServices } from "@/lib/services";
import { keepSwept } from "@/lib/sweep";

/** What a Node server is given to answer with. */
interface Api {
  handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>;
  /** Ends what runs beside the requests; to be called when the last one has its answer. */
  close(): Promise<void>;
}

/**
 * Opens the API for a bare Node server (scripts/server/serve-api.mjs): the same operations as behind Next, without pages
 * and without the sign-in of browsers. Throws `SettingsError`.
 */
export function openApi(): Api {
  const services = getServices();
  const stopSweeping = keepSwept(services);
  const handle = getRequestListener(dispatch, {
    // HTTP/1.0 needs no Host; the origin of a URL is asked for only where a browser calls.
    hostname: "localhost",
    errorHandler: refuse,
  });
  return {
    async handle(incoming, outgoing) {
      await handle(incoming, outgoing);
    },
    async close() {
      stopSweeping();
      await services.db.close();
    },
  };
}

/** The answer to what is no request at all, such as one with an impossible Host. */
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
