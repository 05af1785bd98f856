import { describe, expect, it } from "vitest";
import { permissions } from "@/lib/platform/security/permissions";
import { lackedPermissions } from "./permissions";

describe("lackedPermissions", () => {
  it("is nothing for who holds everything, and for what has nothing", () => {
    expect(lackedPermissions(new Set(permissions), permissions)).toEqual([]);
    expect(lackedPermissions(new Set(), [])).toEqual([]);
  });

  it.each(permissions)("names %s alone where it alone is lacking", (lacking) => {
    const held = new Set(permissions.filter((permission) => permission !== lacking));
    expect(lackedPermissions(held, permissions)).toEqual([lacking]);
    expect(lackedPermissions(held, [...held])).toEqual([]);
  });

  it("names each once", () => {
    expect(lackedPermissions(new Set(), ["keys.write", "people.write", "keys.write"])).toEqual([
      "keys.write",
      "people.write",
    ]);
  });
});
