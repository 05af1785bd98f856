// What a request asks for, read before anybody else reads it: a path of this product and nothing else, by a method that
// there is. What stands behind would answer much of the rest in ways of its own.
import { badRequest, METHODS, notAllowed, notFound } from "./refusals.mjs";

const PAGE_METHODS = ["GET", "HEAD", "OPTIONS"];
const absolute = /^https?:\/\/[^/?#\\@\s]+/i;

/** Whether a decoded path is the API's, which answers programs, rather than a page's. */
export const isApi = (path) => /^\/(api|workspaces|\.well-known)(\/|$)/.test(path);

/**
 * Reads method and target of a request. A target in absolute form is brought into the usual form: where it leads is ours
 * by the connection, whatever host it names.
 *
 * @returns {{url: string, path: string} | {refusal: import("./refusals.mjs").Refusal} | {allow: string[]}} the target as
 * it is to be passed on with its decoded path; or why it isn't; or what OPTIONS is told
 */
export function readTarget(method, target) {
  if (!METHODS.includes(method)) return { refusal: notAllowed(METHODS) };
  if (target === "*") {
    if (method === "OPTIONS") return { allow: METHODS };
    return { refusal: badRequest("The target * is only for OPTIONS. Request a path.") };
  }
  const rest = target.replace(absolute, "");
  const url = rest !== target && !rest.startsWith("/") ? `/${rest}` : rest;
  if (!url.startsWith("/"))
    return { refusal: badRequest("The request target is not a path. It must start with a slash.") };
  if (url.includes("#") || /[\\\0-\x20\x7f]/.test(url))
    return {
      refusal: badRequest(
        "The request target has a character that must be escaped: #, \\ or a control character.",
      ),
    };
  const end = url.indexOf("?");
  const raw = end === -1 ? url : url.slice(0, end);
  const path = decoded(raw);
  if (path === undefined)
    return {
      refusal: badRequest(
        "The path has a % that is not part of a valid UTF-8 escape. Write %25 for a percent sign.",
      ),
    };
  if (/\/(\.|%2e){1,2}(\/|$)/i.test(raw))
    return { refusal: badRequest("The path has a . or .. segment. Request the resolved path.") };
  const refusal = refusalOf(method, { raw, path, query: end === -1 ? "" : url.slice(end + 1) });
  if (refusal) return { refusal };
  if (method === "OPTIONS" && !isApi(path)) return { allow: PAGE_METHODS };
  return { url, path };
}

function refusalOf(method, { raw, path, query }) {
  if (raw.includes("//") || path.startsWith("//") || path.includes("\\") || path.includes("\0"))
    return notFound();
  if (isApi(path)) {
    // What a path begins with is written without escapes: whoever finds the API by the raw path must agree.
    if (path.endsWith("/") || !isApi(raw)) return notFound();
    return refusalOfQuery(query);
  }
  // Of what the framework offers by itself, scripts and styles are all that is used: no images, no data of pages, and none
  // of its own pages for errors, one of which is 500 by its nature. No page of ours begins with an underscore.
  if (path.startsWith("/_") && !path.startsWith("/_next/static/")) return notFound();
  return PAGE_METHODS.includes(method) ? undefined : notAllowed(PAGE_METHODS);
}

/** Next loses parameters of these names without a word; no operation has one. */
const lost = /^(__proto__$|nxt[PI])/;

function refusalOfQuery(query) {
  if (!/proto|nxt/.test(query) && !query.includes("%")) return undefined;
  const names = [...new URLSearchParams(query).keys()].filter((name) => lost.test(name));
  if (names.length === 0) return undefined;
  const details = Object.create(null);
  for (const name of names) details[name] = ["is not a parameter of this operation. Remove it."];
  return {
    status: 400,
    code: "InvalidQuery",
    message: `Some query parameters are not valid. Check ${Object.keys(details).slice(0, 5).join(", ")}.`,
    details,
  };
}

function decoded(path) {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
