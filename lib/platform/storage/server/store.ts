import type { UploadForm } from "@/lib/platform/storage/policy";

/** What a browser may upload, and until when. */
export interface UploadRequest {
  /** Where the bytes go. */
  key: string;
  /** Bytes. */
  maxSize: number;
  now: Date;
}

/** How a stored file is handed out. */
export interface LinkRequest {
  key: string;
  contentType: string;
  /** What a browser calls the file when it is saved. */
  fileName: string;
  now: Date;
}

/** A file that is stored. */
export interface StoredFile {
  key: string;
  modifiedAt: Date;
}

/** Seconds for which a link works without credentials. */
export const linkLifetime = 60;

/**
 * Where uploads and what is made of them are kept. Keys are made here, never by a client: lower-case names of letters,
 * digits, dots and hyphens, joined by slashes. Rows are the database's business; a store knows bytes alone.
 */
export interface Store {
  /** What a browser posts, file last, to put one file under the key. A second upload replaces the first. */
  presignUpload(request: UploadRequest): Promise<UploadForm>;
  /** Copies a stored file into a local one; false when there is none. */
  fetch(key: string, path: string): Promise<boolean>;
  /** Stores a local file. The key holds all of it or nothing. */
  put(key: string, path: string, contentType: string): Promise<void>;
  /** An address that gives the file without credentials for `linkLifetime` seconds. */
  link(request: LinkRequest): Promise<string>;
  /** Removes one file; none is fine. */
  remove(key: string): Promise<void>;
  /** Every file whose key begins with this folder; unfinished ones, too. */
  list(folder: string): AsyncIterable<StoredFile>;
}

const keyForm = /^[a-z0-9-][a-z0-9.-]*(\/[a-z0-9-][a-z0-9.-]*)*$/;

/** Whether this can be a key: no step upwards, nothing hidden, no sign that a file system or a URL reads otherwise. */
export function isKey(text: string): boolean {
  return text.length <= 255 && keyForm.test(text) && !text.includes("..");
}
