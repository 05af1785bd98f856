import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { baseUrl, call, raw } from "@/e2e/support/api/client";
import { expectRefusal, makeAgent, makeWorkspace, sql, type TestWorkspace } from "@/e2e/support/api/fixtures";
import type { Agent } from "@/lib/agents/agents/contract";
import { makeM4a, makeMp3, makeWav } from "@/lib/testing/recordings";
import type { PresignedUpload } from "@/lib/workforce/media/contract";

let here: TestWorkspace;
let other: TestWorkspace;
let picture: Buffer;
beforeAll(async () => {
  [here, other] = await Promise.all([makeWorkspace(), makeWorkspace()]);
  picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#336699" } })
    .jpeg()
    .toBuffer();
});

const presign = async (kind: "presignAvatar" | "presignAudio", agentId: string, as = here.key) =>
  (await call<PresignedUpload>(kind, { params: { workspaceId: here.id, agentId }, as })).body;

/** Posts a form like a browser. */
async function post(
  upload: PresignedUpload,
  file: Uint8Array,
  changes: Record<string, string | undefined> = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...upload.formData, ...changes }))
    if (value !== undefined) form.append(name, value);
  form.append("file", new Blob([new Uint8Array(file)]), "anything");
  return raw(new URL(upload.url).pathname, { method: "POST", body: form });
}

/** Uploads a file and returns its media URL. */
async function uploaded(kind: "presignAvatar" | "presignAudio", agentId: string, file: Uint8Array) {
  const upload = await presign(kind, agentId);
  expect((await post(upload, file)).status).toBe(204);
  return upload;
}

const patch = (agentId: string, body: unknown, as = here.key) =>
  call<Agent>("patchAgent", { params: { workspaceId: here.id, agentId }, as, body });

const download = (agentId: string, fileId: string, options: Partial<Parameters<typeof call>[1]> = {}) =>
  call<{ url: string }>("downloadMedia", {
    params: { workspaceId: here.id, agentId, fileId },
    as: here.viewer.auth,
    ...options,
  });

const locationOf = async (agentId: string, fileId: string) =>
  (await download(agentId, fileId)).headers.get("location") ?? "";

const unknownId = "0198c0de-7e57-7000-8000-000000000000";

describe("an upload", () => {
  it("is authorized by a POST policy with exactly the fields of an S3 form", async () => {
    const agent = await makeAgent(here);
    for (const kind of ["presignAvatar", "presignAudio"] as const) {
      const upload = await presign(kind, agent.id);
      expect(Object.keys(upload.formData).sort()).toEqual(
        [
          "Content-Type",
          "key",
          "policy",
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-signature",
        ].sort(),
      );
      expect(upload.expectedFields).toEqual(["file"]);
      expect(upload.mediaUrl).toBe(
        `${new URL(baseUrl).origin}/api/workspaces/${here.id}/agents/${agent.id}/media/${upload.fileId}/download`,
      );
    }
  });

  it("is allowed to people who may change the agent: their own, or all", async () => {
    const params = { workspaceId: here.id, agentId: "me" };
    expect((await call("presignAvatar", { params, as: here.agent.auth })).status).toBe(200);
    expect((await call("presignAudio", { params, as: here.agent.auth })).status).toBe(200);
    expectRefusal(await call("presignAvatar", { params, as: here.key }), 404, "AgentNotFound");
    const stranger = { workspaceId: here.id, agentId: here.supervisor.agentId };
    expectRefusal(await call("presignAudio", { params: stranger, as: here.agent.auth }), 403, "Forbidden");
    const nobody = { workspaceId: here.id, agentId: unknownId };
    expectRefusal(await call("presignAvatar", { params: nobody, as: here.key }), 404, "AgentNotFound");
    expectRefusal(
      await call("presignAvatar", { params: { ...params, agentId: "x" }, as: here.key }),
      400,
      "BadRequest",
    );
  });

  it("is rejected if the form violates the policy", async () => {
    const agent = await makeAgent(here);
    const upload = await presign("presignAvatar", agent.id);
    const victim = await presign("presignAvatar", agent.id);
    expectRefusal(await post(upload, picture, { "Content-Type": "text/html" }), 403, "Forbidden");
    expectRefusal(await post(upload, picture, { acl: "public-read" }), 403, "Forbidden");
    expectRefusal(await post(upload, picture, { key: victim.formData.key }), 403, "Forbidden");
    expectRefusal(await post(upload, picture, { policy: undefined }), 400, "BadRequest");
    expectRefusal(await post(upload, Buffer.alloc(0)), 400, "BadRequest");
    expectRefusal(await post(upload, Buffer.alloc(5 * 1024 * 1024 + 1)), 413, "PayloadTooLarge");
    expectRefusal(await download(agent.id, upload.fileId), 404, "MediaNotFound");
    expectRefusal(await download(agent.id, victim.fileId), 404, "MediaNotFound");
  });

  it("is rejected if the request is not a form", async () => {
    const json = { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } };
    expectRefusal(await raw("/api/uploads", json), 415, "UnsupportedMediaType");
    const unbounded = { ...json, headers: { "Content-Type": "multipart/form-data" } };
    expect((await raw("/api/uploads", unbounded)).status).toBeGreaterThanOrEqual(400);
    const form = new FormData();
    form.append("file", new Blob([new Uint8Array(picture)]));
    form.append("key", "late");
    expectRefusal(await raw("/api/uploads", { method: "POST", body: form }), 400, "BadRequest");
    expectRefusal(await raw("/api/uploads"), 405, "MethodNotAllowed");
  });
});

