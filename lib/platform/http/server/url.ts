/** Index of the path in an absolute URL. */
const pathStart = (url: string) => {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  return start === -1 ? url.length : start;
};

/** Index at which the path ends: at the query or the fragment. */
const pathEnd = (url: string) => {
  const query = url.indexOf("?");
  const fragment = url.indexOf("#");
  if (query === -1) return fragment === -1 ? url.length : fragment;
  return fragment === -1 || fragment > query ? query : fragment;
};

/**
 * Returns the path of an absolute URL, still percent-encoded. Same result as `new URL(url).pathname` for the
 * normalized URL of a `Request`, but ten times as fast.
 */
export function pathOf(url: string): string {
  return url.slice(pathStart(url), pathEnd(url)) || "/";
}

/** Returns the query of an absolute URL without `?`; empty if there is none. */
export function searchOf(url: string): string {
  const end = pathEnd(url);
  if (url[end] !== "?") return "";
  const fragment = url.indexOf("#", end);
  return url.slice(end + 1, fragment === -1 ? url.length : fragment);
}
