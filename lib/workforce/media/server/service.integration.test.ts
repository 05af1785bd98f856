import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import {
  type AgentId,
  type AuthorizedWorkspaceId,
  type MediaId,
  newId,
  type UserId,
} from "@/lib/platform/ids";
import { createLogger } from "@/lib/platform/logger";
import type { Actor } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createDiskStore } from "@/lib/platform/storage/server/disk";
import type { Store } from "@/lib/platform/storage/server/store";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";
import { makeWav } from "@/lib/testing/recordings";
import { uploadKey } from "@/lib/workforce/media/rules";
import { createMediaRepository } from "@/lib/workforce/media/server/repository";
import { createMediaService } from "@/lib/workforce/media/server/service";

const db = createDatabase(testDatabaseUrl(), 6, () => {});
const repository = createMediaRepository(db);
const hour = 60 * 60 * 1000;
const now = new Date();
const later = (hours: number) => new Date(now.getTime() + hours * hour);

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-media-test-"));
  store = createDiskStore(folder, createSecrets("a secret of the tests, long enough"), "http://x.example");
});
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const service = (over: Store = store) =>
  createMediaService({
    repository,
    store: over,
    publicUrl: "http://x.example",
    logger: createLogger("silent"),
  });

let actor: Actor & { agentId: AgentId };
beforeEach(async () => {
  const workspaceId = newId<AuthorizedWorkspaceId>();
  const agentId = newId<AgentId>();
  await insertRows(
    db.query,
    combineRows([makeWorkspace({ id: workspaceId }), makeAgent({ workspaceId, id: agentId })]),
  );
  actor = {
    kind: "user",
    id: newId<UserId>(),
    name: "Sam",
    via: "token",
    workspaceId,
    agentId,
    permissions: new Set(["agents.write", "agents.read"]),
  };
});

const nameOf = (id: string) => ({ workspaceId: actor.workspaceId, agentId: actor.agentId, id });

async function upload(content: Uint8Array = makeWav()): Promise<MediaId> {
  const { data } = await service().presignAudio(actor, actor.agentId, now);
  const path = join(folder, "source");
  await writeFile(path, content);
  await store.put(uploadKey(nameOf(data.fileId)), path, "application/octet-stream");
  return data.fileId as MediaId;
}

async function use(id: MediaId): Promise<void> {
  const problems = await service().finishUploads(actor.workspaceId, actor.agentId, "audio", [id], now);
  expect([...problems]).toEqual([]);
  await db.prisma.dropVm.create({
    data: { ...nameOf(newId()), mediaId: id, position: 0, name: "Note" },
  });
  await service().settle(actor.workspaceId, actor.agentId, now);
}

async function filesOf(workspaceId = actor.workspaceId): Promise<string[]> {
  const keys: string[] = [];
  for await (const file of store.list(workspaceId)) keys.push(file.key);
  return keys;
}

const rowOf = (id: string) => db.prisma.media.findFirst({ where: { workspaceId: actor.workspaceId, id } });
const sweep = (at: Date, options = { orphans: false }) => service().sweep(at, options);

test("a refused upload is deleted, so that it is not processed again", async () => {
  const id = await upload(new TextEncoder().encode("This is no recording."));
  const finish = () => service().finishUploads(actor.workspaceId, actor.agentId, "audio", [id], now);
  expect([...(await finish()).values()]).toEqual([expect.stringMatching(/recording|audio|sound/i)]);
  expect(await filesOf()).toEqual([]);
  expect([...(await finish()).values()]).toEqual(["has not been uploaded. Post the recording first."]);
});

