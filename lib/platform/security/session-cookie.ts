/**
 * Name of the cookie that holds a browser's session. Over TLS browsers take a cookie of that name from this host alone,
 * for all of it, and encrypted: no neighbour under the same domain can plant one.
 */
export function sessionCookieName(publicUrl: string): string {
  const plain = "rollcall.session-token";
  return publicUrl.startsWith("https:") ? `__Host-${plain}` : plain;
}
