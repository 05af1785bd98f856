import { expect, test } from "vitest";
import { operations } from "@/lib/outward/reference/operations";
import { routes } from "@/lib/routes";

/** Where the disk stands in for an S3 store: no operations of the API, and not there with a store elsewhere. */
const noOperations = ["POST /api/uploads", "GET /api/files/{key*}"];

test("every operation of the reference is bound once, and nothing else is", () => {
  const named = routes.map(({ id, method, path }) => (id === undefined ? `${method} ${path}` : id));
  expect(named.sort()).toEqual([...operations.map(({ id }) => id), ...noOperations].sort());
});

test("each is bound where its operation says", () => {
  for (const operation of operations) {
    const { method, path } = routes.find(({ id }) => id === operation.id) ?? {};
    expect(`${method} ${path}`).toBe(`${operation.method} ${operation.path}`);
  }
});
