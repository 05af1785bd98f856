/**
 * Returns the name of the session cookie. With https it has the `__Host-` prefix, so that other hosts of the
 * same domain can't set it.
 */
export function sessionCookieName(publicUrl: string): string {
  const plain = "rollcall.session-token";
  return publicUrl.startsWith("https:") ? `__Host-${plain}` : plain;
}
