import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import type { Operation } from "@/lib/platform/http/operation";
import { operations } from "@/lib/routes";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the API tests with npm run test:api`);
  return value;
}

export const baseUrl = setting("TEST_BASE_URL").replace(/\/$/, "");

/** The build under test: with pages, or the API alone. */
export const product = setting("TEST_PRODUCT") === "api" ? "api" : "pages";

/** Whether to run everything, not only what differs between the two builds. */
export const runsEverything = process.env.TEST_EVERYTHING === "1";

/** Demo credentials printed by the seed. */
export const demo: {
  accounts: { workspace: string; email: string; role: string }[];
  password: string;
  accessKeys: { workspace: string; name: string; key: string }[];
} = JSON.parse(readFileSync(setting("DEMO_FILE"), "utf8"));

/** A response with its parsed JSON. */
export interface Answer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Call {
  /** Values for the `{names}` in the path. */
  params?: Record<string, string>;
  /** An array becomes a repeated parameter. */
  query?: Record<string, string | number | boolean | readonly string[]>;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Value of the `Authorization` header; no credentials if omitted. */
  as?: string | undefined;
}

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
}

let loaded: Promise<{ document: Document; ajv: Ajv2020 }> | undefined;

function load() {
  loaded ??= fetch(`${baseUrl}/api/openapi.json`).then(async (response) => {
    const document = (await response.json()) as Document;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema(document, "openapi.json");
    return { document, ajv };
  });
  return loaded;
}

const validators = new Map<string, ValidateFunction>();
const pointer = (part: string) => encodeURIComponent(part.replace(/~/g, "~0").replace(/\//g, "~1"));
const requestIds = new Set<string>();

/** Validates a response against the running server's OpenAPI document. */
async function check(operation: Operation, response: Response, text: string): Promise<unknown> {
  const { document, ajv } = await load();
  const method = operation.method.toLowerCase();
  const what = `${operation.id} ${response.status}`;
  const documented = document.paths[operation.path]?.[method]?.responses[response.status];
  if (!documented) throw new Error(`${what} is not in the OpenAPI document: ${text.slice(0, 500)}`);

  const requestId = response.headers.get("x-request-id") ?? "";
  expect(requestId, `${what}: X-Request-Id`).toMatch(/^[0-9a-f-]{36}$/);
  expect(requestIds.has(requestId), `${what}: X-Request-Id is new`).toBe(false);
  requestIds.add(requestId);
  if (response.status === 401) expect(response.headers.get("www-authenticate"), what).toBeTruthy();
  if (response.status === 429 || response.status === 503)
    expect(response.headers.get("retry-after"), what).toBeTruthy();

  if (!documented.content) {
    expect(text, `${what} has no body`).toBe("");
    return undefined;
  }
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  if (type !== "application/json" && type in documented.content) return text;
  expect(type, what).toBe("application/json");
  const body: unknown = JSON.parse(text);
  const place = `openapi.json#/paths/${pointer(operation.path)}/${method}/responses/${response.status}/content/${pointer("application/json")}/schema`;
  let validate = validators.get(place);
  if (!validate) {
    validate = ajv.compile({ $ref: place });
    validators.set(place, validate);
  }
  if (!validate(body))
    throw new Error(`${what} breaks its schema: ${ajv.errorsText(validate.errors)}\n${text.slice(0, 2000)}`);
  return body;
}

/**
 * Calls an operation and validates the response against the contract: status, body and common headers.
 * Returns the response.
 */
export async function call<Body = Record<string, unknown>>(
  id: string,
  options: Call = {},
): Promise<Answer<Body>> {
  const operation: Operation | undefined = operations.find((each) => each.id === id);
  if (!operation) throw new Error(`there is no operation ${id}`);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(options.params?.[name] ?? ""),
  );
  const url = new URL(baseUrl + path);
  for (const [name, value] of Object.entries(options.query ?? {}))
    for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each));
  const response = await fetch(url, {
    method: operation.method,
    redirect: "manual",
    headers: {
      ...(options.body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(options.as === undefined ? {} : { Authorization: options.as }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const body = (await check(operation, response, text)) as Body;
  return { status: response.status, headers: response.headers, body };
}

/** Sends a request again if the server had closed the kept connection meanwhile, as HTTP clients do. */
async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    if (cause?.code !== "UND_ERR_SOCKET") throw error;
    return await fetch(url, init);
  }
}

/** Sends a request without validation, for paths, methods and bodies that no operation describes. */
export async function raw(path: string, init: RequestInit = {}): Promise<Answer<Record<string, unknown>>> {
  const response = await send(baseUrl + path, { redirect: "manual", ...init });
  const text = await response.text();
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(text);
  } catch {
    body = { text };
  }
  return { status: response.status, headers: response.headers, body };
}

const tokens = new Map<string, Promise<string>>();

/** Returns the `Authorization` value of a demo account by email. */
export function bearer(email: string): Promise<string> {
  let token = tokens.get(email);
  if (!token) {
    token = call<{ token: string }>("createToken", { body: { email, password: demo.password } }).then(
      (answer) => `Bearer ${answer.body.token}`,
    );
    tokens.set(email, token);
  }
  return token;
}

/** People in the demo data who can sign in. */
export const people = {
  supervisor: "supervisor@northwind.example",
  agent: "agent@northwind.example",
  viewer: "viewer@northwind.example",
  otherSupervisor: "supervisor@globex.example",
} as const;

/** Returns the ID of a demo workspace by its slug. */
export async function workspaceId(slug: "northwind" | "globex"): Promise<string> {
  const email = slug === "northwind" ? people.supervisor : people.otherSupervisor;
  const answer = await call<{ results: { id: string; slug: string }[] }>("listWorkspaces", {
    as: await bearer(email),
  });
  const found = answer.body.results.find((workspace) => workspace.slug === slug);
  if (!found) throw new Error(`there is no workspace ${slug}`);
  return found.id;
}
