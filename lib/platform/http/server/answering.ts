import { randomUUID } from "node:crypto";
import { databaseTrouble, type Trouble } from "@/lib/platform/database/errors";
import { ApiError, errorBody, isApiError } from "@/lib/platform/http/errors";
import { clientAddress } from "@/lib/platform/http/server/client-address";
import { diskTrouble } from "@/lib/platform/http/server/disk-errors";
import type { HttpServices } from "@/lib/platform/http/server/services";
import type { Principal } from "@/lib/platform/security/permissions";

/** State of a request, filled in while it is handled. */
export interface Facts {
  requestId: string;
  now: Date;
  caller: Principal | undefined;
  /** Rate limit headers. */
  limit: Record<string, string>;
}

/** Statuses whose log line includes the client's IP address. */
const refusals: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * A response before it becomes a `Response`. Building that once, with all headers, is considerably faster.
 */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | ReadableStream<Uint8Array> | null;
}

/** Handles one request: assigns an id, converts thrown values to error responses and logs one line. */
export async function answering(
  request: Request,
  name: string,
  services: Pick<HttpServices, "clock" | "logger" | "settings">,
  work: (facts: Facts) => Promise<Answer | Response>,
): Promise<Response> {
  const started = performance.now();
  const facts: Facts = { requestId: randomUUID(), now: services.clock.now(), caller: undefined, limit: {} };
  let answer: Answer | Response;
  let fault: unknown;
  try {
    answer = await work(facts);
  } catch (error) {
    const known = asApiError(error);
    if (known.status >= 500) fault = error;
    answer = {
      status: known.status,
      headers: { "Content-Type": "application/json", ...known.headers },
      body: JSON.stringify(errorBody(known)),
    };
  }
  const response = answer instanceof Response ? completed(answer, facts) : made(answer, facts);
  const line = {
    requestId: facts.requestId,
    operation: name,
    method: request.method,
    status: answer.status,
    caller: facts.caller && `${facts.caller.kind}:${facts.caller.id}`,
    ...(refusals.has(answer.status)
      ? { address: clientAddress(request.headers, services.settings.trustedProxies) }
      : {}),
    ms: Math.round((performance.now() - started) * 10) / 10,
  };
  if (fault) services.logger.error({ ...line, err: fault }, "request failed");
  else services.logger.info(line, "request");
  return response;
}

function made({ status, headers, body }: Answer, { requestId, limit }: Facts): Response {
  return new Response(body, {
    status,
    headers: { "Cache-Control": "no-store", ...limit, ...headers, "X-Request-Id": requestId },
  });
}

function completed(response: Response, { requestId, limit }: Facts): Response {
  for (const name in limit) response.headers.set(name, limit[name] ?? "");
  response.headers.set("X-Request-Id", requestId);
  if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
  return response;
}

/** Message and `Retry-After` seconds per kind of database error. */
const told: Record<Trouble, { message: string; after: number }> = {
  unreachable: { message: "The database is not responding. Try again in a moment.", after: 2 },
  readOnly: {
    message: "The database is read-only right now. Try your change again later.",
    after: 5,
  },
  full: {
    message: "The database has no space left for changes. Ask the server's administrator to free space.",
    after: 5,
  },
  busy: { message: "The database took too long to respond. Try again.", after: 1 },
};

/** Converts any thrown value to an `ApiError`. */
export function asApiError(error: unknown): ApiError {
  if (isApiError(error)) return error;
  const trouble = databaseTrouble(error);
  if (trouble) {
    const { message, after } = told[trouble];
    return new ApiError("Unavailable", message, { headers: { "Retry-After": String(after) } });
  }
  const disk = diskTrouble(error);
  if (disk)
    return new ApiError(
      disk === "full" ? "InsufficientStorage" : "Unavailable",
      disk === "full"
        ? "There is no space left for uploads. Ask the server's administrator to free space."
        : "Uploads can't be stored right now. Try again in a moment.",
      { headers: { "Retry-After": "5" } },
    );
  return new ApiError(
    "InternalError",
    "Something went wrong on the server. Report the X-Request-Id of this response to its administrator.",
  );
}
