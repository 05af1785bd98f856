import type { Operation, ResultOf } from "@/lib/platform/http/operation";
import type { Answer } from "@/lib/platform/http/server/answering";
import {
  asksForJsonAlone,
  matchesEntityTag,
  type ReadyReply,
  type Reply,
  type StreamedReply,
} from "@/lib/platform/http/server/reply";
import type { HttpServices } from "@/lib/platform/http/server/services";

/**
 * Converts a handler's reply to the response of its operation: headers, 304, streams, redirects. If response
 * checks are enabled, throws an `Error` when the reply violates the operation's schema.
 */
export function finish<O extends Operation>(
  operation: O,
  request: Request,
  reply: Reply<ResultOf<O>> | ReadyReply | StreamedReply,
  { settings }: HttpServices,
): Answer {
  const headers: Record<string, string> = {};
  const isFleeting = "isFleeting" in reply && reply.isFleeting === true;
  if (reply.etag) {
    headers.ETag = reply.etag;
    // A browser would revalidate its cached copy on reload and show outdated seconds.
    headers["Cache-Control"] = isFleeting ? "no-store" : "private, no-cache";
  }
  const ifNoneMatch = isFleeting
    ? null
    : operation.reads?.includes("If-None-Match")
      ? request.headers.get("if-none-match")
      : null;
  if (ifNoneMatch !== null && reply.etag && matchesEntityTag(ifNoneMatch, reply.etag))
    return { status: 304, headers, body: null };
  const { status, body: schema } = operation.success;
  if (operation.success.alternatives) headers.Vary = "Accept";
  if ("pieces" in reply) {
    headers["Content-Type"] = reply.contentType ?? "application/json";
    if (reply.fileName) headers["Content-Disposition"] = `attachment; filename="${reply.fileName}"`;
    if (reply.isLive) {
      headers["Cache-Control"] = "no-store, no-transform";
      // For nginx.
      headers["X-Accel-Buffering"] = "no";
    }
    const body = streamOf(reply.pieces());
    if (request.method !== "HEAD") return { status, headers, body };
    void body.cancel();
    return { status, headers, body: null };
  }
  if (reply.location) headers.Location = settings.publicUrl + reply.location;
  if ("json" in reply) {
    if (settings.checkResponses) check(operation, JSON.parse(reply.json));
    headers["Content-Type"] = "application/json";
    return { status, headers, body: reply.json };
  }
  if (reply.redirect !== undefined) {
    headers.Vary = "Accept";
    if (!asksForJsonAlone(request.headers.get("accept"))) {
      headers.Location = reply.redirect;
      return { status: 302, headers, body: null };
    }
  }
  if (schema === null) return { status, headers, body: null };
  if (settings.checkResponses) check(operation, reply.data);
  headers["Content-Type"] = "application/json";
  if (reply.retryAfter !== undefined) headers["Retry-After"] = String(reply.retryAfter);
  return {
    status: reply.retryAfter === undefined ? status : 503,
    headers,
    body: JSON.stringify(reply.data),
  };
}

function check(operation: Operation, data: unknown): void {
  const checked = operation.success.body?.safeParse(data);
  if (checked?.success === false)
    throw new Error(`${operation.id} violates its contract: ${JSON.stringify(checked.error.issues)}`);
}

/** Converts chunks to a byte stream with backpressure. */
function streamOf(pieces: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
