// Checks and cleans request headers: refuses ambiguous ones and removes those that clients must not set.
import { badRequest } from "./refusals.mjs";

/** Header with the socket's remote address for the product. A client's own value is discarded. */
const ADDRESS_HEADER = "x-rollcall-client-address";

/** Node silently ignores headers after the 2,000th; real clients send far fewer. */
const MOST_HEADERS = 200;

/**
 * Internal headers of Next.js and its hosting platforms. With them, a client could skip middleware or get
 * another response. request-headers.test.ts looks for new ones in Next.js' code.
 */
const internal =
  /^(x-(middleware|next|nextjs|now|invoke|invocation|deployment|vercel|prerender|action)(-|$)|x-matched-path$|x-forwarded-(host|port)$|x-(original|rewrite)-url$|next-|rsc$)/;

/** Headers that Next.js' client scripts send to load a page. */
const ofPages = new Set([
  "rsc",
  "next-url",
  "next-router-state-tree",
  "next-router-prefetch",
  "next-router-segment-prefetch",
]);

/** Headers that must not be repeated, because readers differ in which one they use. */
const single = new Set(["host", "authorization", "content-type", "content-encoding", "transfer-encoding"]);

/** Returns whether a header is removed before Next.js sees it. */
export const isInternal = (name, forApi) => internal.test(name) && (forApi || !ofPages.has(name));

/**
 * Returns why the headers are refused, or undefined.
 * @returns {import("./refusals.mjs").Refusal | undefined}
 */
export function refusalOfHeaders(request) {
  const raw = request.rawHeaders;
  if (raw.length > 2 * MOST_HEADERS)
    return {
      status: 431,
      code: "BadRequest",
      message: `The request has more than ${MOST_HEADERS} headers. Send fewer.`,
    };
  const seen = new Set();
  for (let at = 0; at < raw.length; at += 2) {
    const { length } = raw[at];
    // Skips other lengths early, because this runs for every header.
    if (length !== 4 && length < 12) continue;
    const name = raw[at].toLowerCase();
    if (!single.has(name)) continue;
    if (seen.has(name)) return badRequest(`The header ${name} is repeated. Send it once.`);
    seen.add(name);
  }
  if (request.httpVersion !== "1.1" && request.httpVersion !== "1.0")
    return {
      status: 505,
      code: "BadRequest",
      message: "The HTTP version is not supported. Use HTTP/1.1 or HTTP/1.0.",
    };
  const { host, "transfer-encoding": coding } = request.headers;
  if (host === undefined ? request.httpVersion !== "1.0" : !/^[a-z0-9._~%:[\]-]*$/i.test(host))
    return badRequest("The Host header must contain exactly one host name, with an optional port.");
  if (coding !== undefined && request.httpVersion === "1.0")
    return badRequest("HTTP/1.0 has no Transfer-Encoding. Send a Content-Length, or use HTTP/1.1.");
  if (coding !== undefined && coding.trim().toLowerCase() !== "chunked")
    return {
      status: 415,
      code: "UnsupportedMediaType",
      message:
        "The transfer coding of the body is not supported. Send the body uncompressed, with chunked or no transfer coding.",
    };
  return undefined;
}

/**
 * Removes headers that clients must not set and adds the socket's remote address. `forApi`: the path is the
 * API's, where Next.js' page headers are removed, too. `behindProxy`: a trusted proxy sets the protocol.
 */
export function cleanHeaders(request, { forApi, behindProxy }) {
  const raw = request.rawHeaders;
  // Removes them from raw and parsed headers, because both are read.
  for (let at = raw.length - 2; at >= 0; at -= 2) {
    const first = raw[at].charCodeAt(0) | 32;
    if (first !== 120 && first !== 110 && first !== 114) continue;
    const name = raw[at].toLowerCase();
    const goes =
      name === ADDRESS_HEADER ||
      isInternal(name, forApi) ||
      (name === "x-forwarded-proto" && !(behindProxy && /^https?$/.test(raw[at + 1])));
    if (!goes) continue;
    raw.splice(at, 2);
    delete request.headers[name];
  }
  const address = request.socket.remoteAddress ?? "unknown";
  raw.push(ADDRESS_HEADER, address);
  request.headers[ADDRESS_HEADER] = address;
}
