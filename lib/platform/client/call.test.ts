import { expect, it } from "vitest";
import type { getAgent } from "@/lib/agents/agents/contract";
import { call } from "@/lib/platform/client/call";
import type { Operation } from "@/lib/platform/http/operation";

const path = "/api/workspaces/{workspaceId}/agents/{agentId}";

it("returns only method and path", () => {
  expect(call<typeof getAgent>("GET", path)).toEqual({ method: "GET", path });
});

it("compiles only with the declared method and path", () => {
  // @ts-expect-error another method
  call<typeof getAgent>("PATCH", path);
  // @ts-expect-error another path
  call<typeof getAgent>("GET", "/api/workspaces/{workspaceId}/agents");
  // @ts-expect-error an operation whose path is not known to the compiler
  call<Operation>("GET", path);
});