describe("a picture", () => {
  it("is set, served as WebP without metadata in two sizes, and is immutable", async () => {
    const agent = await makeAgent(here);
    const upload = await uploaded("presignAvatar", agent.id, picture);
    const answer = await patch(agent.id, { avatarUrl: upload.mediaUrl });
    expect(answer.status).toBe(200);
    expect(answer.body.avatarUrl).toBe(upload.mediaUrl);

    const served = async (size?: string) => {
      const found = await download(agent.id, upload.fileId, size ? { query: { size } } : {});
      expect(found.status).toBe(302);
      const file = await fetch(found.headers.get("location") ?? "");
      expect(file.headers.get("content-type")).toBe("image/webp");
      return Buffer.from(await file.arrayBuffer());
    };
    const large = await served();
    expect(await sharp(large).metadata()).toMatchObject({ format: "webp", width: 512, height: 512 });
    expect(await sharp(await served("96")).metadata()).toMatchObject({ width: 96, height: 96 });
    expectRefusal(await download(agent.id, upload.fileId, { query: { size: "64" } }), 400, "InvalidQuery");

    const another = await sharp(picture).negate().jpeg().toBuffer();
    expect((await post(upload, another)).status).toBe(204);
    expect((await served()).equals(large)).toBe(true);
  });

  it("with invalid content is reported at avatarUrl", async () => {
    const agent = await makeAgent(here);
    const files = {
      html: Buffer.from("<html>"),
      svg: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
      wav: makeWav(),
    };
    for (const file of Object.values(files)) {
      const upload = await uploaded("presignAvatar", agent.id, file);
      const answer = await patch(agent.id, { avatarUrl: upload.mediaUrl });
      expectRefusal(answer, 422, "InvalidAgent");
      expect(answer.body).toMatchObject({
        details: { avatarUrl: [expect.stringContaining("is not a readable JPEG")] },
      });
      expectRefusal(await download(agent.id, upload.fileId), 404, "MediaNotFound");
    }
    const missing = await presign("presignAvatar", agent.id);
    const answer = await patch(agent.id, { avatarUrl: missing.mediaUrl });
    expectRefusal(answer, 422, "InvalidAgent");
    expect(answer.body).toMatchObject({
      details: { avatarUrl: [expect.stringContaining("has not been uploaded")] },
    });
  });

  it("of another agent or workspace, or a recording, cannot be set", async () => {
    const [agent, second] = [await makeAgent(here), await makeAgent(here)];
    const theirs = await makeAgent(other);
    const foreign = await call<PresignedUpload>("presignAvatar", {
      params: { workspaceId: other.id, agentId: theirs.id },
      as: other.key,
    });
    await post(foreign.body, picture);
    for (const { mediaUrl } of [
      await uploaded("presignAvatar", second.id, picture),
      await uploaded("presignAudio", agent.id, makeWav()),
      foreign.body,
    ])
      expectRefusal(await patch(agent.id, { avatarUrl: mediaUrl }), 422, "InvalidAgent");
  });

  it("is validated only for people who may set it", async () => {
    const upload = await uploaded("presignAvatar", here.supervisor.agentId, picture);
    const answer = await patch(here.supervisor.agentId, { avatarUrl: upload.mediaUrl }, here.agent.auth);
    expectRefusal(answer, 403, "Forbidden");
    const [row] = await sql(`SELECT finished_at FROM media WHERE id = $1`, [upload.fileId]);
    expect(row?.finished_at).toBeNull();
  });

  it("is processed once for concurrent requests", async () => {
    const agent = await makeAgent(here);
    const upload = await uploaded("presignAvatar", agent.id, picture);
    const answers = await Promise.all(Array.from({ length: 6 }, () => download(agent.id, upload.fileId)));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 6 }, () => 302));
    const paths = answers.map((answer) => new URL(answer.headers.get("location") ?? "").pathname);
    expect(new Set(paths).size).toBe(1);
    expect((await fetch(answers[0]?.headers.get("location") ?? "")).status).toBe(200);
  });
});

