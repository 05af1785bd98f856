/** What an upload is for. */
export type MediaKind = "avatar" | "audio";

const mebibyte = 1024 * 1024;

/** Bytes that an upload may have (docs/contract.md §4). */
export const maxSizes: Record<MediaKind, number> = { avatar: 5 * mebibyte, audio: 20 * mebibyte };

/** Pixels that a picture may have. */
export const maxPixels = 40_000_000;

/** Widths and heights in which a picture is kept; the first is what a download gives. */
export const avatarSizes = [512, 96] as const;

export type AvatarSize = (typeof avatarSizes)[number];

/** Milliseconds that an upload may lie unused, and that a file without a row is left alone. */
export const unusedLifetime = 24 * 60 * 60 * 1000;

/** Types of what is kept, and the endings of their files. */
export const endings = {
  "image/webp": "webp",
  "audio/mpeg": "mp3",
  "audio/wav": "wav",
  "audio/ogg": "ogg",
  "audio/mp4": "m4a",
} as const;

export type ContentType = keyof typeof endings;

/** Names the upload of one file. */
export interface MediaId {
  workspaceId: string;
  agentId: string;
  id: string;
}

/** Below it lies everything that belongs to one file. */
export const folderOf = (media: MediaId) => `${media.workspaceId}/${media.agentId}/${media.id}`;

/** Where the browser's bytes go. What is served never lies here: it may be written again while its policy lives. */
export const uploadKey = (media: MediaId) => `${folderOf(media)}/upload`;

/**
 * Where what was made of an upload is kept: below a name that is new each time, so that it never changes once it is
 * there.
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

/** Which file a key belongs to; undefined for what is none of ours. */
export function fileOfKey(key: string): { id: string; part: string } | undefined {
  const [workspaceId = "", agentId = "", id = "", part = ""] = key.split("/");
  return [workspaceId, agentId, id].every((name) => uuid.test(name)) ? { id, part } : undefined;
}

/** Whether a stored file is still of use to its row: the upload until it is judged, then what was made of it. */
export function isWanted(
  part: string,
  row: { finishedAt: unknown; revision: string | null } | undefined,
): boolean {
  if (!row) return false;
  return row.finishedAt === null ? part === "upload" : part === row.revision;
}

/** Where a finished upload of an agent is downloaded. */
export function mediaUrl(publicUrl: string, media: MediaId): string {
  const { workspaceId, agentId, id } = media;
  return `${publicUrl}/api/workspaces/${workspaceId}/agents/${agentId}/media/${id}/download`;
}

/** The file of this agent that an address names, or undefined: the inverse of `mediaUrl`. */
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

/** The address of an agent's picture as it's shown beside a name: ours has a small one, others are what they are. */
export function smallPicture(address: string | undefined): string | undefined {
  return address !== undefined && download.test(address) ? `${address}?size=${avatarSizes[1]}` : address;
}
