import type { z } from "zod";
import type { Call } from "@/lib/platform/client/call";
import { observeServerDate } from "@/lib/platform/client/page-clock";
import type { ErrorCode, ErrorDetails } from "@/lib/platform/http/errors";
import type { Operation } from "@/lib/platform/http/operation";

/** An error response of the API, or a failed request. */
export class RequestError extends Error {
  override name = "RequestError";

  constructor(
    /** HTTP status; 0 without a response. */
    readonly status: number,
    readonly code: ErrorCode | "NoAnswer",
    message: string,
    /** Messages per field. */
    readonly details: ErrorDetails,
    /** Request id in the server's log. */
    readonly requestId: string | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

type Part<Name extends string, S> = S extends z.ZodType ? { [key in Name]: z.input<S> } : unknown;

/** Input of a call. */
export type RequestOf<O extends Operation> = { params: z.input<O["params"]> } & Part<"query", O["query"]> &
  Part<"body", O["body"]> & {
    /** ETag of the version to change; 412 if the resource has changed since. */
    ifMatch?: string;
    /** Makes it safe to retry a POST. */
    idempotencyKey?: string;
    signal?: AbortSignal;
  };

/** Result of a call. */
export interface ResponseOf<O extends Operation> {
  data: O["success"]["body"] extends z.ZodType ? z.output<O["success"]["body"]> : undefined;
  etag: string | undefined;
}

export type Callable<O extends Operation> = O | Call<O>;

/** Returns path and query of an operation. An array becomes a repeated parameter. */
export function requestUrl(
  { path }: Pick<Operation, "path">,
  params: Record<string, unknown>,
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined) search.append(name, String(each));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

/**
 * Creates a function that calls operations from the browser with the session cookie. It rejects with
 * `RequestError`, also for network errors.
 */
export function createClient(
  options: { origin?: string; headers?: Record<string, string>; fetch?: typeof fetch } = {},
) {
  const send = options.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request));
  return async function request<O extends Operation>(
    operation: Callable<O>,
    input: RequestOf<O>,
  ): Promise<ResponseOf<O>> {
    const { params, query, body, ifMatch, idempotencyKey, signal } = input as RequestOf<Operation> & {
      query?: Record<string, unknown>;
      body?: unknown;
    };
    const sentAt = Date.now();
    const response = await send((options.origin ?? "") + requestUrl(operation, params, query), {
      method: operation.method,
      headers: {
        Accept: "application/json",
        ...options.headers,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(ifMatch === undefined ? {} : { "If-Match": ifMatch }),
        ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new RequestError(0, "NoAnswer", "Can't reach the server. Check your connection.", {}, undefined, {
        cause: error,
      });
    });
    observeServerDate(response.headers.get("date"), sentAt, Date.now());
    const requestId = response.headers.get("x-request-id") ?? undefined;
    const text = await response.text();
    const json = parseJson(text);
    if (!response.ok) {
      const { code, message, details } = (json ?? {}) as {
        code?: ErrorCode;
        message?: string;
        details?: ErrorDetails;
      };
      throw new RequestError(
        response.status,
        code ?? "InternalError",
        message ?? `The server answered ${response.status}.`,
        details ?? {},
        requestId,
      );
    }
    return {
      data: json as ResponseOf<O>["data"],
      etag: response.headers.get("etag") ?? undefined,
    };
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
