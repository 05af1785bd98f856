import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from "zod-openapi";
import { type ErrorCode, errorTable } from "@/lib/platform/http/errors";
import type { Access, Operation } from "@/lib/platform/http/operation";
import { bodyLimit } from "@/lib/platform/http/parse";

const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

const errorSchema = z
  .strictObject({
    code: z.enum(errorCodes),
    message: z.string().meta({ description: "What to do about it." }),
    details: z.record(z.string(), z.array(z.string())).optional().meta({
      description: "Dotted path of each offending field to what is wrong with it; an empty path is the body.",
    }),
  })
  .meta({ id: "Error" });

const requestId = { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } } as const;
const limitHeaders = {
  RateLimit: { $ref: "#/components/headers/RateLimit" },
  "RateLimit-Policy": { $ref: "#/components/headers/RateLimit-Policy" },
} as const;

const headerDescriptions = {
  ETag: "Version and fingerprint of the resource, for `If-None-Match` and `If-Match`.",
  Location: "Address of what was made.",
} as const;

const readDescriptions = {
  "If-Match":
    "The ETag of the agent that was read. Only its version is compared; 412 when the agent has changed.",
  "If-None-Match": "The ETag of the answer at hand; 304 when it is still the same.",
  "Idempotency-Key":
    "Makes it safe to send the request again: within 24 hours the same key gets the first answer. 1 to 255 visible ASCII characters.",
} as const;

/** Descriptions of the tags in the document. */
const tagDescriptions: Record<string, string> = {
  Agents: "The people and programs who answer customers.",
  Availability: "Who takes part, and what they are doing right now.",
  Workload: "Open conversations of an agent, and the rule that bounds them.",
  Media: "Pictures and recordings of agents.",
  Teams: "Groups of agents.",
  Skills: "What agents are good at.",
  Capacity: "How many conversations an agent may have at a time.",
  "Sender profiles": "Whom messages come from.",
  Roles: "Named sets of permissions.",
  "Saved views": "Lists with their filters that a person keeps for themselves.",
  Ledger: "Who changed what of which agent, when and why.",
  Audit: "Security events: sign-ins, people, roles, access keys, settings.",
  People: "Who may enter a workspace: invited, suspended, removed.",
  "Access keys": "Long-lived credentials of programs.",
  Workspaces: "Tenants.",
  "Public holidays":
    "What the law gives off in the countries of the world, to choose an agent's holidays from.",
  Access: "Getting and checking credentials.",
  Operation: "The product itself: whether it works, and what it offers.",
};

/**
 * Returns the error codes of an operation: those it declares, and those implied by its access, query and
 * body.
 */
function codesOf(operation: Operation): ErrorCode[] {
  const codes = new Set<ErrorCode>(operation.errors);
  if (operation.access.kind !== "public") codes.add("Unauthorized");
  if (operation.access.kind === "workspace")
    codes.add("WorkspaceNotFound").add("Forbidden").add("BadRequest");
  codes.add("InvalidQuery");
  if (operation.body) {
    codes.add("BadRequest").add("UnsupportedMediaType").add("PayloadTooLarge").add("RequestTimeout");
    if (operation.invalid) codes.add(operation.invalid);
  }
  if (!operation.unlimited) codes.add("RateLimited");
  return [...codes.add("InternalError").add("Unavailable")];
}

/** PATCH accepts both media types, which mean the same here. */
function contentOf(method: Operation["method"], schema: z.ZodType) {
  const json = { "application/json": { schema } };
  return method === "PATCH" ? { ...json, "application/merge-patch+json": { schema } } : json;
}

function errorResponses(operation: Operation): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codesOf(operation)) {
    const { status } = errorTable[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b))
    responses[String(status) as `${4 | 5}${string}`] = {
      description: codes.map((code) => `\`${code}\`: ${errorTable[code].meaning}`).join(" "),
      headers: {
        ...requestId,
        ...([429, 503, 507].includes(status)
          ? { "Retry-After": { $ref: "#/components/headers/Retry-After" } }
          : {}),
        ...(operation.unlimited ? {} : limitHeaders),
      },
      content: { "application/json": { schema: errorSchema } },
    };
  return responses;
}

