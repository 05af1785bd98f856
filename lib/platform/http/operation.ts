import type { z } from "zod";
import type { ErrorCode } from "@/lib/platform/http/errors";
import type { QueryOptions } from "@/lib/platform/http/parse";
import type { AuditAction } from "@/lib/platform/security/audit-actions";
import type { Actor, Permission, Principal } from "@/lib/platform/security/permissions";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may call an operation: anyone, anyone signed in, or members of the path's `{workspaceId}` who hold one
 * of the permissions (an empty list: any member).
 */
export type Access =
  | { kind: "public" }
  | { kind: "signedIn" }
  | { kind: "workspace"; anyOf: readonly Permission[] };

export const anyone = { kind: "public" } as const;
export const signedIn = { kind: "signedIn" } as const;

/** Access for members of the workspace who hold one of the permissions. */
export function members<const P extends readonly Permission[]>(...anyOf: P) {
  return { kind: "workspace" as const, anyOf };
}

/** The successful response of an operation. */
export interface Success<Body extends z.ZodType | null = z.ZodType | null> {
  status: 200 | 201 | 202 | 204;
  description: string;
  /** Null for a response without a body (204). */
  body: Body;
  /** Additional response headers, for OpenAPI. */
  headers?: readonly ("ETag" | "Location")[];
  /** Media types that callers may request with `Accept`, in addition to JSON. */
  alternatives?: readonly string[];
  /** Set when the same body may also come with 503; describes that case. */
  unready?: string;
  /** Set when the operation redirects (302) callers that accept more than JSON; describes the target. */
  redirect?: string;
}

/** The usual successful responses. */
export const response = {
  ok: <Body extends z.ZodType>(description: string, body: Body): Success<Body> => ({
    status: 200,
    description,
    body,
  }),
  /** The state of a resource with its `ETag`. */
  okWithTag: <Body extends z.ZodType>(description: string, body: Body): Success<Body> => ({
    status: 200,
    description,
    body,
    headers: ["ETag"],
  }),
  /** A new resource with its `ETag` and its `Location`. */
  created: <Body extends z.ZodType>(description: string, body: Body): Success<Body> => ({
    status: 201,
    description,
    body,
    headers: ["ETag", "Location"],
  }),
  noContent: (description: string): Success<null> => ({ status: 204, description, body: null }),
};

/**
 * One operation of the API. Validation, types, OpenAPI, the browser client and the tests are derived from it.
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
  /** The error code for an invalid body. */
  invalid?: ErrorCode;
  /** A request without a body counts as one with `{}`. */
  allowsEmptyBody?: boolean;
  success: Success<Result>;
  /** Error codes in addition to those that access, query, body and `reads` imply. */
  errors?: readonly ErrorCode[];
  /** Sent automatically, not by a person, so the session or key does not count as used. */
  isBackground?: true;
  /** Exempt from the rate limit, for health checks. */
  unlimited?: true;
  /**
   * The response contains a secret that is shown once, so stored responses for repeated requests are
   * encrypted.
   */
  shownOnce?: true;
  /** Request headers that the operation reads. */
  reads?: readonly ("Accept" | "If-Match" | "If-None-Match" | "Idempotency-Key")[];
  /** The audit event recorded when a caller gets 403. */
  audit?: AuditAction;
}

/** Declares an operation. Returns its argument; exists for type inference. */
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

/** The part of a handler's input that identifies the caller. */
export type CallerOf<A extends Access> = A extends { kind: "workspace" }
  ? { actor: Actor }
  : A extends { kind: "signedIn" }
    ? { principal: Principal }
    : unknown;

export type HandlerInput<O extends Operation> = CallerOf<O["access"]> & {
  params: z.output<O["params"]>;
  query: OutputOf<O["query"]>;
  body: OutputOf<O["body"]>;
  /** The `If-Match` header. */
  ifMatch: string | undefined;
  /** The `Accept` header; undefined unless the operation reads it. */
  accept: string | undefined;
  /** The client's IP address. */
  address: string;
  /** All request headers, including those without their own field. */
  headers: Headers;
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal;
  /** When the request was received. */
  now: Date;
};

/** The data that a handler returns. */
export type ResultOf<O extends Operation> = O["success"]["body"] extends z.ZodType
  ? z.input<O["success"]["body"]>
  : undefined;
