import { Readable } from "node:stream";
import { ApiError } from "@/lib/platform/http/errors";
import { readRange } from "@/lib/platform/http/server/range";
import { matchesEntityTag } from "@/lib/platform/http/server/reply";
import type { DiskStore } from "@/lib/platform/storage/server/disk";
import { isKey } from "@/lib/platform/storage/server/store";

/**
 * Streams a file, or a range of it, for a signed link. The headers stop browsers from running or sniffing it.
 * Throws `Forbidden` or `MediaNotFound`.
 */
export async function sendFile(
  store: Pick<DiskStore, "readTicket" | "open">,
  request: Request,
  { key, now }: { key: string; now: Date },
): Promise<Response> {
  const ticket = isKey(key) ? store.readTicket(key, new URL(request.url).searchParams, now) : undefined;
  if (!ticket)
    throw new ApiError("Forbidden", "This link is not valid or has expired. Request the download again.");
  const file = await store.open(key);
  if (!file) throw new ApiError("MediaNotFound", "This file no longer exists.");

  const headers = new Headers({
    "Accept-Ranges": "bytes",
    // no-transform: compression by a proxy would shift byte ranges.
    "Cache-Control": "private, max-age=31536000, immutable, no-transform",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-site",
    ETag: file.etag,
    "X-Content-Type-Options": "nosniff",
  });
  const ifNoneMatch = request.headers.get("if-none-match");
  if (ifNoneMatch !== null && matchesEntityTag(ifNoneMatch, file.etag))
    return new Response(null, { status: 304, headers });

  headers.set("Content-Type", ticket.contentType);
  headers.set("Content-Disposition", `inline; filename="${ticket.fileName.replace(/[^\w.-]/g, "_")}"`);
  const ifRange = request.headers.get("if-range");
  const asked = ifRange === null || ifRange.trim() === file.etag ? request.headers.get("range") : null;
  const span = readRange(asked, file.size);
  if (span.kind === "unsatisfiable") {
    headers.set("Content-Range", `bytes */${file.size}`);
    headers.delete("Content-Type");
    headers.delete("Content-Disposition");
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = span.kind === "part" ? span : { start: 0, end: file.size - 1 };
  if (span.kind === "part") headers.set("Content-Range", `bytes ${start}-${end}/${file.size}`);
  headers.set("Content-Length", String(end - start + 1));
  const body = request.method === "HEAD" ? null : (Readable.toWeb(file.stream(start, end)) as ReadableStream);
  return new Response(body, { status: span.kind === "part" ? 206 : 200, headers });
}
