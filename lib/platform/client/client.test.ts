import { describe, expect, it } from "vitest";
import { getAgent, patchAgent } from "@/lib/agents/agents/contract";
import { listAgents } from "@/lib/agents/agents/list-contract";
import { createClient, RequestError, requestUrl } from "@/lib/platform/client/client";

const workspaceId = "0198c0de-7e57-7000-8000-000000000001";
const agentId = "0198c0de-7e57-7000-8000-000000000002";

function answering(response: Response | Error) {
  const seen: { url: string; init: RequestInit | undefined }[] = [];
  const request = createClient({
    fetch: async (url, init) => {
      seen.push({ url: String(url), init });
      if (response instanceof Error) throw response;
      return response;
    },
  });
  return { request, seen };
}

describe("createClient", () => {
  it("fills in path parameters and repeats list parameters", () => {
    expect(
      requestUrl(
        listAgents,
        { workspaceId },
        { limit: 5, agentStatuses: ["active", "away"], name: undefined },
      ),
    ).toBe(`/api/workspaces/${workspaceId}/agents?limit=5&agentStatuses=active&agentStatuses=away`);
    expect(requestUrl(getAgent, { workspaceId, agentId: "a/b" })).toMatch(/agents\/a%2Fb$/);
  });

  it("sends JSON with If-Match and returns data and ETag", async () => {
    const { request, seen } = answering(Response.json({ id: agentId }, { headers: { ETag: '"2.x"' } }));
    const answer = await request(patchAgent, {
      params: { workspaceId, agentId },
      body: { bio: null },
      ifMatch: '"1.x"',
    });
    expect(answer).toEqual({ data: { id: agentId }, etag: '"2.x"' });
    expect(seen[0]?.init).toMatchObject({
      method: "PATCH",
      body: '{"bio":null}',
      headers: { "Content-Type": "application/json", "If-Match": '"1.x"' },
    });
  });

  it("rejects with code, message and details of an error response", async () => {
    const { request } = answering(
      Response.json(
        { code: "InvalidAgent", message: "No.", details: { bio: ["is too long."] } },
        { status: 422, headers: { "X-Request-Id": "r1" } },
      ),
    );
    const error = await request(getAgent, { params: { workspaceId, agentId } }).catch((reason) => reason);
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({
      status: 422,
      code: "InvalidAgent",
      message: "No.",
      details: { bio: ["is too long."] },
      requestId: "r1",
    });
  });

  it("rejects with a message when the response is not JSON or missing", async () => {
    const gateway = answering(new Response("<html>", { status: 502 }));
    await expect(gateway.request(getAgent, { params: { workspaceId, agentId } })).rejects.toMatchObject({
      status: 502,
      message: "The server answered 502.",
    });
    const offline = answering(new TypeError("fetch failed"));
    await expect(offline.request(getAgent, { params: { workspaceId, agentId } })).rejects.toMatchObject({
      status: 0,
      code: "NoAnswer",
    });
  });
});
