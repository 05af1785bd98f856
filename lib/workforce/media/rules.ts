export type MediaKind = "avatar" | "audio";

const mebibyte = 1024 * 1024;

/** Maximum upload size in bytes (docs/contract.md §4). */
export const maxSizes: Record<MediaKind, number> = { avatar: 5 * mebibyte, audio: 20 * mebibyte };

export const maxPixels = 40_000_000;

/** Edges of stored pictures, in pixels. Downloads return the first by default. */
export const avatarSizes = [512, 96] as const;

export type AvatarSize = (typeof avatarSizes)[number];

/** Milliseconds until an unused upload, or a file without a row, is deleted. */
export const unusedLifetime = 24 * 60 * 60 * 1000;

/** Stored content types and their file extensions. */
export const endings = {
  "image/webp": "webp",
  "audio/mpeg": "mp3",
  "audio/wav": "wav",
  "audio/ogg": "ogg",
  "audio/mp4": "m4a",
} as const;

export type ContentType = keyof typeof endings;

export interface MediaId {
  workspaceId: string;
  agentId: string;
  id: string;
}

/** Returns the key prefix of everything that belongs to one file. */
export const folderOf = (media: MediaId) => `${media.workspaceId}/${media.agentId}/${media.id}`;

/**
 * Returns the key of the raw upload. It is never served, because it can be overwritten until its upload
 * policy expires.
 */
export const uploadKey = (media: MediaId) => `${folderOf(media)}/upload`;

/**
 * Returns the key of a processed file. The revision is new each time, so that stored content never changes.
 */
export function storedKey(
  media: MediaId,
  revision: string,
  contentType: ContentType,
  size: AvatarSize = avatarSizes[0],
): string {
  const name = contentType === "image/webp" ? String(size) : "audio";
  return `${folderOf(media)}/${revision}/${name}.${endings[contentType]}`;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns the file that a key belongs to; undefined if the key is not in this form. */
export function fileOfKey(key: string): { id: string; part: string } | undefined {
  const [workspaceId = "", agentId = "", id = "", part = ""] = key.split("/");
  return [workspaceId, agentId, id].every((name) => uuid.test(name)) ? { id, part } : undefined;
}

/** Returns whether a stored file is still needed: the upload until it is processed, then the result. */
export function isWanted(
  part: string,
  row: { finishedAt: unknown; revision: string | null } | undefined,
): boolean {
  if (!row) return false;
  return row.finishedAt === null ? part === "upload" : part === row.revision;
}

/** Returns the download URL of an agent's media file. */
export function mediaUrl(publicUrl: string, media: MediaId): string {
  const { workspaceId, agentId, id } = media;
  return `${publicUrl}/api/workspaces/${workspaceId}/agents/${agentId}/media/${id}/download`;
}

/** Returns the agent's file that a URL refers to, or undefined. Inverse of `mediaUrl`. */
export function mediaFileOf(
  publicUrl: string,
  { workspaceId, agentId }: Omit<MediaId, "id">,
  address: string,
): string | undefined {
  const [before = "", after = ""] = mediaUrl(publicUrl, { workspaceId, agentId, id: "|" }).split("|");
  if (!address.startsWith(before) || !address.endsWith(after)) return undefined;
  const id = address.slice(before.length, address.length - after.length);
  return uuid.test(id) ? id : undefined;
}

const download = /\/agents\/[0-9a-f-]{36}\/media\/[0-9a-f-]{36}\/download$/;

/** Returns the URL of the small picture for lists. URLs of other hosts stay as they are. */
export function smallPicture(address: string | undefined): string | undefined {
  return address !== undefined && download.test(address) ? `${address}?size=${avatarSizes[1]}` : address;
}
