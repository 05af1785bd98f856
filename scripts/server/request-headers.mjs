// The headers of a request, before anybody acts on them: what no client may say is taken out, what is ambiguous refused.
import { badRequest } from "./refusals.mjs";

/** In this header the product reads who is at the other end of the socket; what a client sends in it is discarded. */
const ADDRESS_HEADER = "x-rollcall-client-address";

/** More of them nobody sends; Node would leave out what comes after the 2,000th without a word. */
const MOST_HEADERS = 200;

/**
 * What Next and what it is hosted on say to themselves in headers, whoever they come from: with them a client could switch
 * off what stands before an answer, or get another one. guard.test.ts looks for more in Next's own code.
 */
const internal =
  /^(x-(middleware|next|nextjs|now|invoke|invocation|deployment|vercel|prerender|action)(-|$)|x-matched-path$|x-forwarded-(host|port)$|x-(original|rewrite)-url$|next-|rsc$)/;

/** What Next's own scripts send when they fetch a page. */
const ofPages = new Set([
  "rsc",
  "next-url",
  "next-router-state-tree",
  "next-router-prefetch",
  "next-router-segment-prefetch",
]);

/** Headers of which a request may have one: which one counts would depend on who reads. */
const single = new Set(["host", "authorization", "content-type", "content-encoding", "transfer-encoding"]);

/** Whether a header of a request is taken out before Next sees it. */
export const isInternal = (name, forApi) => internal.test(name) && (forApi || !ofPages.has(name));

/**
 * Why the headers of a request can't be acted on; undefined when they can.
 *
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
    // Only names of these lengths are asked about: this runs for each header of each request.
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
 * Takes out what a client may not say, and says who is at the other end in a way that the other end can't say itself.
 *
 * @param forApi whether the path is the API's: there nobody speaks Next's language
 * @param behindProxy whether a proxy of ours says by which protocol it was asked
 */
export function cleanHeaders(request, { forApi, behindProxy }) {
  const raw = request.rawHeaders;
  // Some read the headers as they came in, and some by name: both must tell the same.
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
