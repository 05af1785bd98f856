import type { UploadForm } from "@/lib/platform/storage/policy";

/** An upload to authorize. */
export interface UploadRequest {
  key: string;
  /** Maximum size in bytes. */
  maxSize: number;
  now: Date;
}

/** A download link to create. */
export interface LinkRequest {
  key: string;
  contentType: string;
  /** The name that browsers suggest when saving the file. */
  fileName: string;
  now: Date;
}

export interface StoredFile {
  key: string;
  modifiedAt: Date;
}

/** Lifetime of a link in seconds. */
export const linkLifetime = 60;

/**
 * Storage for uploads and derived files; holds bytes only, the database has the metadata. Keys come from the
 * server, never from clients: lowercase letters, digits, dots and hyphens, in segments separated by slashes.
 */
export interface Store {
  /** Authorizes one upload under the key. A second upload replaces the first. */
  presignUpload(request: UploadRequest): Promise<UploadForm>;
  /** Copies a stored file to a local path; returns false when it does not exist. */
  fetch(key: string, path: string): Promise<boolean>;
  /** Stores a local file atomically. */
  put(key: string, path: string, contentType: string): Promise<void>;
  /** Returns a URL that serves the file without credentials for `linkLifetime` seconds. */
  link(request: LinkRequest): Promise<string>;
  /** Removes a file; ignores a missing one. */
  remove(key: string): Promise<void>;
  /** Lists all files below a folder, including unfinished uploads. */
  list(folder: string): AsyncIterable<StoredFile>;
}

const keyForm = /^[a-z0-9-][a-z0-9.-]*(\/[a-z0-9-][a-z0-9.-]*)*$/;

/**
 * Returns whether a string is a valid key: no `..`, no hidden files, no characters special to file systems or
 * URLs.
 */
export function isKey(text: string): boolean {
  return text.length <= 255 && keyForm.test(text) && !text.includes("..");
}
