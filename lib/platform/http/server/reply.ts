/** Data of an answer together with its headers. */
export interface Reply<Data> {
  data: Data;
  /** Strong or weak entity tag, with its quotes. */
  etag?: string | undefined;
  /** Whether the answer is another one a second later: then no copy of it is kept, and no `If-None-Match` matches. */
  isFleeting?: boolean;
  /** Path of what was made, from `/api` on. */
  location?: string | undefined;
  /** Makes it a 503: seconds after which it may be another answer. */
  retryAfter?: number | undefined;
  /** Address to which a caller is sent on, unless it asks for JSON alone: that one gets `data`. */
  redirect?: string | undefined;
}

/** A body that the database has made: JSON text, sent as it is. */
export interface ReadyReply {
  json: string;
  etag?: string | undefined;
  /** See Reply. */
  isFleeting?: boolean;
}

/** A body that is made while it is sent. */
export interface StreamedReply {
  /** Pieces of text. Not asked for when the answer is 304. */
  pieces: () => AsyncIterable<string>;
  etag?: string;
  /** JSON unless given. */
  contentType?: string;
  /** The name under which browsers save it. */
  fileName?: string;
}

/** Whether an `If-None-Match` names this tag (RFC 9110 §13.1.2: weak comparison, `*`, lists). */
export function matchesEntityTag(header: string, etag: string): boolean {
  const plain = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => plain(tag) === plain(etag));
}

/** Whether an `Accept` names JSON and nothing else. */
export function asksForJsonAlone(header: string | null): boolean {
  const types = (header ?? "").split(",").map((part) => part.split(";")[0]?.trim().toLowerCase());
  return types.every((type) => type === "application/json");
}

/**
 * The one of these media types that an `Accept` prefers (RFC 9110 §12.5.1): by `q`, then in the order offered. The first
 * one where the header is missing or names none of them.
 */
export function preferredType<Type extends string>(
  header: string | undefined,
  offered: readonly [Type, ...Type[]],
): Type {
  const ranges = (header ?? "").split(",").map((part) => {
    const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    return { range, q: q === undefined ? 1 : Number(q.slice(2)) || 0 };
  });
  const qualityOf = (type: Type) => {
    const patterns = [type, `${type.slice(0, type.indexOf("/"))}/*`, "*/*"];
    const found = patterns.map((pattern) => ranges.find(({ range }) => range === pattern));
    return found.find((range) => range !== undefined)?.q ?? 0;
  };
  return offered.reduce((best, type) => (qualityOf(type) > qualityOf(best) ? type : best));
}
