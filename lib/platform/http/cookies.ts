/** Returns the raw value of a cookie in a `Cookie` header; undefined when it is missing. */
export function readCookie(header: string | null, name: string): string | undefined {
  return cookiesIn(header).get(name);
}

/** Like `readCookie`, but joins the numbered chunks into which next-auth splits long cookies. */
export function readLongCookie(header: string | null, name: string): string | undefined {
  const parts = cookiesIn(header);
  if (parts.has(name)) return parts.get(name);
  let whole: string | undefined;
  for (let part = 0; parts.has(`${name}.${part}`); part++)
    whole = (whole ?? "") + parts.get(`${name}.${part}`);
  return whole;
}

function cookiesIn(header: string | null): Map<string, string> {
  const parts = new Map<string, string>();
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0) parts.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return parts;
}
