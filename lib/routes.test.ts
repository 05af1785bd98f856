import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { operations, routes } from "@/lib/routes";

/** Endpoints of the disk store, which are not operations. */
const noOperations = ["POST /api/uploads", "GET /api/files/{key*}"];

/** Returns the ids of the operations that a contract exports. */
async function declaredIn(file: string): Promise<string[]> {
  const contract: Record<string, unknown> = await import(resolve("lib", file));
  return Object.values(contract).flatMap((each) =>
    typeof each === "object" && each && "id" in each && "success" in each ? [String(each.id)] : [],
  );
}

test("every operation that a contract declares has exactly one route", async () => {
  const contracts = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter((file) =>
    /[\\/-]contract\.ts$/.test(file),
  );
  const declared = (await Promise.all(contracts.map(declaredIn))).flat();
  expect(operations.map(({ id }) => id).sort()).toEqual(declared.sort());
});

test("only the disk store has routes that are no operations", () => {
  const others = routes.filter(({ operation }) => operation === undefined);
  expect(others.map(({ method, path }) => `${method} ${path}`)).toEqual(noOperations);
});
