/** Characters of an address that leads to the page for signing in; servers and proxies refuse much longer ones. */
const longestAddress = 6_000;

const base = "https://rollcall.invalid";

/**
 * Where to go after signing in: a page of this product and nothing else, so that a link can't lead away from here.
 * Anything that is not clearly one is the start page; so is the page for signing in, and what is no page.
 */
export function nextPage(wanted: string | undefined): string {
  if (!wanted?.startsWith("/") || /^\/[/\\]/.test(wanted)) return "/";
  if (!URL.canParse(wanted, base)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, base);
  if (origin !== base || pathname.startsWith("//")) return "/";
  if (/^\/(api|sign-in)(\/|$)/.test(pathname)) return "/";
  return pathname + search + hash;
}

/** The page for signing in that leads back to `page`, a path with its query; without the query where that is too long. */
export function signInAddress(page: string | undefined): string {
  const next = nextPage(page);
  if (next === "/") return "/sign-in";
  const leadingTo = (path: string) => `/sign-in?next=${encodeURIComponent(path)}`;
  const whole = leadingTo(next);
  return whole.length <= longestAddress ? whole : leadingTo(new URL(next, base).pathname);
}
