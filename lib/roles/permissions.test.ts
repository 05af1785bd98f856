import { describe, expect, it } from "vitest";
import { type Actor, type Permission, permissions } from "@/lib/auth/permissions";
import type { AuthorizedWorkspaceId, UserId } from "@/lib/ids";
import { forbiddenGrants } from "./permissions";

const holding = (...held: Permission[]): Actor => ({
  kind: "user",
  id: "0198c0de-7e57-7000-8000-000000000001" as UserId,
  name: "Robin",
  via: "token",
  workspaceId: "0198c0de-7e57-7000-8000-000000000002" as AuthorizedWorkspaceId,
  permissions: new Set(held),
  agentId: undefined,
});

describe("forbiddenGrants", () => {
  it("lets everything be granted by who holds everything", () => {
    expect(forbiddenGrants(holding(...permissions), permissions)).toEqual([]);
  });

  it("names each permission that the actor does not hold, once", () => {
    expect(
      forbiddenGrants(holding("settings.write"), ["keys.write", "settings.write", "keys.write"]),
    ).toEqual(["keys.write"]);
  });

  it("leaves what the role allows already", () => {
    expect(forbiddenGrants(holding(), ["keys.write", "people.write"], ["keys.write"])).toEqual([
      "people.write",
    ]);
  });
});
