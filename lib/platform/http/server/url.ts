/** Where the path begins in an absolute URL: after the scheme and the authority. */
const pathStart = (url: string) => {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  return start === -1 ? url.length : start;
};

/** Where the path ends: at the query, or at a fragment (no client should send one). */
const pathEnd = (url: string) => {
  const query = url.indexOf("?");
  const fragment = url.indexOf("#");
  if (query === -1) return fragment === -1 ? url.length : fragment;
  return fragment === -1 || fragment > query ? query : fragment;
};

/**
 * The path of an absolute URL as it is written, percent signs and all. `new URL(url).pathname` says the same of what
 * a `Request` holds, and takes ten times as long.
 */
export function pathOf(url: string): string {
  return url.slice(pathStart(url), pathEnd(url)) || "/";
}

/** The query of an absolute URL without its question mark; empty where there is none. */
export function searchOf(url: string): string {
  const end = pathEnd(url);
  if (url[end] !== "?") return "";
  const fragment = url.indexOf("#", end);
  return url.slice(end + 1, fragment === -1 ? url.length : fragment);
}
