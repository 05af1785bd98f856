import { ApiError, isApiError } from "@/lib/platform/http/errors";
import type { HandlerInput, Method, Operation, ResultOf } from "@/lib/platform/http/operation";
import { parseBody, parseParams, parseQuery } from "@/lib/platform/http/parse";
import { type Answer, answering, type Facts } from "@/lib/platform/http/server/answering";
import { clientAddress } from "@/lib/platform/http/server/client-address";
import {
  asksForJsonAlone,
  matchesEntityTag,
  type ReadyReply,
  type Reply,
  type StreamedReply,
} from "@/lib/platform/http/server/reply";
import { isSameOrigin } from "@/lib/platform/http/server/same-origin";
import type { Caller, Counted, HttpServices } from "@/lib/platform/http/server/services";
import { searchOf } from "@/lib/platform/http/server/url";
import { type Actor, holdsAny } from "@/lib/platform/security/permissions";

/** An operation bound to its handler, which uses the services `S`. */
export interface Route<S = unknown> {
  /** The operation's id; undefined for endpoints outside the API. */
  id: string | undefined;
  method: Method;
  /** With `{name}` for each parameter; a final `{name*}` takes the rest of the path. */
  path: string;
  /**
   * `params` are the path parameters. A property, not a method, so that TypeScript checks `S`
   * contravariantly.
   */
  handle: (request: Request, params: Record<string, string>, services: S & HttpServices) => Promise<Response>;
}

interface RouteOptions {
  /**
   * Whether to start the handler with the cached caller and confirm them in its first statement, which saves a
   * round trip (docs/decisions/0023-callers-confirmed-with-the-first-read.md). That statement must be a read, or
   * start a transaction.
   */
  presumes?: boolean;
}

type Handler<O extends Operation, S> = (
  input: HandlerInput<O>,
  services: S & HttpServices,
) => Promise<Reply<ResultOf<O>> | ReadyReply | StreamedReply>;

