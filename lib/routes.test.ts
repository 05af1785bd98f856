import { expect, test } from "vitest";
import { operations } from "@/lib/outward/reference/operations";
import { routes } from "@/lib/routes";

/** Endpoints of the disk store, which are not operations. */
const noOperations = ["POST /api/uploads", "GET /api/files/{key*}"];

test("every operation of the reference has exactly one route", () => {
  const named = routes.map(({ id, method, path }) => (id === undefined ? `${method} ${path}` : id));
  expect(named.sort()).toEqual([...operations.map(({ id }) => id), ...noOperations].sort());
});

test("every route has the method and path of its operation", () => {
  for (const operation of operations) {
    const { method, path } = routes.find(({ id }) => id === operation.id) ?? {};
    expect(`${method} ${path}`).toBe(`${operation.method} ${operation.path}`);
  }
});
