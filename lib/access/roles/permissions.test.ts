import { describe, expect, it } from "vitest";
import { permissions } from "@/lib/platform/security/permissions";
import { lackedPermissions } from "./permissions";

describe("lackedPermissions", () => {
  it("returns nothing if all are held or none is needed", () => {
    expect(lackedPermissions(new Set(permissions), permissions)).toEqual([]);
    expect(lackedPermissions(new Set(), [])).toEqual([]);
  });

  it.each(permissions)("returns only %s if only that is missing", (lacking) => {
    const held = new Set(permissions.filter((permission) => permission !== lacking));
    expect(lackedPermissions(held, permissions)).toEqual([lacking]);
    expect(lackedPermissions(held, [...held])).toEqual([]);
  });

  it("returns each permission once", () => {
    expect(lackedPermissions(new Set(), ["keys.write", "people.write", "keys.write"])).toEqual([
      "keys.write",
      "people.write",
    ]);
  });
});