/** A request and its state. */
interface Exchange<S> {
  request: Request;
  /** Path parameters. */
  raw: Record<string, string>;
  facts: Facts;
  services: S & HttpServices;
  /** The client's IP address. */
  address: string;
  /** The parsed body; read at most once. */
  body: Promise<unknown> | undefined;
  /** The caller, once authenticated. */
  actor: Actor | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Binds an operation to its handler. Order of the checks: credentials (401), rate limit (429), path (400),
 * workspace (404), permission and origin (403), query (400), body (415, 413, 400, 422), idempotency. Then the
 * response is checked against its schema. All errors are converted to responses here.
 */
function route<O extends Operation, S>(
  operation: O,
  handler: Handler<O, S>,
  { presumes = false }: RouteOptions = {},
): Route<S> {
  const { access, reads = [] } = operation;
  const readsIfMatch = reads.includes("If-Match");
  const readsAccept = reads.includes("Accept");
  const readsKey = reads.includes("Idempotency-Key");

  /**
   * Everything after credentials and rate limit. Runs a second time when the cached caller turns out to be
   * outdated.
   */
  async function answer(exchange: Exchange<S>, caller: Caller | undefined): Promise<Answer> {
    const { request, facts, services } = exchange;
    const params = parseParams(operation.params, exchange.raw);
    if (access.kind === "workspace") {
      if (!caller?.actor)
        throw new ApiError(
          "WorkspaceNotFound",
          "No workspace with this id exists, or you don't have access to it.",
        );
      if (!holdsAny(caller.actor, access.anyOf)) throw missingPermission(access.anyOf);
    }
    if (caller?.principal.via === "session" && operation.method !== "GET")
      if (!isSameOrigin(request, services.settings.publicUrl))
        throw new ApiError(
          "Forbidden",
          "A change with a session cookie must come from the product's own pages. In a program, send a token or an access key.",
        );
    const query = operation.query
      ? parseQuery(operation.query, new URLSearchParams(searchOf(request.url)), operation.queryOptions)
      : refuseQuery(request);
    if (operation.body)
      exchange.body ??= parseBody(operation.body, request, operation.invalid ?? "BadRequest");
    const body = await exchange.body;
    const input = {
      ...(caller?.actor ? { actor: { ...caller.actor, address: exchange.address } } : {}),
      ...(caller ? { principal: caller.principal } : {}),
      params,
      query,
      body,
      ifMatch: readsIfMatch ? (request.headers.get("if-match") ?? undefined) : undefined,
      accept: readsAccept ? (request.headers.get("accept") ?? undefined) : undefined,
      address: exchange.address,
      headers: request.headers,
      now: facts.now,
      // TypeScript can't resolve the conditional types of `HandlerInput` for a generic `O`.
    } as unknown as HandlerInput<O>;

    const run = async (): Promise<Answer> =>
      finish(operation, request, await handler(input, services), services);
    const key = readsKey ? request.headers.get("idempotency-key") : null;
    if (key === null || !caller) return await run();
    const outcome = await services.idempotency.once(
      {
        actorId: `${caller.principal.kind}:${caller.principal.id}`,
        method: operation.method,
        path: operation.path.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name])),
        key,
        body: JSON.stringify(body ?? null),
        sealed: operation.shownOnce === true,
        now: facts.now,
      },
      async () => {
        const { status, headers, body } = await run();
        if (typeof body !== "string")
          throw new Error(`${operation.id} can't be repeated: its body is not text`);
        return { status, headers, body };
      },
    );
    return {
      ...outcome.answer,
      headers: {
        ...outcome.answer.headers,
        ...(outcome.repeated ? { "Idempotent-Replayed": "true" } : {}),
      },
    };
  }

  return {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    handle: (request, raw, services) =>
      answering(request, operation.id, services, async (facts) => {
        const address = clientAddress(request.headers, services.settings.trustedProxies);
        const exchange: Exchange<S> = {
          request,
          raw,
          facts,
          services,
          address,
          body: undefined,
          actor: undefined,
        };
        const count = async (whom: Counted) => {
          if (!operation.unlimited) facts.limit = await services.limits.count(whom, facts.now);
        };
        if (access.kind === "public") {
          await count({ kind: "address", address });
          return await answer(exchange, undefined);
        }
        let counted: string | undefined;
        const answerTo = async (caller: Caller) => {
          facts.caller = caller.principal;
          exchange.actor = caller.actor;
          const first = counted !== caller.principal.id;
          counted = caller.principal.id;
          if (first) await count(caller.principal);
          return await answer(exchange, caller);
        };
        const work = async (): Promise<Answer> => {
          const workspace = workspaceIn(raw);
          if (presumes) {
            const presumed = await services.auth.presuming(request.headers, workspace, facts.now, answerTo);
            if (presumed) return presumed.outcome;
            facts.caller = undefined;
          }
          const caller = await services.auth
            .authenticate(request.headers, workspace, facts.now)
            .catch(async (error: unknown) => {
              if (isApiError(error) && error.code === "Unauthorized") {
                await count({ kind: "address", address });
                services.auth.noteRefusal(request.headers, address, facts.now);
              }
              throw error;
            });
          return await answerTo(caller);
        };
        try {
          return await work();
        } catch (error) {
          noteRefusal(operation, exchange, error);
          throw error;
        }
      }),
  };
}

/** Returns `route` for handlers that use the services `S`. */
export function routeWith<S>() {
  return <O extends Operation>(operation: O, handler: Handler<O, S>, options?: RouteOptions): Route<S> =>
    route<O, S>(operation, handler, options);
}

/**
 * Defines an endpoint outside the API's operations, such as an upload, whose request carries its own
 * authorization. Request id, errors and logging are the same. `counted` applies the rate limit per IP
 * address.
 */
