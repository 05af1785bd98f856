import { join } from "node:path";
import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { Reply } from "@/lib/platform/http/server/reply";
import { type AgentId, type AuthorizedWorkspaceId, type MediaId, newId } from "@/lib/platform/ids";
import type { Logger } from "@/lib/platform/logger";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Store, StoredFile } from "@/lib/platform/storage/server/store";
import type { PresignedUpload } from "@/lib/workforce/media/contract";
import { canUpload } from "@/lib/workforce/media/permissions";
import {
  type AvatarSize,
  endings,
  fileOfKey,
  isWanted,
  type MediaKind,
  maxSizes,
  mediaUrl,
  storedKey,
  unusedLifetime,
  uploadKey,
} from "@/lib/workforce/media/rules";
import { judge, withWorkspace } from "@/lib/workforce/media/server/judgement";
import type { MediaRepository, MediaRow } from "@/lib/workforce/media/server/repository";

/** Rows and files per batch of a sweep. */
const batch = 500;

interface Dependencies {
  repository: MediaRepository;
  store: Store;
  publicUrl: string;
  logger: Logger;
}

/** Number of items that a sweep removed. */
export interface Swept {
  /** Uploads that were never used or were replaced. */
  unused: number;
  /** Folders whose rows were deleted. */
  removed: number;
  /** Files without a row. */
  orphans: number;
}

const kinds: Record<MediaKind, string> = { avatar: "picture", audio: "recording" };