function security(access: Access): Record<string, string[]>[] {
  return access.kind === "public" ? [] : [{ token: [] }, { accessKey: [] }, { session: [] }];
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { success, access, reads = [] } = operation;
  const permissions =
    access.kind === "workspace" && access.anyOf.length > 0 ? access.anyOf.join(" or ") : undefined;
  const description = [
    operation.description,
    permissions && `Needs the permission ${permissions}.`,
    operation.body && `The body has at most ${bodyLimit / 1024} KiB.`,
  ].filter((part) => part);
  // OpenAPI describes Accept through the media types of the response.
  const documented = reads.filter((name) => name !== "Accept");
  const headers = Object.fromEntries(
    documented.map((name) => [name, z.string().optional().meta({ description: readDescriptions[name] })]),
  );
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(description.length > 0 ? { description: description.join(" ") } : {}),
    security: security(access),
    requestParams: {
      ...(Object.keys(operation.params.shape).length > 0 ? { path: operation.params } : {}),
      ...(operation.query ? { query: operation.query } : {}),
      ...(documented.length > 0 ? { header: z.object(headers) } : {}),
    },
    ...(operation.body
      ? { requestBody: { required: true, content: contentOf(operation.method, operation.body) } }
      : {}),
    responses: {
      [String(success.status) as "200"]: {
        description: success.description,
        headers: {
          ...requestId,
          ...(operation.unlimited ? {} : limitHeaders),
          ...Object.fromEntries(
            (success.headers ?? []).map((name) => [
              name,
              { description: headerDescriptions[name], schema: { type: "string" as const } },
            ]),
          ),
        },
        ...(success.body
          ? {
              content: {
                "application/json": { schema: success.body },
                ...Object.fromEntries(
                  (success.alternatives ?? []).map((type) => [type, { schema: { type: "string" as const } }]),
                ),
              },
            }
          : {}),
      },
      ...(success.redirect
        ? {
            "302": {
              description: success.redirect,
              headers: {
                ...requestId,
                Location: { description: success.redirect, schema: { type: "string" as const } },
              },
            },
          }
        : {}),
      ...(reads.includes("If-None-Match")
        ? { "304": { description: "Not modified.", headers: requestId } }
        : {}),
      ...errorResponses(operation),
      ...(success.unready && success.body
        ? {
            "503": {
              description: success.unready,
              headers: { ...requestId, "Retry-After": { $ref: "#/components/headers/Retry-After" } },
              content: { "application/json": { schema: success.body } },
            },
          }
        : {}),
    },
  };
}

/** Returns the OpenAPI 3.1 document of the operations, served at `publicUrl`. */
export function createOpenApi(operations: readonly Operation[], publicUrl: string) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    Object.assign(paths[operation.path] ?? {}, { [operation.method.toLowerCase()]: describe(operation) });
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Rollcall",
      version: "1.0.0",
      description:
        "Who can take the next conversation: agents, their profiles, schedules, availability and workload. Every path below /api/workspaces is answered without /api as well.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(operations.map((operation) => operation.tag))].map((name) => ({
      name,
      ...(tagDescriptions[name] ? { description: tagDescriptions[name] } : {}),
    })),
    paths,
    components: {
      headers: {
        "X-Request-Id": {
          description: "Names this request in the log.",
          schema: { type: "string", format: "uuid" },
        },
        RateLimit: {
          description: "What is left of the minute: `r` requests, and `t` seconds until it begins anew.",
          schema: { type: "string" },
          example: '"actor";r=11999;t=60',
        },
        "RateLimit-Policy": {
          description:
            "What is counted (by actor, or by address without credentials): `q` requests in `w` seconds.",
          schema: { type: "string" },
          example: '"actor";q=12000;w=60',
        },
        "Retry-After": {
          description: "Seconds after which a request will be answered again.",
          schema: { type: "integer" },
        },
      },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "From POST /api/tokens." },
        accessKey: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "`AccessKey <key>`: made by a supervisor, for programs.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "rollcall.session-token",
          description: "The browser's session, for the product's own pages.",
        },
      },
    },
  });
}