export function plainRoute<S>(
  method: Method,
  path: string,
  handler: (request: Request, now: Date, services: S & HttpServices) => Promise<Response>,
  { counted = false }: { counted?: boolean } = {},
): Route<S> {
  return {
    id: undefined,
    method,
    path,
    handle: (request, _, services) =>
      answering(request, `${method} ${path}`, services, async (facts) => {
        if (counted) {
          const address = clientAddress(request.headers, services.settings.trustedProxies);
          facts.limit = await services.limits.count({ kind: "address", address }, facts.now);
        }
        return await handler(request, facts.now, services);
      }),
  };
}

/** Writes to the audit log that a caller was denied an audited operation. */
function noteRefusal({ audit: action }: Operation, exchange: Exchange<unknown>, error: unknown): void {
  const { actor, address, raw, facts, services } = exchange;
  if (!action || !actor || !isApiError(error) || error.code !== "Forbidden") return;
  const refusal = { action, params: raw, reason: error.message };
  services.audit.refused({ ...actor, address }, refusal, facts.now);
}

function workspaceIn(params: Record<string, string>): string | undefined {
  const id = params.workspaceId;
  return id !== undefined && uuid.test(id) ? id : undefined;
}

function missingPermission(anyOf: readonly string[]): ApiError {
  return new ApiError("Forbidden", `You need the permission ${anyOf.join(" or ")}. Ask a supervisor.`);
}

function refuseQuery(request: Request): undefined {
  const search = searchOf(request.url);
  if (search === "") return;
  const [name] = new URLSearchParams(search).keys();
  if (name !== undefined)
    throw new ApiError("InvalidQuery", "This operation has no query parameters. Remove them.", {
      details: { [name]: ["is not a parameter of this operation. Remove it."] },
    });
}

function finish<O extends Operation>(
  operation: O,
  request: Request,
  reply: Reply<ResultOf<O>> | ReadyReply | StreamedReply,
  { settings }: HttpServices,
): Answer {
  const headers: Record<string, string> = {};
  const isFleeting = "isFleeting" in reply && reply.isFleeting === true;
  if (reply.etag) {
    headers.ETag = reply.etag;
    // A browser would revalidate its cached copy on reload and show outdated seconds.
    headers["Cache-Control"] = isFleeting ? "no-store" : "private, no-cache";
  }
  const ifNoneMatch = isFleeting
    ? null
    : operation.reads?.includes("If-None-Match")
      ? request.headers.get("if-none-match")
      : null;
  if (ifNoneMatch !== null && reply.etag && matchesEntityTag(ifNoneMatch, reply.etag))
    return { status: 304, headers, body: null };
  const { status, body: schema } = operation.success;
  if (operation.success.alternatives) headers.Vary = "Accept";
  if ("pieces" in reply) {
    headers["Content-Type"] = reply.contentType ?? "application/json";
    if (reply.fileName) headers["Content-Disposition"] = `attachment; filename="${reply.fileName}"`;
    return { status, headers, body: streamOf(reply.pieces()) };
  }
  if (reply.location) headers.Location = settings.publicUrl + reply.location;
  if ("json" in reply) {
    if (settings.checkResponses) check(operation, JSON.parse(reply.json));
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
  if (schema === null) return { status, headers, body: null };
  if (settings.checkResponses) check(operation, reply.data);
  headers["Content-Type"] = "application/json";
  if (reply.retryAfter !== undefined) headers["Retry-After"] = String(reply.retryAfter);
  return {
    status: reply.retryAfter === undefined ? status : 503,
    headers,
    body: JSON.stringify(reply.data),
  };
}

function check(operation: Operation, data: unknown): void {
  const checked = operation.success.body?.safeParse(data);
  if (checked?.success === false)
    throw new Error(`${operation.id} violates its contract: ${JSON.stringify(checked.error.issues)}`);
}

/** Converts text chunks to a byte stream with backpressure. */
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
