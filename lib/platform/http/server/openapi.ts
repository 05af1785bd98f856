import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from "zod-openapi";
import { type ErrorCode, errorTable } from "@/lib/platform/http/errors";
import type { Access, Operation } from "@/lib/platform/http/operation";
import { bodyLimitOf } from "@/lib/platform/http/server/body-limit";

const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

const errorSchema = z
  .strictObject({
    code: z.enum(errorCodes),
    message: z.string().meta({ description: "What is wrong and how to fix it." }),
    details: z.record(z.string(), z.array(z.string())).optional().meta({
      description:
        "Maps the dotted path of each invalid field to what is wrong with it. The empty path is the whole body. At most 100 paths.",
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
  Location: "Address of the created resource.",
} as const;

const readDescriptions = {
  "If-Match":
    "The ETag of the agent that you read. Only its version is compared. 412 if the agent has changed since then.",
  "If-None-Match": "The ETag of the response that you have. 304 if it hasn't changed.",
  "Idempotency-Key":
    "Makes the request safe to retry: for 24 hours, the same key returns the first response. 1 to 255 visible ASCII characters.",
} as const;

/** Descriptions of the tags in the document. */
const tagDescriptions: Record<string, string> = {
  Agents: "The people and bots who answer customers.",
  Availability:
    "The status and activity that agents set, the channels on which they can take conversations, and the policy behind it.",
  Workload: "Open conversations of an agent, and the capacity rule that limits them.",
  Presence: "Browsers, apps and devices in which agents have the product open.",
  Schedules: "When agents work: weekly hours, travel, and overrides of single dates.",
  "Holiday calendars": "Days off that agents share.",
  Media: "Pictures and recordings of agents.",
  Teams: "Groups of agents.",
  "Time off": "When agents don't work, who approves it, and who stands in.",
  "Calendar feeds": "Secret addresses with shifts and time off for calendar programs.",
  Presets: "A workspace's own names for what agents do, such as lunch or training.",
  Queues: "Queues in which conversations wait, and the agents who take them.",
  Conversations: "Conversations reported by inboxes, phone systems and bots, with their agents.",
  Offers: "Conversations offered to an agent, who accepts or declines.",
  Shifts: "Shifts that rotations share, and the shifts of each agent.",
  Rotations: "Weeks of shifts that repeat, and their agents.",
  "Shift swaps": "Shifts that agents offer to colleagues, and whether swaps need approval.",
  Coverage: "How many agents are scheduled, what changes would do to it, and what looks wrong.",
  Skills: "What agents know, such as languages or products.",
  Capacity: "How many conversations an agent can have open at the same time.",
  "Sender profiles": "The name and address that customers see.",
  Roles: "Named sets of permissions.",
  "Saved views": "A person's own saved filters and columns of the agent list.",
  Ledger: "The history of changes to agents: who changed what, and when.",
  Events: "Events in a workspace: pages for programs that poll, streams for programs that listen.",
  Audit: "Security events: sign-ins, people, roles, access keys, settings.",
  People: "People with access to a workspace, and their invitations.",
  "Access keys": "Long-lived credentials for programs.",
  Workspaces: "Tenants.",
  "Public holidays": "Public holidays by country and region, to choose an agent's holidays from.",
  Access: "Getting and checking credentials.",
  Operation: "Health checks and the description of this API.",
};

/**
 * Returns the error codes of an operation: those it declares, and those implied by its access, query, body and
 * headers.
 */
function codesOf(operation: Operation): ErrorCode[] {
  const codes = new Set<ErrorCode>(operation.errors);
  if (operation.access.kind !== "public") codes.add("Unauthorized");
  if (operation.access.kind === "workspace")
    codes.add("WorkspaceNotFound").add("Forbidden").add("BadRequest");
  codes.add("InvalidQuery");
  if (operation.query && "pageToken" in operation.query.shape) codes.add("InvalidPageToken");
  if (operation.reads?.includes("If-Match")) codes.add("PreconditionFailed");
  if (operation.reads?.includes("Idempotency-Key"))
    codes.add("IdempotencyKeyReused").add("IdempotencyKeyInUse");
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

/** Returns whether an operation succeeds without a body. */
const isOptional = ({ allowsEmptyBody = false, body }: Operation) =>
  allowsEmptyBody && body?.safeParse({}).success === true;

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { success, access, reads = [] } = operation;
  const permissions =
    access.kind === "workspace" && access.anyOf.length > 0 ? access.anyOf.join(" or ") : undefined;
  const description = [
    operation.description,
    permissions && `Requires the permission ${permissions}.`,
    operation.body && `The body can have at most ${bodyLimitOf(operation) / 1024} KiB.`,
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
      ? {
          requestBody: {
            required: !isOptional(operation),
            content: contentOf(operation.method, operation.body),
          },
        }
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
        "Agents, their profiles, schedules, availability and workload. Every path under /api/workspaces also works without the /api prefix.",
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
          description: "Identifies this request in the server's log.",
          schema: { type: "string", format: "uuid" },
        },
        RateLimit: {
          description:
            "The remaining quota: `r` requests in this minute, and `t` seconds until the count resets.",
          schema: { type: "string" },
          example: '"actor";r=11999;t=60',
        },
        "RateLimit-Policy": {
          description:
            "The limit: `q` requests in `w` seconds, counted per user or access key, or per IP address without credentials.",
          schema: { type: "string" },
          example: '"actor";q=12000;w=60',
        },
        "Retry-After": {
          description: "Seconds to wait before the next request.",
          schema: { type: "integer" },
        },
      },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "From POST /api/tokens." },
        accessKey: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "`AccessKey <key>`: for programs. A supervisor creates it.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "rollcall.session-token",
          description: "The browser session, used by the product's own pages.",
        },
      },
    },
  });
}