describe("a recording", () => {
  it("is set, returned unchanged, and its duration is known", async () => {
    const agent = await makeAgent(here);
    const file = makeMp3(80);
    const upload = await uploaded("presignAudio", agent.id, file);
    const set = { dropVms: [{ name: "Closed today", mediaUrl: upload.mediaUrl }] };
    const answer = await patch(agent.id, set);
    expect(answer.status).toBe(200);
    expect(answer.body.dropVms).toMatchObject(set.dropVms);
    const served = await fetch(await locationOf(agent.id, upload.fileId));
    expect(served.headers.get("content-type")).toBe("audio/mpeg");
    expect(Buffer.from(await served.arrayBuffer()).equals(file)).toBe(true);
    const [row] = await sql(`SELECT content_type, size, duration_ms FROM media WHERE id = $1`, [
      upload.fileId,
    ]);
    expect(row).toMatchObject({ content_type: "audio/mpeg", size: file.length });
    expect(Math.abs(Number(row?.duration_ms) - 2090)).toBeLessThan(60);
  });

  it("with invalid content is reported at its index", async () => {
    const agent = await makeAgent(here);
    const good = await uploaded("presignAudio", agent.id, makeWav());
    const bad = await uploaded("presignAudio", agent.id, Buffer.concat([makeWav(), Buffer.from("<script>")]));
    const items = [good, bad].map(({ mediaUrl }) => ({ name: "Note", mediaUrl }));
    const answer = await patch(agent.id, { dropVms: items });
    expectRefusal(answer, 422, "InvalidAgent");
    expect(answer.body).toMatchObject({
      details: { "dropVms.1.mediaUrl": [expect.stringContaining("is not a readable MP3")] },
    });
    expect((await patch(agent.id, { dropVms: items.slice(0, 1) })).status).toBe(200);
  });
});

