import { ApiError, isApiError } from "@/lib/platform/http/errors";
import type { HandlerInput, Method, Operation, ResultOf } from "@/lib/platform/http/operation";
import { parseBody, parseParams, parseQuery } from "@/lib/platform/http/parse";
import { type Answer, answering, type Facts } from "@/lib/platform/http/server/answering";
import { bodyLimitOf } from "@/lib/platform/http/server/body-limit";
import { clientAddress } from "@/lib/platform/http/server/client-address";
import { finish } from "@/lib/platform/http/server/finish";
import type { ReadyReply, Reply, StreamedReply } from "@/lib/platform/http/server/reply";
import { isSameOrigin } from "@/lib/platform/http/server/same-origin";
import type { Caller, Counted, HttpServices } from "@/lib/platform/http/server/services";
import { searchOf } from "@/lib/platform/http/server/url";
import { type Actor, holdsAny } from "@/lib/platform/security/permissions";

/** An operation bound to its handler, which uses the services `S`. */
export interface Route<S = unknown> {
  /** Undefined for endpoints outside the API's operations. */
  operation: Operation | undefined;
  method: Method;
  /** With `{name}` for each parameter; a final `{name*}` takes the rest of the path. */
  path: string;
  /**
   * `params` are the path parameters. A property, not a method, so that TypeScript checks `S`
   * contravariantly.
   */
  handle: (request: Request, params: Record<string, string>, services: S & HttpServices) => Promise<Response>;
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
  /** The caller, once authenticated. */
  actor: Actor | undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Binds an operation to its handler. Order of the checks: credentials (401), rate limit (429), path (400),
 * workspace (404), permission and origin (403), query (400), body (415, 413, 400, 422), idempotency. Then the
 * response is checked against its schema. All errors are converted to responses here.
 */
function route<O extends Operation, S>(operation: O, handler: Handler<O, S>): Route<S> {
  const { access, reads = [] } = operation;
  const readsIfMatch = reads.includes("If-Match");
  const readsAccept = reads.includes("Accept");
  const readsKey = reads.includes("Idempotency-Key");

  /** Everything after credentials and rate limit. */
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
    const body = operation.body
      ? await parseBody(operation.body, request, operation.invalid ?? "BadRequest", {
          ...operation,
          limit: bodyLimitOf(operation),
        })
      : undefined;
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
      // A getter, because creating a signal is expensive.
      get signal() {
        return request.signal;
      },
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
    operation,
    method: operation.method,
    path: operation.path,
    handle: (request, raw, services) =>
      answering(request, operation.id, services, async (facts) => {
        const address = clientAddress(request.headers, services.settings.trustedProxies);
        const exchange: Exchange<S> = { request, raw, facts, services, address, actor: undefined };
        const count = async (whom: Counted) => {
          if (!operation.unlimited) facts.limit = await services.limits.count(whom, facts.now);
        };
        if (access.kind === "public") {
          await count({ kind: "address", address });
          return await answer(exchange, undefined);
        }
        const caller = await services.auth
          .authenticate(request.headers, workspaceIn(raw), facts.now, {
            isBackground: operation.isBackground ?? false,
          })
          .catch(async (error: unknown) => {
            if (isApiError(error) && error.code === "Unauthorized") {
              await count({ kind: "address", address });
              services.auth.noteRefusal(request.headers, address, facts.now);
            }
            throw error;
          });
        facts.caller = caller.principal;
        exchange.actor = caller.actor;
        await count(caller.principal);
        try {
          return await answer(exchange, caller);
        } catch (error) {
          noteRefusal(operation, exchange, error);
          throw error;
        }
      }),
  };
}

/** Returns `route` for handlers that use the services `S`. */
export function routeWith<S>() {
  return <O extends Operation>(operation: O, handler: Handler<O, S>): Route<S> =>
    route<O, S>(operation, handler);
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
    operation: undefined,
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

/** Records in the audit log that a caller was denied an audited operation. */
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
