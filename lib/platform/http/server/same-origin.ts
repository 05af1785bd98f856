/**
 * Returns whether the browser reports that our own page sent this request, by `Sec-Fetch-Site` or, in older
 * browsers, `Origin`. A request with neither header is rejected.
 */
export function isSameOrigin(request: Request, publicUrl: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site !== null) return site === "same-origin";
  if (origin === null) return false;
  return origin === publicUrl || origin === ownOrigin(request);
}

/** The origin by the Host header: the page may be open under a second host name. */
function ownOrigin(request: Request): string | undefined {
  const host = request.headers.get("host");
  return host === null ? undefined : `${new URL(request.url).protocol}//${host}`;
}
