import { holdsAny } from "@/lib/auth/permissions";
import { isDatabaseUnavailable } from "@/lib/db";
import { clientAddress } from "@/lib/http/client-address";
import { ApiError, errorBody, isApiError } from "@/lib/http/errors";
import type { HandlerInput, Method, Operation, ResultOf } from "@/lib/http/operation";
import { parseBody, parseParams, parseQuery } from "@/lib/http/parse";
import {
  asksForJsonAlone,
  matchesEntityTag,
  type ReadyReply,
  type Reply,
  type StreamedReply,
} from "@/lib/http/reply";
import { isSameOrigin } from "@/lib/http/same-origin";
import { newId } from "@/lib/ids";
import type { Counted } from "@/lib/limits/service";
import { getServices } from "@/lib/services";

/** Names in the path to their values, the way Next hands them over. */
export interface RouteContext {
  params: Promise<Record<string, string | string[]> | undefined>;
}

/** A plain function from request to answer: any server can mount it. */
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

/** An operation bound to what carries it out. */
export interface Route {
  method: Method;
  /** With `{name}` for each parameter. */
  path: string;
  handle: RouteHandler;
}

type Handler<O extends Operation> = (
  input: HandlerInput<O>,
) => Promise<Reply<ResultOf<O>> | ReadyReply | StreamedReply>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Binds an operation to its handler. Around the handler stand, in this order: request id, credentials (401), the rate
 * limit (429), path (400), workspace (404), role and same origin (403), query (400), body (415, 413, 400, 422), idempotency, the check
 * of the answer against its schema, and one line in the log. Every error, thrown anywhere, is answered here.
 */
export function route<O extends Operation>(operation: O, handler: Handler<O>): Route {
  return {
    method: operation.method,
    path: operation.path,
    handle: (request, context) =>
      answering(request, operation.id, async (facts) => {
        const services = getServices();
        const { access } = operation;
        // Next gives no object at all where the path has no parameter. None of an operation has several parts.
        const raw = ((await context.params) ?? {}) as Record<string, string>;
        const address = clientAddress(request.headers, services.settings.trustedProxies);
        const count = (whom: Counted) => {
          if (!operation.unlimited) facts.limit = services.limits.count(whom, facts.now);
        };
        const caller =
          access.kind === "public"
            ? undefined
            : await services.auth
                .authenticate(request.headers, workspaceIn(raw), facts.now)
                .catch((error: unknown) => {
                  if (isApiError(error) && error.code === "Unauthorized") count({ kind: "address", address });
                  throw error;
                });
        facts.caller = caller?.principal;
        count(caller?.principal ?? { kind: "address", address });
        const params = parseParams(operation.params, raw);
        if (access.kind === "workspace") {
          if (!caller?.actor) throw new ApiError("WorkspaceNotFound", "There is no such workspace for you.");
          if (!holdsAny(caller.actor, access.anyOf)) throw missingPermission(access.anyOf);
        }
        if (caller?.principal.via === "session" && operation.method !== "GET")
          if (!isSameOrigin(request, services.settings.publicUrl))
            throw new ApiError(
              "Forbidden",
              "A write by session cookie must come from the product's own pages; programs send a token or an access key.",
            );
        const query = operation.query
          ? parseQuery(operation.query, new URL(request.url).searchParams, operation.queryOptions)
          : refuseQuery(request);
        const parsed = operation.body
          ? await parseBody(operation.body, request, operation.invalid ?? "BadRequest")
          : undefined;
        const input = {
          ...(caller?.actor ? { actor: caller.actor } : {}),
          ...(caller ? { principal: caller.principal } : {}),
          params,
          query,
          body: parsed,
          ifMatch: operation.reads?.includes("If-Match")
            ? (request.headers.get("if-match") ?? undefined)
            : undefined,
          address,
          now: facts.now,
          // The conditional types of HandlerInput can't be followed through a generic; the lines above are what
          // they describe.
        } as unknown as HandlerInput<O>;

        const run = async (): Promise<Answer> => finish(operation, request, await handler(input));
        const key = operation.reads?.includes("Idempotency-Key")
          ? request.headers.get("idempotency-key")
          : null;
        if (key === null || !caller) return toResponse(await run());
        const outcome = await services.idempotency.once(
          {
            actorId: `${caller.principal.kind}:${caller.principal.id}`,
            method: operation.method,
            path: operation.path.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name])),
            key,
            body: JSON.stringify(parsed ?? null),
            sealed: operation.shownOnce === true,
            now: facts.now,
          },
          async () => {
            const { status, headers, body } = await run();
            if (typeof body !== "string")
              throw new Error(`${operation.id} can't be repeated: its body is no text`);
            return { status, headers, body };
          },
        );
        return toResponse({
          ...outcome.answer,
          headers: {
            ...outcome.answer.headers,
            ...(outcome.repeated ? { "Idempotent-Replayed": "true" } : {}),
          },
        });
      }),
  };
}

/**
 * An endpoint that is no operation of the API: what it takes or answers is no JSON, and what it is allowed comes with
 * the request. Errors, request id and log are the same as everywhere.
 */
export function plainRoute(
  method: Method,
  path: string,
  handler: (request: Request, now: Date) => Promise<Response>,
): Route {
  return {
    method,
    path,
    handle: (request) => answering(request, `${method} ${path}`, ({ now }) => handler(request, now)),
  };
}

type Caller = Awaited<ReturnType<ReturnType<typeof getServices>["auth"]["authenticate"]>>["principal"];

interface Facts {
  requestId: string;
  now: Date;
  caller: Caller | undefined;
  /** Headers that say where the caller stands in their limit. */
  limit: Record<string, string>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | ReadableStream<Uint8Array> | null;
}