describe("a sweep", () => {
  test("removes an upload that was unused for a day, with its file, and not before", async () => {
    const id = await upload();
    await sweep(later(23.9));
    expect(await rowOf(id)).not.toBeNull();
    expect(await filesOf()).toHaveLength(1);
    await sweep(later(24.1));
    expect(await rowOf(id)).toBeNull();
    expect(await filesOf()).toEqual([]);
    expect(await db.prisma.storedFileRemoval.count()).toBe(0);
  });

  test("keeps used files of any age and removes one a day after its replacement", async () => {
    const id = await upload();
    await use(id);
    await sweep(later(1000));
    expect(await filesOf()).toHaveLength(1);
    await db.prisma.dropVm.deleteMany({ where: { workspaceId: actor.workspaceId } });
    await service().settle(actor.workspaceId, actor.agentId, later(1000));
    await sweep(later(1023));
    expect(await filesOf()).toHaveLength(1);
    await sweep(later(1025));
    expect(await filesOf()).toEqual([]);
  });

  test("keeps a recording whose use was not recorded", async () => {
    const id = await upload();
    await use(id);
    await db.prisma.media.updateMany({ where: { id }, data: { unusedSince: now } });
    await sweep(later(25));
    expect(await rowOf(id)).not.toBeNull();
  });

  test("removes the files of a deleted agent", async () => {
    await use(await upload());
    await db.query(`DELETE FROM agents WHERE workspace_id = :workspace::uuid`, {
      workspace: actor.workspaceId,
    });
    expect(await filesOf()).toHaveLength(1);
    await sweep(now);
    expect(await filesOf()).toEqual([]);
  });

  test("removes the files of a deleted workspace", async () => {
    await use(await upload());
    await db.query(`DELETE FROM workspaces WHERE id = :workspace::uuid`, {
      workspace: actor.workspaceId,
    });
    await sweep(now);
    expect(await filesOf()).toEqual([]);
  });

  test("resumes after an interruption between the row and its file", async () => {
    const id = await upload();
    const broken: Store = { ...store, remove: () => Promise.reject(new Error("the store is gone")) };
    await service(broken).sweep(later(25), { orphans: false });
    expect(await rowOf(id)).toBeNull();
    expect(await filesOf()).toHaveLength(1);
    await sweep(later(25));
    expect(await filesOf()).toEqual([]);
  });

  test("finds files without a row after a day, but only in workspaces of this database", async () => {
    const path = join(folder, "source");
    await writeFile(path, makeWav());
    const stranger = newId<AuthorizedWorkspaceId>();
    const kept = await upload();
    await use(kept);
    const [wanted = ""] = await filesOf();
    const old = [
      uploadKey(nameOf(newId())),
      uploadKey(nameOf(kept)),
      `${uploadKey(nameOf(newId()))}.0a1b2c.part`,
      `${stranger}/${newId()}/${newId()}/upload`,
    ];
    const young = uploadKey(nameOf(newId()));
    for (const key of [...old, young]) await store.put(key, path, "audio/wav");
    const before = new Date(now.getTime() - 25 * hour);
    for (const key of [...old, wanted]) await utimes(join(folder, ...key.split("/")), before, before);
    expect(await sweep(now, { orphans: true })).toMatchObject({ orphans: 3 });
    expect((await filesOf()).sort()).toEqual([wanted, young].sort());
    expect(await filesOf(stranger)).toHaveLength(1);
  });

  test("is run by one instance at a time", async () => {
    const other = createDatabase(testDatabaseUrl(), 2, () => {});
    const outcome = await createMediaRepository(other).exclusively(() => sweep(now));
    expect(outcome).toBeUndefined();
    expect(await sweep(now)).toBeDefined();
    await other.close();
  });
});

describe("an upload", () => {
  test("is processed once for concurrent requests and leaves no extra files", async () => {
    const id = await upload();
    const links = await Promise.all(
      Array.from({ length: 5 }, () => service().download(actor, actor.agentId, id, { size: 512, now })),
    );
    expect(new Set(links.map((link) => new URL(link.data.url).pathname)).size).toBe(1);
    expect(await filesOf()).toHaveLength(1);
  });

  test("has no effect if sent again after processing", async () => {
    const id = await upload();
    const link = () => service().download(actor, actor.agentId, id, { size: 512, now });
    const first = await link();
    await store.put(uploadKey(nameOf(id)), join(folder, "source"), "application/octet-stream");
    expect(await link()).toEqual(first);
  });
});
