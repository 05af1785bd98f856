import { type Crop, resultEdge, type Size, sourceSquare } from "@/lib/workforce/media/crop";
import { pictureSize, pixelsLength } from "@/lib/workforce/media/pixels";
import { isHeic, type PictureFormat, pictureFormat } from "@/lib/workforce/media/signatures";

/** Opens, crops and encodes pictures in the browser. */

export type PictureProblem = "empty" | "heic" | "type" | "tooHeavy" | "tooManyPixels" | "unreadable";

export class PictureError extends Error {
  override name = "PictureError";

  constructor(
    readonly problem: PictureProblem,
    options?: ErrorOptions,
  ) {
    super(`The picture was rejected: ${problem}.`, options);
  }
}

/** Decoding limits for the browser. Upload limits are much lower, but apply to the crop. */
const mostBytes = 64 * 1024 * 1024;
const mostPixels = 120_000_000;

/** Longer edge of the working copy, in pixels: enough for maximum zoom, small enough for smooth dragging. */
const workingEdge = 3072;

/** An opened picture. Call `close` when it is no longer shown. */
export interface Picture {
  source: ImageBitmap;
  size: Size;
  format: PictureFormat;
  close: () => void;
}

/** Opens a file, rotated by its EXIF orientation. Rejects with `PictureError`. */
export async function openPicture(file: Blob): Promise<Picture> {
  if (file.size === 0) throw new PictureError("empty");
  const head = new Uint8Array(await file.slice(0, pixelsLength).arrayBuffer());
  const format = pictureFormat(head);
  if (!format) throw new PictureError(isHeic(head) ? "heic" : "type");
  if (file.size > mostBytes) throw new PictureError("tooHeavy");
  const { width, height } = pictureSize(format, head) ?? { width: 0, height: 0 };
  if (width * height > mostPixels) throw new PictureError("tooManyPixels");
  const whole = await createImageBitmap(file, { imageOrientation: "from-image" }).catch((cause: unknown) => {
    throw new PictureError("unreadable", { cause });
  });
  const source = await scaledDown(whole);
  return {
    source,
    size: { width: source.width, height: source.height },
    format,
    close: () => source.close(),
  };
}

async function scaledDown(whole: ImageBitmap): Promise<ImageBitmap> {
  const scale = workingEdge / Math.max(whole.width, whole.height);
  if (scale >= 1) return whole;
  const resizeWidth = Math.max(1, Math.round(whole.width * scale));
  const resizeHeight = Math.max(1, Math.round(whole.height * scale));
  const smaller = await createImageBitmap(whole, { resizeWidth, resizeHeight, resizeQuality: "high" });
  whole.close();
  return smaller;
}

/** Draws the cropped square onto a canvas of `edge` × `edge` pixels. */
export function drawCrop(
  context: CanvasRenderingContext2D,
  { source, size }: Pick<Picture, "source" | "size">,
  crop: Crop,
  edge: number,
): void {
  const square = sourceSquare(size, crop);
  context.save();
  context.clearRect(0, 0, edge, edge);
  context.imageSmoothingQuality = "high";
  context.translate(edge / 2, edge / 2);
  context.rotate((crop.quarterTurns * Math.PI) / 2);
  const { x, y, edge: side } = square;
  context.drawImage(source, x, y, side, side, -edge / 2, -edge / 2, edge, edge);
  context.restore();
}

/** Encodes the cropped square as WebP if the browser can; otherwise JPEG for a JPEG, PNG for others. */
export async function writeCrop(picture: Picture, crop: Crop): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const edge = resultEdge(picture.size, crop);
  canvas.width = edge;
  canvas.height = edge;
  const context = canvas.getContext("2d");
  if (!context) throw new PictureError("unreadable");
  drawCrop(context, picture, crop, edge);
  const webp = await encode(canvas, "image/webp");
  // Browsers fall back to PNG silently if they can't encode a type.
  return webp.type === "image/webp" || picture.format !== "jpeg" ? webp : encode(canvas, "image/jpeg");
}

const quality = 0.92;

function encode(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new PictureError("unreadable"))), type, quality),
  );
}
