/** Data of an answer together with its headers. */
export interface Reply<Data> {
  data: Data;
  /** Strong or weak entity tag, with its quotes. */
  etag?: string | undefined;
  /** Whether the answer is another one a second later: then no copy of it is kept, and no `If-None-Match` matches. */
  isFleeting?: boolean;
  /** Path of what was made, from `/api` on. */
  location?: string | undefined;
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

/** A JSON body that is made while it is sent. */
export interface StreamedReply {
  /** Pieces of JSON text. Not asked for when the answer is 304. */
  pieces: () => AsyncIterable<string>;
  etag: string;
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
