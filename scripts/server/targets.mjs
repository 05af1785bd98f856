// Validates method and path before anything else reads them. Next.js would handle many invalid ones in its
// own way.
import { badRequest, METHODS, notAllowed, notFound } from "./refusals.mjs";

const PAGE_METHODS = ["GET", "HEAD", "OPTIONS"];
const absolute = /^https?:\/\/[^/?#\\@\s]+/i;

/** Returns whether a decoded path belongs to the API rather than to a page. */
export const isApi = (path) => /^\/(api|workspaces|\.well-known)(\/|$)/.test(path);

/**
 * Reads method and target of a request; a target with a host is reduced to its path. Returns the normalized
 * target with its decoded path, a refusal, or the methods for OPTIONS.
 * @returns {{url: string, path: string} | {refusal: import("./refusals.mjs").Refusal} | {allow: string[]}}
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
    // The API prefix must not be escaped: code that matches the raw path must agree.
    if (path.endsWith("/") || !isApi(raw)) return notFound();
    return refusalOfQuery(query);
  }
  // Of Next.js' own paths only scripts and styles are used, not images, page data or error pages. Our pages
  // never start with an underscore.
  if (path.startsWith("/_") && !path.startsWith("/_next/static/")) return notFound();
  return PAGE_METHODS.includes(method) ? undefined : notAllowed(PAGE_METHODS);
}

/** Next.js silently drops parameters with these names; no operation has one. */
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
