/** Response data with its headers. */
export interface Reply<Data> {
  data: Data;
  /** Strong or weak entity tag, including the quotes. */
  etag?: string | undefined;
  /** Whether the response changes every second; it is then not cached, and `If-None-Match` never matches. */
  isFleeting?: boolean;
  /** Path of the created resource, starting with `/api`. */
  location?: string | undefined;
  /** Turns the response into a 503 with this many seconds in `Retry-After`. */
  retryAfter?: number | undefined;
  /** Redirect target. Callers that accept only JSON get `data` instead. */
  redirect?: string | undefined;
}

/** A JSON body built by the database, sent unchanged. */
export interface ReadyReply {
  json: string;
  etag?: string | undefined;
  /** See `Reply`. */
  isFleeting?: boolean;
  location?: string | undefined;
}

/** A body that is generated while it is sent. */
export interface StreamedReply {
  /** Chunks of text. Not called for a 304. */
  pieces: () => AsyncIterable<string>;
  etag?: string;
  /** Defaults to JSON. */
  contentType?: string;
  /** File name for browsers that save the response. */
  fileName?: string;
}

/**
 * Returns whether an `If-None-Match` header matches this tag (RFC 9110 §13.1.2: weak comparison, `*`, lists).
 */
export function matchesEntityTag(header: string, etag: string): boolean {
  const plain = (tag: string) => tag.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((tag) => plain(tag) === plain(etag));
}

/** Returns whether an `Accept` header accepts only JSON. */
export function asksForJsonAlone(header: string | null): boolean {
  const types = (header ?? "").split(",").map((part) => part.split(";")[0]?.trim().toLowerCase());
  return types.every((type) => type === "application/json");
}

/**
 * Returns the media type that an `Accept` header prefers (RFC 9110 §12.5.1): by `q`, then by the order of
 * `offered`. Falls back to the first.
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