/** Manages agents' pictures and recordings: upload, check, download and removal. */
export function createMediaService({ repository, store, publicUrl, logger }: Dependencies) {
  async function requireAgent(actor: Actor, reference: AgentReference): Promise<AgentId> {
    const agentId = resolveAgent(actor, reference);
    if (!(await repository.agentExists(actor.workspaceId, agentId))) throw agentNotFound();
    return agentId;
  }

  async function presign(
    actor: Actor,
    reference: AgentReference,
    kind: MediaKind,
    now: Date,
  ): Promise<Reply<PresignedUpload>> {
    const { workspaceId } = actor;
    const agentId = await requireAgent(actor, reference);
    if (!canUpload(actor, agentId))
      throw new ApiError("Forbidden", "You can upload files only for your own agent. Ask a supervisor.");
    const id = newId<MediaId>();
    if (!(await repository.insert(workspaceId, agentId, { id, kind, now }))) throw agentNotFound();
    const media = { workspaceId, agentId, id };
    const { url, fields } = await store.presignUpload({
      key: uploadKey(media),
      maxSize: maxSizes[kind],
      now,
    });
    return {
      data: {
        mediaUrl: mediaUrl(publicUrl, media),
        fileId: id,
        url,
        formData: fields,
        expectedFields: ["file"],
      },
    };
  }

  /** Checks an upload and stores the processed files. Returns what is wrong with it, if anything. */
  async function finish(
    workspaceId: AuthorizedWorkspaceId,
    row: MediaRow,
    now: Date,
  ): Promise<string | undefined> {
    if (row.finishedAt) return undefined;
    return await withWorkspace(async (folder) => {
      const path = join(folder, "upload");
      if (!(await store.fetch(uploadKey(row), path))) {
        // Not uploaded, or another request has processed it in the meantime.
        const [fresh] = await repository.find(workspaceId, row.agentId as AgentId, [row.id]);
        return fresh?.finishedAt ? undefined : `has not been uploaded. Post the ${kinds[row.kind]} first.`;
      }
      const judgement = await judge(row.kind, path, folder);
      if (!judgement.ok) {
        // Otherwise each request for it would process it again, which takes long.
        await discard([uploadKey(row)]);
        return judgement.message;
      }
      const { contentType, size, durationMs } = judgement;
      const revision = newId();
      const keys = judgement.files.map((file) => storedKey(row, revision, contentType, file.size));
      for (const [index, file] of judgement.files.entries())
        await store.put(keys[index] ?? "", file.path, contentType);
      const facts = { revision, contentType, size, durationMs, finishedAt: now };
      const first = await repository.finish(workspaceId, row.id, facts);
      // If another request was first, its files are served. The sweep removes what can't be removed now.
      await discard(first ? [uploadKey(row)] : keys);
      return undefined;
    });
  }

  async function discard(keys: readonly string[]): Promise<void> {
    for (const key of keys)
      await store
        .remove(key)
        .catch((error: unknown) =>
          logger.warn({ err: error }, "could not remove a stored file; the next sweep retries"),
        );
  }

  /** Removes the files of deleted rows. The next sweep retries failures. */
  async function removeDeleted(): Promise<number> {
    let removed = 0;
    let after = "";
    for (;;) {
      const rows = await repository.removals(after, batch);
      for (const { folder } of rows) {
        after = folder;
        try {
          for await (const file of store.list(folder)) await store.remove(file.key);
          await repository.forgetRemoval(folder);
          removed += 1;
        } catch (error) {
          logger.warn({ err: error, folder }, "could not remove stored files; the next sweep retries");
        }
      }
      if (rows.length < batch) return removed;
    }
  }

  /** Removes files without a row, which a crash between database and store can leave. */
  async function removeOrphans(now: Date): Promise<number> {
    const before = now.getTime() - unusedLifetime;
    let removed = 0;
    for (const workspaceId of await repository.workspaceIds()) {
      const clear = async (files: StoredFile[]) => {
        const named = files.map((file) => ({ key: file.key, file: fileOfKey(file.key) }));
        const ids = named.flatMap(({ file }) => (file ? [file.id] : []));
        const rows = await repository.known(workspaceId, [...new Set(ids)]);
        for (const { key, file } of named)
          if (!file || !isWanted(file.part, rows.get(file.id))) {
            await store.remove(key);
            removed += 1;
          }
      };
      let old: StoredFile[] = [];
      for await (const file of store.list(workspaceId)) {
        if (file.modifiedAt.getTime() >= before) continue;
        old.push(file);
        if (old.length < batch) continue;
        await clear(old);
        old = [];
      }
      if (old.length > 0) await clear(old);
    }
    return removed;
  }

  return {
    /** Returns where to post an agent's picture. Throws `AgentNotFound` or `Forbidden`. */
    presignAvatar: (actor: Actor, reference: AgentReference, now: Date) =>
      presign(actor, reference, "avatar", now),

    /** Returns where to post an agent's recording. Throws `AgentNotFound` or `Forbidden`. */
    presignAudio: (actor: Actor, reference: AgentReference, now: Date) =>
      presign(actor, reference, "audio", now),

    /**
     * Returns the URL of an upload, after checking it on first access. Throws `AgentNotFound` or
     * `MediaNotFound`.
     */
    async download(
      actor: Actor,
      reference: AgentReference,
      fileId: MediaId,
      { size, now }: { size: AvatarSize; now: Date },
    ): Promise<Reply<{ url: string }>> {
      const { workspaceId } = actor;
      const agentId = await requireAgent(actor, reference);
      const find = async () => (await repository.find(workspaceId, agentId, [fileId]))[0];
      let row = await find();
      const problem = row && !row.finishedAt ? await finish(workspaceId, row, now) : undefined;
      if (row && !row.finishedAt && problem === undefined) row = await find();
      if (!row?.revision || !row.contentType)
        throw new ApiError(
          "MediaNotFound",
          `This agent has no finished upload with this id${problem === undefined ? "." : `: the file ${problem}`}`,
        );
      const url = await store.link({
        key: storedKey(row, row.revision, row.contentType, size),
        contentType: row.contentType,
        fileName: `${kinds[row.kind]}.${endings[row.contentType]}`,
        now,
      });
      return { data: { url }, redirect: url };
    },

    /**
     * Checks the agent's uploads that are not processed yet and returns errors by id. Slow; call outside a
     * transaction.
     */
    async finishUploads(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      kind: MediaKind,
      ids: readonly string[],
      now: Date,
    ): Promise<Map<string, string>> {
      const problems = new Map<string, string>();
      if (ids.length === 0) return problems;
      for (const row of await repository.find(workspaceId, agentId, ids)) {
        const problem = row.kind === kind ? await finish(workspaceId, row, now) : undefined;
        if (problem !== undefined) problems.set(row.id, problem);
      }
      return problems;
    },

    /**
     * Returns which of the files are processed uploads of this agent and kind. Protects them from deletion
     * until the transaction ends.
     */
    async finished(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      kind: MediaKind,
      ids: readonly string[],
    ): Promise<Set<string>> {
      if (ids.length === 0) return new Set();
      const rows = await repository.find(workspaceId, agentId, ids, { lock: true });
      return new Set(rows.filter((row) => row.kind === kind && row.finishedAt).map((row) => row.id));
    },

    /** Records which uploads the agent uses now. Call in the transaction that changes the agent. */
    settle: (workspaceId: AuthorizedWorkspaceId, agentId: AgentId, now: Date) =>
      repository.settle(workspaceId, agentId, now),

    /**
     * Removes uploads unused for a day, files of deleted rows and, with `orphans`, files without a row.
     * Returns undefined if another instance is sweeping. Can be interrupted at any point; the next sweep
     * continues.
     */
    sweep: (now: Date, { orphans }: { orphans: boolean }): Promise<Swept | undefined> =>
      repository.exclusively(async () => {
        let unused = 0;
        const before = new Date(now.getTime() - unusedLifetime);
        for (let deleted = batch; deleted === batch; unused += deleted)
          deleted = await repository.deleteUnused(before, batch);
        const removed = await removeDeleted();
        return { unused, removed, orphans: orphans ? await removeOrphans(now) : 0 };
      }),
  };
}

export type MediaService = ReturnType<typeof createMediaService>;
