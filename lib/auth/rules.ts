/**
 * Where to go after signing in: a path of this product and nothing else, so that a link can't lead away from here.
 * Anything that is not clearly one is the start page.
 */
export function nextPage(wanted: string | undefined): string {
  if (!wanted?.startsWith("/") || /^\/[/\\]/.test(wanted)) return "/";
  const base = "https://rollcall.invalid";
  if (!URL.canParse(wanted, base)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, base);
  return origin === base && !pathname.startsWith("//") ? pathname + search + hash : "/";
}
