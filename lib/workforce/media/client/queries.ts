import { RequestError } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";
import { downloadMedia, presignAudio, presignAvatar } from "@/lib/workforce/media/client/calls";
import type { PresignedUpload } from "@/lib/workforce/media/contract";
import type { MediaKind } from "@/lib/workforce/media/rules";

/** An upload that did not reach the file store. */
export class UploadError extends Error {
  override name = "UploadError";

  constructor(
    /** HTTP status of the store; 0 if the connection failed. */
    readonly status: number,
  ) {
    super(status === 0 ? "The upload was interrupted." : `The store answered ${status}.`);
  }
}

export interface UploadOptions {
  /** Progress from 0 to 1. */
  onProgress?: (sent: number) => void;
  signal?: AbortSignal;
}

/**
 * Uploads an agent's picture or recording and returns the URL for `avatarUrl` or `mediaUrl`. Requests a new
 * upload URL each time, since an old one may have expired. Rejects with `RequestError`, `UploadError` or the
 * signal's reason.
 */
export async function uploadMedia(
  kind: MediaKind,
  agent: { workspaceId: string; agentId: string },
  file: Blob,
  { onProgress, signal }: UploadOptions = {},
): Promise<string> {
  const input = { params: agent, ...(signal ? { signal } : {}) };
  const { data } = await (kind === "avatar" ? request(presignAvatar, input) : request(presignAudio, input));
  await post(data, file, onProgress, signal);
  return data.mediaUrl;
}

/** Uses XMLHttpRequest, because `fetch` does not report upload progress. */
function post(
  { url, formData }: PresignedUpload,
  file: Blob,
  onProgress?: (sent: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const form = new FormData();
  // The store ignores form fields after the file.
  for (const [name, value] of Object.entries(formData)) form.append(name, value);
  form.append("file", file);
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    const abort = () => sending.abort();
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener("abort", abort, { once: true });
    sending.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress?.(loaded / total);
    };
    sending.onload = () =>
      sending.status >= 200 && sending.status < 300 ? resolve() : reject(new UploadError(sending.status));
    sending.onerror = () => reject(new UploadError(0));
    sending.onabort = () => reject(signal?.reason);
    sending.onloadend = () => signal?.removeEventListener("abort", abort);
    sending.open("POST", url);
    sending.send(form);
  });
}

/**
 * Returns whether the server accepts an upload. The server checks a file on first access, so calling this
 * after the upload reports problems before the form is saved.
 */
export async function isAccepted(mediaUrl: string, signal?: AbortSignal): Promise<boolean> {
  const [, workspaceId = "", agentId = "", fileId = ""] =
    /\/workspaces\/([^/]+)\/agents\/([^/]+)\/media\/([^/]+)\/download$/.exec(mediaUrl) ?? [];
  try {
    const params = { workspaceId, agentId, fileId };
    await request(downloadMedia, { params, query: {}, ...(signal ? { signal } : {}) });
    return true;
  } catch (error) {
    if (error instanceof RequestError && error.code === "MediaNotFound") return false;
    throw error;
  }
}
