import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";
import { beforeAll, describe, expect, it } from "vitest";
import { baseUrl, call, raw } from "@/e2e/support/api/client";
import { errorTable } from "@/lib/platform/http/errors";
import { operations } from "@/lib/routes";

interface Described {
  operationId: string;
  summary: string;
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; schema: Record<string, unknown> }[];
  requestBody?: { required?: boolean };
  responses: Record<string, { description: string; headers?: Record<string, unknown> }>;
}

interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Described>>;
}

let source: string;
let document: Document;

beforeAll(async () => {
  source = await (await fetch(`${baseUrl}/api/openapi.json`)).text();
  document = JSON.parse(source);
});

/** Returns the document's operations as `GET /path`. */
const described = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );

/** Returns a path with IDs filled in. */
const filled = (path: string) => path.replace(/\{\w+\}/g, "0198c0de-7e57-7000-8000-000000000000");

describe("the OpenAPI document", () => {
  it("is public JSON that names the address it was requested at", async () => {
    const answer = await call("getOpenApi");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(document.servers).toEqual([{ url: baseUrl }]);
  });

  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(source));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  it("passes the linter's recommended rules", async () => {
    const config = await createConfig({ extends: ["recommended"] });
    const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
    expect(
      problems.map(
        (problem) =>
          `${problem.severity} ${problem.ruleId} at ${problem.location[0]?.pointer}: ${problem.message}`,
      ),
    ).toEqual([]);
  });

  it("describes each declared operation once, and no other", () => {
    const declared = operations.map((operation) => `${operation.method} ${operation.path}`);
    expect(
      described()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(declared.toSorted());
    expect(new Set(declared).size).toBe(declared.length);
    expect(new Set(operations.map((operation) => operation.id)).size).toBe(operations.length);
  });

  it("lists exactly the methods that each path supports", async () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      // A method that some paths support, but not this one.
      const [other = "PUT"] = ["PUT", "PATCH", "DELETE"].filter((each) => !(each.toLowerCase() in methods));
      const answer = await raw(filled(path), { method: other });
      expect(answer.status, path).toBe(405);
      expect(answer.body.code, path).toBe("MethodNotAllowed");
      const allowed = (answer.headers.get("allow") ?? "").split(", ").filter((method) => method !== "HEAD");
      expect(allowed.sort(), path).toEqual(
        Object.keys(methods)
          .map((method) => method.toUpperCase())
          .sort(),
      );
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter(
        (each) => !allowed.includes(each),
      ))
        expect((await raw(filled(path), { method })).status, `${method} ${path}`).toBe(405);
    }
  });

  it("lists for each error code the operations that return it", () => {
    const sent = new Set<string>();
    for (const { name, operation } of described())
      for (const [status, { description }] of Object.entries(operation.responses))
        for (const [, code = ""] of description.matchAll(/`(\w+)`: /g)) {
          expect(errorTable, name).toHaveProperty(code);
          expect(errorTable[code as keyof typeof errorTable].status, `${name} ${code}`).toBe(Number(status));
          sent.add(code);
        }
    // These are for unknown paths and methods.
    const unsent = ["NotFound", "MethodNotAllowed"];
    expect([...sent, ...unsent].sort()).toEqual(Object.keys(errorTable).sort());
  });

  it("requires credentials exactly where the server does", async () => {
    for (const { name, operation } of described()) {
      const [method = "", path = ""] = name.split(" ");
      const { status } = await raw(filled(path), { method });
      if (operation.security.length > 0) expect(status, name).toBe(401);
      else expect(status, name).not.toBe(401);
      expect(Object.keys(operation.responses).includes("401") || operation.security.length === 0, name).toBe(
        true,
      );
    }
  });

  it("describes X-Request-Id for every response, and a summary for every operation", () => {
    for (const { name, operation } of described()) {
      expect(operation.summary, name).toMatch(/\S/);
      for (const [status, response] of Object.entries(operation.responses))
        expect(response.headers, `${name} ${status}`).toHaveProperty("X-Request-Id");
    }
  });

  it("describes the parameters of the agent list", () => {
    const list = document.paths["/api/workspaces/{workspaceId}/agents"]?.get;
    const query = Object.fromEntries(
      (list?.parameters ?? []).filter((each) => each.in === "query").map((each) => [each.name, each]),
    );
    expect(Object.keys(query).sort()).toEqual(
      [
        ...[
          "limit",
          "pageToken",
          "sortBy",
          "reverse",
          "name",
          "email",
          "search",
          "agentStatuses",
          "roleIds",
          "activities",
        ],
        ...[
          "teamIds",
          "skillIds",
          "canTake",
          "inHours",
          "lastStatusActivitySince",
          "lastStatusActivityUpto",
          "agentIds",
        ],
      ].sort(),
    );
    for (const [name, parameter] of Object.entries(query))
      expect(parameter.required ?? false, name).toBe(false);
    expect(query.limit?.schema).toMatchObject({ type: "integer", minimum: 1, maximum: 100, default: 10 });
    expect(query.reverse?.schema).toMatchObject({ type: "boolean", default: false });
    expect(query.sortBy?.schema).toMatchObject({
      enum: ["createdAt", "name", "assignedCount", "statusAssignedCount", "match"],
      default: "createdAt",
    });
    expect(query.pageToken?.schema).toMatchObject({ type: "string", maxLength: 8000 });
    expect(query.agentIds?.schema).toMatchObject({ type: "array", maxItems: 100 });
    expect(query.lastStatusActivitySince?.schema).toMatchObject({ type: "string", format: "date-time" });
  });

  it("describes a body exactly where one is read", () => {
    const bodiless = [
      ...["resendInvitation", "createPasswordReset", "endOtherSessions", "presignAudio"],
      ...["addTeamMember", "assignCapacityRule", "endPresenceSession", "postReady"],
      ...["closeConversation", "acceptOffer", "declineOffer", "undoChangeSet"],
    ];
    for (const operation of operations) {
      const found = document.paths[operation.path]?.[operation.method.toLowerCase()];
      expect(found?.requestBody !== undefined, operation.id).toBe(
        ["POST", "PUT", "PATCH"].includes(operation.method) && !bodiless.includes(operation.id),
      );
    }
  });

  it("requires a body unless the operation succeeds without one", () => {
    const required = (path: string) =>
      document.paths[`/api/workspaces/{workspaceId}/inbox/conversations${path}`]?.post?.requestBody?.required;
    expect(required("")).toBe(true);
    expect(required("/{conversationId}/assign")).toBe(true);
    expect(required("/{conversationId}/requeue")).toBe(false);
  });
});

describe("an unknown path", () => {
  it.each(["/api", "/api/nothing", "/api/workspaces/1/2/3", "/api/openapi.yaml", "/api/Agents"])(
    "returns NotFound as JSON: %s",
    async (path) => {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        const answer = await raw(path, { method });
        expect(answer.status, method).toBe(404);
        expect(answer.body, method).toEqual({ code: "NotFound", message: expect.any(String) });
        expect(answer.headers.get("x-request-id"), method).toMatch(/^[0-9a-f-]{36}$/);
      }
    },
  );
});
