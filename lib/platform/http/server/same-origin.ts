/**
 * Whether a browser says that its own page of ours made this request. `Sec-Fetch-Site` decides where it is sent;
 * older browsers send `Origin`. Neither: refused, for then it is no page of ours.
 */
export function isSameOrigin(request: Request, publicUrl: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site !== null) return site === "same-origin";
  if (origin === null) return false;
  return origin === publicUrl || origin === ownOrigin(request);
}

/** The origin under which the client reached us, from the Host header: the page may be open under a second name. */
function ownOrigin(request: Request): string | undefined {
  const host = request.headers.get("host");
  return host === null ? undefined : `${new URL(request.url).protocol}//${host}`;
}
