import { createHash, randomBytes } from "node:crypto";
import { constants, createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, open, opendir, rename, rm, rmdir, stat, statfs } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { diskTrouble } from "@/lib/platform/http/server/disk-errors";
import type { Secrets } from "@/lib/platform/security/secrets";
import { checkForm, createPolicy, type PolicyKey, type Verdict } from "@/lib/platform/storage/policy";
import { isKey, linkLifetime, type Store, type StoredFile } from "@/lib/platform/storage/server/store";

/** Content type and file name from a signed link. */
export interface LinkTicket {
  contentType: string;
  fileName: string;
}

/** A stored file that is ready to be sent. */
export interface OpenFile {
  size: number;
  /** Strong: the content of a key never changes once links to it exist. */
  etag: string;
  /** Returns the bytes from `start` to `end`, both inclusive. */
  stream(start: number, end: number): Readable;
}

/** Whether the disk has enough space for uploads. */
export type Room = "ok" | "full" | "notWritable";

/** A `Store` on the local disk, with the methods that the file endpoints need. */
export interface DiskStore extends Store {
  /** Validates an upload form, as an S3 server would. */
  checkForm(form: ReadonlyMap<string, string>, now: Date): Verdict;
  /**
   * Streams a file to the key: into a temporary file first, which replaces the old one when complete. An
   * error from `bound` or `whole` discards it.
   */
  receive(key: string, source: Readable, bound: Transform, whole: Promise<void>): Promise<void>;
  /** Returns the content of a valid link; undefined when its signature is wrong or it has expired. */
  readTicket(key: string, query: URLSearchParams, now: Date): LinkTicket | undefined;
  /** Opens a stored file; undefined when it does not exist. */
  open(key: string): Promise<OpenFile | undefined>;
  /** Checks the disk by creating a small file and reading the free space. */
  room(): Promise<Room>;
}

/** Minimum free bytes: the largest upload and the files derived from it. */
const reserve = 40 * 1024 * 1024;

/** Bucket name in the POST policies. */
const bucket = "rollcall";
const partEnding = ".part";

/** Creates a store below `folder`. `publicUrl` is the origin under which browsers reach the product. */
export function createDiskStore(folder: string, secrets: Secrets, publicUrl: string): DiskStore {
  const owner: PolicyKey = {
    accessKeyId: "rollcall",
    secretAccessKey: secrets.key("upload-policy"),
    region: "local",
  };

  function pathOf(key: string): string {
    if (!isKey(key)) throw new Error(`not a key: ${JSON.stringify(key)}`);
    return join(folder, ...key.split("/"));
  }

  /** Runs `write` on a temporary file, syncs it and renames it to the key. */
  async function replace(key: string, write: (path: string) => Promise<void>): Promise<void> {
    const path = pathOf(key);
    const part = `${path}.${randomBytes(6).toString("hex")}${partEnding}`;
    // A concurrent removal may delete the empty folder between these steps.
    for (let attempt = 1; ; attempt++) {
      try {
        await mkdir(dirname(path), { recursive: true });
        await (await open(part, "wx", 0o600)).close();
        break;
      } catch (error) {
        if (!["ENOENT", "EEXIST"].includes(String(codeOf(error))) || attempt === 10) throw error;
      }
    }
    try {
      await write(part);
      await sync(part, "r+");
      await rename(part, path);
      // Windows can't open folders; NTFS journals the rename.
      if (process.platform !== "win32") await sync(dirname(path), "r");
    } catch (error) {
      await rm(part, { force: true });
      await removeEmptyFolders(dirname(path));
      throw error;
    }
  }

  async function removeEmptyFolders(path: string): Promise<void> {
    for (let each = path; each.startsWith(folder + sep); each = dirname(each))
      try {
        await rmdir(each);
      } catch {
        return;
      }
  }

  const signed = (key: string, query: URLSearchParams) =>
    ["expires", "type", "name"].reduce((text, name) => `${text}\n${query.get(name)}`, key);

  return {
    async presignUpload({ key, maxSize, now }) {
      return { url: `${publicUrl}/api/uploads`, fields: createPolicy(owner, { bucket, key, maxSize, now }) };
    },

    checkForm: (form, now) => checkForm(owner, bucket, form, now),

    receive: (key, source, bound, whole) =>
      replace(key, async (part) => {
        // `pipeline` never settles when its source is already destroyed.
        if (source.destroyed) throw source.errored ?? new Error("the upload ended before it was stored");
        await pipeline(source, bound, createWriteStream(part, { flags: "r+" }));
        await whole;
      }),

    async fetch(key, path) {
      try {
        await copyFile(pathOf(key), path, constants.COPYFILE_FICLONE);
        return true;
      } catch (error) {
        if (codeOf(error) === "ENOENT") return false;
        throw error;
      }
    },

    put: (key, path) => replace(key, (part) => copyFile(path, part, constants.COPYFILE_FICLONE)),

    async link({ key, contentType, fileName, now }) {
      const expires = Math.floor(now.getTime() / 1000) + linkLifetime;
      const query = new URLSearchParams({ expires: String(expires), type: contentType, name: fileName });
      query.set("signature", secrets.sign("file-link", signed(key, query)));
      return `${publicUrl}/api/files/${key}?${query}`;
    },

    readTicket(key, query, now) {
      const right = secrets.verify("file-link", signed(key, query), query.get("signature") ?? "");
      if (!right || !(now.getTime() < Number(query.get("expires")) * 1000)) return undefined;
      return { contentType: query.get("type") ?? "", fileName: query.get("name") ?? "" };
    },

    async open(key) {
      const path = pathOf(key);
      const facts = await stat(path).catch((error: unknown) => {
        if (codeOf(error) === "ENOENT") return undefined;
        throw error;
      });
      if (!facts?.isFile()) return undefined;
      return {
        size: facts.size,
        etag: `"${createHash("sha256").update(key).digest("base64url").slice(0, 22)}"`,
        stream: (start, end) => createReadStream(path, { start, end }),
      };
    },

    async remove(key) {
      const path = pathOf(key);
      await rm(path, { force: true });
      await removeEmptyFolders(dirname(path));
    },

    async room() {
      const probe = join(folder, `.${randomBytes(6).toString("hex")}${partEnding}`);
      try {
        await mkdir(folder, { recursive: true });
        const handle = await open(probe, "wx", 0o600);
        try {
          await handle.write("room");
        } finally {
          await handle.close();
          await rm(probe, { force: true });
        }
        const { bavail, bsize } = await statfs(folder);
        return bavail * bsize < reserve ? "full" : "ok";
      } catch (error) {
        return diskTrouble(error) === "full" ? "full" : "notWritable";
      }
    },

    list: (below) => filesBelow(folder, pathOf(below)),
  };
}

async function* filesBelow(root: string, folder: string): AsyncGenerator<StoredFile> {
  const entries = await opendir(folder).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (!entries) return;
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else {
      const facts = await stat(path).catch(() => undefined);
      if (facts) yield { key: relative(root, path).split(sep).join("/"), modifiedAt: facts.mtime };
    }
  }
}

/** Flushes a file or folder to the disk. */
async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}
