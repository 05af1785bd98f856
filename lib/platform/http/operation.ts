import type { z } from "zod";
import type { ErrorCode } from "@/lib/platform/http/errors";
import type { QueryOptions } from "@/lib/platform/http/parse";
import type { AuditAction } from "@/lib/platform/security/audit-actions";
import type { Actor, Permission, Principal } from "@/lib/platform/security/permissions";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may call: anyone; anyone signed in; or a member of the path's `{workspaceId}` whose roles hold one of the
 * permissions (an empty list: any member).
 */
export type Access =
  | { kind: "public" }
  | { kind: "signedIn" }
  | { kind: "workspace"; anyOf: readonly Permission[] };

export const anyone = { kind: "public" } as const;
export const signedIn = { kind: "signedIn" } as const;

/** Members of the workspace who hold one of the permissions. */
export function members<const P extends readonly Permission[]>(...anyOf: P) {
  return { kind: "workspace" as const, anyOf };
}

/** What an operation answers when it works. */
export interface Success<Body extends z.ZodType | null = z.ZodType | null> {
  status: 200 | 201 | 202 | 204;
  description: string;
  /** Null where there is no body (204). */
  body: Body;
  /** Further headers of the answer, for the document. */
  headers?: readonly ("ETag" | "Location")[];
  /** Further media types that a caller may ask for by `Accept`; JSON is the default. */
  alternatives?: readonly string[];
  /** Set where the same body may come with 503, too: what that means. */
  unready?: string;
  /** Set where callers are sent on with 302, unless they ask for JSON alone: what is at that address. */
  redirect?: string;
}

/**
 * One operation, declared once: validation, types, the OpenAPI document, the browser's client and the tests all
 * derive from it.
 */
export interface Operation<
  A extends Access = Access,
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject | undefined = z.ZodObject | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Result extends z.ZodType | null = z.ZodType | null,
  M extends Method = Method,
  Path extends string = string,
> {
  id: string;
  method: M;
  /** With `{name}` for each parameter. */
  path: Path;
  tag: string;
  summary: string;
  description?: string;
  access: A;
  params: Params;
  query: Query;
  queryOptions?: QueryOptions;
  body: Body;
  /** The code of a body that breaks a rule. */
  invalid?: ErrorCode;
  success: Success<Result>;
  /** Codes beyond those that follow from access, query and body. */
  errors: readonly ErrorCode[];
  /** Not counted: whoever watches over the server must get an answer at any time. */
  unlimited?: true;
  /** The answer holds what is shown once, so an answer that is kept for a repeated request is kept sealed. */
  shownOnce?: true;
  /** Request headers it reads. */
  reads?: readonly ("Accept" | "If-Match" | "If-None-Match" | "Idempotency-Key")[];
  /** The event that the audit log keeps when a caller is refused with 403. */
  audit?: AuditAction;
}

/** Declares an operation. The identity function: it is there for the types. */
export function operation<
  A extends Access,
  Params extends z.ZodObject,
  Result extends z.ZodType | null,
  M extends Method,
  Path extends string,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  declaration: Omit<Operation<A, Params, Query, Body, Result, M, Path>, "query" | "body"> & {
    query?: Query;
    body?: Body;
  },
): Operation<A, Params, Query, Body, Result, M, Path> {
  return {
    ...declaration,
    query: declaration.query as Query,
    body: declaration.body as Body,
  };
}

type OutputOf<S> = S extends z.ZodType ? z.output<S> : undefined;

/** Who calls, as far as the operation's access tells. */
export type CallerOf<A extends Access> = A extends { kind: "workspace" }
  ? { actor: Actor }
  : A extends { kind: "signedIn" }
    ? { principal: Principal }
    : unknown;

/** What a handler is given. */
export type HandlerInput<O extends Operation> = CallerOf<O["access"]> & {
  params: z.output<O["params"]>;
  query: OutputOf<O["query"]>;
  body: OutputOf<O["body"]>;
  /** The version tags of `If-Match`; undefined without the header. */
  ifMatch: string | undefined;
  /** The media types that the caller takes; undefined where the operation does not read `Accept`. */
  accept: string | undefined;
  /** The network address of the client. */
  address: string;
  /** The headers of the request, for what has no field of its own here. */
  headers: Headers;
  /** The instant at which the request came in. */
  now: Date;
};

/** The data that a handler answers with. */
export type ResultOf<O extends Operation> = O["success"]["body"] extends z.ZodType
  ? z.input<O["success"]["body"]>
  : undefined;
