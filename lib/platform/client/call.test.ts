import { expect, it } from "vitest";
import type { getAgent } from "@/lib/agents/agents/contract";
import { call } from "@/lib/platform/client/call";
import type { Operation } from "@/lib/platform/http/operation";

const path = "/api/workspaces/{workspaceId}/agents/{agentId}";

it("carries the place of an operation and nothing else", () => {
  expect(call<typeof getAgent>("GET", path)).toEqual({ method: "GET", path });
});

it("is refused by the compiler anywhere but where the operation was declared", () => {
  // @ts-expect-error another method
  call<typeof getAgent>("PATCH", path);
  // @ts-expect-error another path
  call<typeof getAgent>("GET", "/api/workspaces/{workspaceId}/agents");
  // @ts-expect-error an operation whose path is not known to the compiler
  call<Operation>("GET", path);
});
