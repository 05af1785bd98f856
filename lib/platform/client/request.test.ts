import { afterEach, describe, expect, it, vi } from "vitest";
import { getAgent, patchAgent } from "@/lib/agents/agents/contract";
import { previewCoverage } from "@/lib/agents/coverage/changes-contract";
import { changes } from "@/lib/platform/client/changes";
import { holdReads, request } from "@/lib/platform/client/request";

const params = {
  workspaceId: "0198c0de-7e57-7000-8000-000000000001",
  agentId: "0198c0de-7e57-7000-8000-000000000002",
};

afterEach(() => vi.unstubAllGlobals());

describe("holdReads", () => {
  it("holds reads until they are released, but no writes", async () => {
    const send = vi.fn(async () => Response.json({}));
    vi.stubGlobal("fetch", send);
    const release = holdReads();
    const reading = request(getAgent, { params });
    await request(patchAgent, { params, body: { bio: null } });
    expect(send).toHaveBeenCalledTimes(1);
    expect(send).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ method: "PATCH" }));
    release();
    await reading;
    await request(getAgent, { params });
    expect(send).toHaveBeenCalledTimes(3);
  });
});

describe("request", () => {
  it("tells of changes, but not of reads and previews", async () => {
    vi.stubGlobal("fetch", async () => Response.json({}));
    const onChange = vi.fn();
    const stop = changes.subscribe(onChange);
    await request(getAgent, { params });
    await request(previewCoverage, { params, body: { changes: [] } });
    expect(onChange).not.toHaveBeenCalled();
    await request(patchAgent, { params, body: { bio: null } });
    expect(onChange).toHaveBeenCalledTimes(1);
    stop();
  });
});