describe("a download", () => {
  it("is returned as a URL in JSON only if the client accepts JSON alone", async () => {
    const agent = await makeAgent(here);
    const { fileId } = await uploaded("presignAudio", agent.id, makeWav());
    const json = await download(agent.id, fileId, { headers: { Accept: "application/json" } });
    expect(json.status).toBe(200);
    expect((await fetch(json.body.url)).status).toBe(200);
    for (const Accept of ["*/*", "audio/*", "application/json, */*", "text/html"])
      expect((await download(agent.id, fileId, { headers: { Accept } })).status).toBe(302);
  });

  it("returns 400 and 404 for IDs that are not files of this agent", async () => {
    const [agent, second] = [await makeAgent(here), await makeAgent(here)];
    const { fileId } = await uploaded("presignAudio", agent.id, makeWav());
    expectRefusal(await download(agent.id, "x"), 400, "BadRequest");
    expectRefusal(await download(agent.id, unknownId), 404, "MediaNotFound");
    expectRefusal(await download(second.id, fileId), 404, "MediaNotFound");
    expectRefusal(await download(unknownId, fileId), 404, "AgentNotFound");
    const params = { workspaceId: other.id, agentId: agent.id, fileId };
    expectRefusal(await call("downloadMedia", { params, as: other.key }), 404, "AgentNotFound");
  });

  it("of a rejected recording gives the reason", async () => {
    const agent = await makeAgent(here);
    const { fileId } = await uploaded("presignAudio", agent.id, makeM4a({ entry: "alac" }));
    const answer = await download(agent.id, fileId);
    expectRefusal(answer, 404, "MediaNotFound");
    expect(answer.body).toMatchObject({
      message: expect.stringContaining("is ALAC, which browsers can't play"),
    });
  });

  it("is safe from execution and sniffing, cached permanently, and supports ranges", async () => {
    const agent = await makeAgent(here);
    const file = makeWav();
    const { fileId } = await uploaded("presignAudio", agent.id, file);
    const url = await locationOf(agent.id, fileId);
    const whole = await fetch(url);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "private, max-age=31536000, immutable, no-transform",
      "content-disposition": 'inline; filename="recording.wav"',
      "content-security-policy": "sandbox; default-src 'none'",
      "content-type": "audio/wav",
      "x-content-type-options": "nosniff",
    });
    const etag = whole.headers.get("etag") ?? "";
    const get = async (headers: Record<string, string>) => {
      const answer = await fetch(url, { headers });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, range: answer.headers.get("content-range"), bytes };
    };
    const part = file.subarray(100, 200);
    const range = `bytes 100-199/${file.length}`;
    expect(await get({ Range: "bytes=100-199" })).toEqual({ status: 206, range, bytes: part });
    expect(await get({ Range: "bytes=100-199", "If-Range": etag })).toEqual({
      status: 206,
      range,
      bytes: part,
    });
    expect(await get({ Range: "bytes=100-199", "If-Range": '"other"' })).toMatchObject({
      status: 200,
      bytes: file,
    });
    expect(await get({ Range: "bytes=-50" })).toMatchObject({ status: 206, bytes: file.subarray(-50) });
    expect(await get({ Range: `bytes=${file.length}-` })).toMatchObject({
      status: 416,
      range: `bytes */${file.length}`,
    });
    expect(await get({ "If-None-Match": etag })).toMatchObject({ status: 304 });
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([
      200,
      "audio/wav",
      "",
    ]);
  });

  it("is bound to its signature: another file, type or time is rejected", async () => {
    const agent = await makeAgent(here);
    const { fileId } = await uploaded("presignAudio", agent.id, makeWav());
    const url = new URL(await locationOf(agent.id, fileId));
    const changed = (name: string, value: string) => {
      const copy = new URL(url);
      copy.searchParams.set(name, value);
      return copy.pathname + copy.search;
    };
    for (const path of [
      changed("expires", "9999999999"),
      changed("type", "text/html"),
      changed("name", "x.html"),
      changed("signature", "x"),
      url.pathname,
      url.pathname.replace(fileId, unknownId) + url.search,
      `/api/files/..%2f..%2fsecret${url.search}`,
    ])
      expectRefusal(await raw(path), 403, "Forbidden");
  });
});

describe("files", () => {
  const unusedSince = async (fileId: string) =>
    (await sql<{ at: Date | null }>(`SELECT unused_since AS at FROM media WHERE id = $1`, [fileId]))[0]?.at;

  it("count as unused until they are set, and again once they are replaced", async () => {
    const agent = await makeAgent(here);
    const [first, second] = [
      await uploaded("presignAvatar", agent.id, picture),
      await uploaded("presignAvatar", agent.id, picture),
    ];
    expect(await unusedSince(first.fileId)).toBeInstanceOf(Date);
    await patch(agent.id, { avatarUrl: first.mediaUrl });
    expect(await unusedSince(first.fileId)).toBeNull();
    await patch(agent.id, { avatarUrl: second.mediaUrl });
    expect(await unusedSince(first.fileId)).toBeInstanceOf(Date);
    expect(await unusedSince(second.fileId)).toBeNull();
    await patch(agent.id, { avatarUrl: null });
    expect(await unusedSince(second.fileId)).toBeInstanceOf(Date);
  });

  it("are scheduled for removal when their agent is deleted", async () => {
    const agent = await makeAgent(here);
    const upload = await uploaded("presignAvatar", agent.id, picture);
    await patch(agent.id, { avatarUrl: upload.mediaUrl });
    const params = { workspaceId: here.id, agentId: agent.id };
    expect((await call("deleteAgent", { params, as: here.key })).status).toBe(204);
    const folder = `${here.id}/${agent.id}/${upload.fileId}`;
    expect(await sql(`SELECT folder FROM stored_file_removals WHERE folder = $1`, [folder])).toEqual([
      { folder },
    ]);
  });
});
