import { mkdtemp, open, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SharpOptions } from "sharp";
import type { Correction } from "@/lib/workforce/media/audio/finding";
import { lookAtAudio } from "@/lib/workforce/media/audio/look";
import { type AudioSource, windowed } from "@/lib/workforce/media/audio/source";
import { gifFrame } from "@/lib/workforce/media/pixels";
import {
  type AvatarSize,
  avatarSizes,
  type ContentType,
  type MediaKind,
  maxPixels,
  maxSizes,
} from "@/lib/workforce/media/rules";
import { pictureFormat, signatureLength } from "@/lib/workforce/media/signatures";

/** A processed file in the local working folder. */
export interface MadeFile {
  path: string;
  size: AvatarSize | undefined;
}

/** The outcome of checking an upload: the processed files, or why it is rejected. */
export type Judgement =
  | { ok: true; contentType: ContentType; size: number; durationMs: number | null; files: MadeFile[] }
  | { ok: false; message: string };

const refuse = (message: string): Judgement => ({ ok: false, message });

/** Maximum uploads processed at the same time: decoding pictures takes memory. */
const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs `work` with a temporary folder and deletes it afterwards. Waits while too many run. */
export async function withWorkspace<T>(work: (folder: string) => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    const folder = await mkdtemp(join(tmpdir(), "rollcall-media-"));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/**
 * Checks an upload by its content and writes the files to serve into the same folder. Ignores its name,
 * extension and declared type.
 */
export async function judge(kind: MediaKind, path: string, folder: string): Promise<Judgement> {
  const { size } = await stat(path);
  if (size === 0) return refuse("is empty. Upload it again.");
  if (size > maxSizes[kind])
    return refuse(`is over ${maxSizes[kind] / 1024 / 1024} MiB. Upload a smaller file.`);
  return kind === "avatar" ? judgeAvatar(path, folder) : judgeAudio(path);
}

/** Decodes and encodes the picture, upright and square, so that nothing else in the file is served. */
async function judgeAvatar(path: string, folder: string): Promise<Judgement> {
  const notPicture = refuse("is not a readable JPEG, PNG, WebP or GIF. Upload another picture.");
  // The decoder supports many more formats; only these four reach it.
  const announced = pictureFormat(await withFile(path, ({ read }) => read(0, signatureLength)));
  if (!announced) return notPicture;
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  const options = { limitInputPixels: maxPixels, failOn: "error", sequentialRead: true } as const;
  let pixels: number;
  try {
    // Reads only the header.
    const { format, width, height } = await sharp(path, { ...options, limitInputPixels: false }).metadata();
    if (format !== announced) return notPicture;
    pixels = width * height;
  } catch {
    return notPicture;
  }
  if (pixels > maxPixels) return refuse("has over 40 megapixels. Upload a smaller picture.");
  const [large, small] = avatarSizes;
  const made = (pixelWidth: number) => join(folder, `${pixelWidth}.webp`);
  try {
    const whole = announced === "gif" ? await wholeGif(path, options) : path;
    await sharp(whole, options)
      .autoOrient()
      .resize(large, large, { fit: "cover" })
      .webp({ quality: 82 })
      .toFile(made(large));
    await sharp(made(large)).resize(small, small).webp({ quality: 82 }).toFile(made(small));
  } catch {
    return notPicture;
  }
  return {
    ok: true,
    contentType: "image/webp",
    size: (await stat(made(large))).size,
    durationMs: null,
    files: [
      { path: made(large), size: large },
      { path: made(small), size: small },
    ],
  };
}

/**
 * Returns a GIF whose first frame does not cover the canvas as that frame on a transparent canvas: the
 * decoder would fill it with black. Returns other GIFs unchanged.
 */
async function wholeGif(path: string, options: SharpOptions): Promise<string | Buffer> {
  const frame = gifFrame(await readFile(path));
  if (!frame) return path;
  const { default: sharp } = await import("sharp");
  const { left, top, width, height, canvas } = frame;
  const shown = await sharp(path, options)
    .extract({ left, top, width, height })
    .ensureAlpha()
    .png()
    .toBuffer();
  return sharp(shown)
    .extend({
      left,
      top,
      right: canvas.width - left - width,
      bottom: canvas.height - top - height,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    })
    .png()
    .toBuffer();
}

/** Recordings are served as uploaded, so browsers must be able to play them. */
async function judgeAudio(path: string): Promise<Judgement> {
  const { size } = await stat(path);
  const finding = await withFile(path, lookAtAudio);
  switch (finding.kind) {
    case "codec":
      return refuse(
        `is ${finding.codec}, which browsers can't play. Save it as AAC, MP3, Opus or WAV (PCM) and upload that.`,
      );
    case "format":
      return refuse(
        `is ${finding.format}, which is not supported. Save it as MP3, WAV, OGG or M4A and upload that.`,
      );
    case "unreadable":
      return refuse("is not a readable MP3, WAV, OGG or M4A recording. Upload another file.");
    default: {
      const { contentType, seconds } = finding;
      const durationMs = Math.max(1, Math.round(seconds * 1000));
      if (finding.corrections) await correct(path, finding.corrections);
      return { ok: true, contentType, size, durationMs, files: [{ path, size: undefined }] };
    }
  }
}

/** Writes corrections in place; the file is our copy of the upload. */
async function correct(path: string, corrections: readonly Correction[]): Promise<void> {
  const handle = await open(path, "r+");
  try {
    for (const { at, value } of corrections) {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value);
      await handle.write(bytes, 0, 4, at);
    }
  } finally {
    await handle.close();
  }
}

/** Opens a file for random access. */
async function withFile<T>(path: string, work: (source: AudioSource) => Promise<T>): Promise<T> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    return await work(
      windowed(size, async (position, length) => {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
        return buffer.subarray(0, bytesRead);
      }),
    );
  } finally {
    await handle.close();
  }
}