/**
 * Runs `work` as the answer to one request: gives it an id, turns whatever is thrown into an answer, logs one line.
 */
async function answering(
  request: Request,
  name: string,
  work: (facts: Facts) => Promise<Response>,
): Promise<Response> {
  const started = performance.now();
  const facts: Facts = { requestId: newId(), now: new Date(0), caller: undefined, limit: {} };
  let response: Response;
  let fault: unknown;
  try {
    facts.now = getServices().clock.now();
    response = await work(facts);
  } catch (error) {
    const known = asApiError(error);
    if (known.status >= 500) fault = error;
    response = toResponse({
      status: known.status,
      headers: { "Content-Type": "application/json", ...known.headers },
      body: JSON.stringify(errorBody(known)),
    });
  }
  response.headers.set("X-Request-Id", facts.requestId);
  for (const [name, value] of Object.entries(facts.limit))
    if (!response.headers.has(name)) response.headers.set(name, value);
  if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
  const { logger } = getServices();
  const line = {
    requestId: facts.requestId,
    operation: name,
    method: request.method,
    status: response.status,
    caller: facts.caller && `${facts.caller.kind}:${facts.caller.id}`,
    ms: Math.round((performance.now() - started) * 10) / 10,
  };
  if (fault) logger.error({ ...line, err: fault }, "request failed");
  else logger.info(line, "request");
  return response;
}

function asApiError(error: unknown): ApiError {
  if (isApiError(error)) return error;
  if (isDatabaseUnavailable(error))
    return new ApiError("Unavailable", "The database does not answer at the moment; try again shortly.", {
      headers: { "Retry-After": "2" },
    });
  return new ApiError(
    "InternalError",
    "Something went wrong on our side; the log has this request's X-Request-Id.",
  );
}

function workspaceIn(params: Record<string, string>): string | undefined {
  const id = params.workspaceId;
  return id !== undefined && uuid.test(id) ? id : undefined;
}

function missingPermission(anyOf: readonly string[]): ApiError {
  return new ApiError("Forbidden", `This needs the permission ${anyOf.join(" or ")}; ask a supervisor.`);
}

function refuseQuery(request: Request): undefined {
  const [name] = new URL(request.url).searchParams.keys();
  if (name !== undefined)
    throw new ApiError("InvalidQuery", "This operation takes no query parameters; remove them.", {
      details: { [name]: ["is not a parameter here; remove it."] },
    });
}

function finish<O extends Operation>(
  operation: O,
  request: Request,
  reply: Reply<ResultOf<O>> | ReadyReply | StreamedReply,
): Answer {
  const headers: Record<string, string> = {};
  if (reply.etag) {
    headers.ETag = reply.etag;
    headers["Cache-Control"] = "private, no-cache";
  }
  const ifNoneMatch = operation.reads?.includes("If-None-Match")
    ? request.headers.get("if-none-match")
    : null;
  if (ifNoneMatch !== null && reply.etag && matchesEntityTag(ifNoneMatch, reply.etag))
    return { status: 304, headers, body: null };
  const { status, body: schema } = operation.success;
  if ("pieces" in reply) {
    headers["Content-Type"] = "application/json";
    return { status, headers, body: streamOf(reply.pieces()) };
  }
  if ("json" in reply) {
    if (getServices().settings.checkResponses) check(operation, JSON.parse(reply.json));
    headers["Content-Type"] = "application/json";
    return { status, headers, body: reply.json };
  }
  if (reply.redirect !== undefined) {
    headers.Vary = "Accept";
    if (!asksForJsonAlone(request.headers.get("accept"))) {
      headers.Location = reply.redirect;
      return { status: 302, headers, body: null };
    }
  }
  if (reply.location) headers.Location = getServices().settings.publicUrl + reply.location;
  if (schema === null) return { status, headers, body: null };
  if (getServices().settings.checkResponses) check(operation, reply.data);
  headers["Content-Type"] = "application/json";
  return { status, headers, body: JSON.stringify(reply.data) };
}

function check(operation: Operation, data: unknown): void {
  const checked = operation.success.body?.safeParse(data);
  if (checked?.success === false)
    throw new Error(`${operation.id} answers against its contract: ${JSON.stringify(checked.error.issues)}`);
}

/** The pieces as bytes, asked for as fast as the client takes them. */
function streamOf(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers });
}

const servedMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** The handlers of one path by method; a method without an operation answers 405 and says which there are. */
export function endpoint(...routes: Route[]): Record<(typeof servedMethods)[number], RouteHandler> {
  const allowed = routes.map((each) => each.method) as string[];
  if (allowed.includes("GET")) allowed.splice(allowed.indexOf("GET") + 1, 0, "HEAD");
  const refuse: RouteHandler = (request) =>
    answering(request, "methodNotAllowed", async () => {
      throw new ApiError("MethodNotAllowed", `Use ${allowed.join(", ")} here.`, {
        headers: { Allow: allowed.join(", ") },
      });
    });
  const tell: RouteHandler = (request) =>
    answering(request, "options", async () =>
      toResponse({ status: 204, headers: { Allow: allowed.join(", ") }, body: null }),
    );
  const of = (method: string) => routes.find((each) => each.method === method)?.handle ?? refuse;
  return {
    GET: of("GET"),
    HEAD: of("GET"),
    POST: of("POST"),
    PUT: refuse,
    PATCH: of("PATCH"),
    DELETE: of("DELETE"),
    OPTIONS: tell,
  };
}

/** The answer of every path below `/api` that has no operation. */
export const nothingHere = (request: Request): Promise<Response> =>
  answering(request, "notFound", async () => {
    throw new ApiError("NotFound", "Nothing is at this path; GET /api/openapi.json lists all there is.");
  });
