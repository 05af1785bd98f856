/** Maximum length of a sign-in URL; servers and proxies reject much longer ones. */
const longestAddress = 6_000;

const base = "https://rollcall.invalid";

/**
 * Returns the page to open after signing in, to prevent open redirects: a path of this product, or `/` for
 * anything else, including the API and the sign-in page.
 */
export function nextPage(wanted: string | undefined): string {
  if (!wanted?.startsWith("/") || /^\/[/\\]/.test(wanted)) return "/";
  if (!URL.canParse(wanted, base)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, base);
  if (origin !== base || pathname.startsWith("//")) return "/";
  if (/^\/(api|sign-in)(\/|$)/.test(pathname)) return "/";
  return pathname + search + hash;
}

/** Returns the sign-in URL that leads back to `page` (path and query). Drops a query that is too long. */
export function signInAddress(page: string | undefined): string {
  const next = nextPage(page);
  if (next === "/") return "/sign-in";
  const leadingTo = (path: string) => `/sign-in?next=${encodeURIComponent(path)}`;
  const whole = leadingTo(next);
  return whole.length <= longestAddress ? whole : leadingTo(new URL(next, base).pathname);
}
